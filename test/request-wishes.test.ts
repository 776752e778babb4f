// How to be contacted, typed where it is asked and beside a number: kept as said, said back, never taken for something else.
// What a wish allows is left to safe-wishes.test.ts.
import assert from 'node:assert/strict';
import { readRomeTime } from '../bot/clock.ts';
import type { CaseDetails } from '../bot/cases/types.ts';
import type { Reply } from '../bot/message.ts';
import { openRequestTalks } from './support/request-talk.ts';
import type { RequestTalk, RequestTalks } from './support/request-talk.ts';

const AT = readRomeTime('2026-11-24T10:00') ?? assert.fail();
const RENT = [
  "non riesco a pagare l'affitto",
  'access.followed.first',
  'result.request',
  'request.consent.yes',
  'Rosa',
];
const VIOLENCE = [
  'mio marito mi mette le mani addosso, ieri sera di nuovo',
  'floor.continue',
  'floor.safe_now',
  'result.request',
  'request.consent.yes',
];
const NUMBER = '320 000 0000';

let talks: RequestTalks;
before(async () => {
  talks = await openRequestTalks(() => AT);
});
after(() => talks.close());

interface Said {
  talk: RequestTalk;
  last: Reply;
  details: CaseDetails | undefined;
}

async function say(...lines: string[]): Promise<Said> {
  const talk = await talks.begin('porcari');
  const last = await talk.say(...lines);
  return { talk, last, details: (await talk.cases())[0]?.details };
}

const atSafe = (text: string): Promise<Said> => say(...RENT, NUMBER, 'request.when.any', text);
const atFirst = (text: string): Promise<Said> => say(...VIOLENCE, text);
const atContact = (text: string): Promise<Said> => say(...RENT, text);

describe('a wish typed where it is asked for', () => {
  for (const [text, wish] of [
    ['mai il sabato', 'mai il sabato'],
    ['non lasciate messaggi', 'non lasciate messaggi'],
    ['sì, non lasciate messaggi', 'non lasciate messaggi'],
    ['solo la mattina', 'solo la mattina'],
    ["c'è mia suocera", "c'è mia suocera"],
  ] as const)
    it(`is kept, and said back: ${text}`, async () => {
      const { last, details } = await atSafe(text);
      assert.equal(details?.safe?.wishes, wish);
      assert.ok(last.text.startsWith(`Ho segnato: «${wish}»`), last.text);
      assert.match(last.text, /Vuole aggiungere due righe/);
    });

  for (const text of ['mai il sabato', 'non lasciate messaggi', 'solo la mattina', 'sì, ma non lasciate messaggi'])
    it(`after violence comes before the name, which is then asked: ${text}`, async () => {
      const { talk, last, details } = await atFirst(text);
      assert.match(last.text, /Ho segnato: «.+Come vuole che La chiamino/s);
      const [wishes, named] = [details?.safe?.wishes, (await talk.say('Rosa'), (await talk.cases())[0]?.details)];
      assert.deepEqual([named?.name, named?.safe?.wishes], ['Rosa', wishes]);
    });

  for (const text of ['no', 'niente di particolare', 'no, nessun problema', 'no, va bene sempre'])
    it(`is none in: ${text}`, async () => {
      const { last, details } = await atSafe(text);
      assert.deepEqual(details?.safe, { anyTime: true, copyByMail: true });
      assert.match(last.text, /^Vuole aggiungere/);
    });

  for (const text of ['no', 'no, è pericoloso', 'meglio che chiami io'])
    it(`after violence a no lets nobody call: ${text}`, async () => {
      const { talk, last } = await atFirst(text);
      assert.match(last.text, /Quando si sente al sicuro, chiami Lei/);
      assert.deepEqual(await talk.cases(), []);
    });

  for (const text of ['boh', 'che cosa vuol dire?', 'sì'])
    it(`is asked for again, or as a wish, after: ${text}`, async () => {
      const { last, details } = await atSafe(text);
      assert.equal(details?.safe, undefined);
      assert.match(last.text, /stare attenti|Mi dica quando e come/);
    });

  it('is not a bare yes or no where it was announced', async () => {
    const { talk } = await atFirst('solo in certi momenti');
    const again = await talk.say('no');
    assert.match(again.text, /come e quando è sicuro/);
    await talk.say('solo il lunedì');
    assert.equal((await talk.cases())[0]?.details.safe?.wishes, 'solo il lunedì');
  });
});

describe('a wish beside the number', () => {
  for (const [text, contact, wish] of [
    ['rosa@posta.example ma non scrivetemi, la legge mio marito', 'rosa@posta.example', 'la legge mio marito'],
    ['rosa@posta.example (la usa anche mia figlia)', 'rosa@posta.example', 'mia figlia'],
    [`${NUMBER} ma non chiamate la sera`, NUMBER, 'non chiamate la sera'],
    [`mai di sabato: ${NUMBER}`, NUMBER, 'mai di sabato'],
    [`${NUMBER}, dopo le 18`, NUMBER, 'dopo le 18'],
  ] as const)
    it(`is kept, said back, and not asked for again: ${text}`, async () => {
      const { talk, last, details } = await atContact(text);
      assert.equal(details?.contact?.shown, contact);
      assert.ok(details?.safe?.wishes?.includes(wish), details?.safe?.wishes);
      assert.match(last.text, /^Ho segnato: «.+Quando preferisce/s);
      const next = await talk.say('request.when.any', 'request.note.skip');
      assert.ok(next.text.includes(wish), next.text);
    });

  it('is no wish where it only says whom to ask for, or what there is not', async () => {
    for (const text of [`${NUMBER} chiedere di Anna`, `non ho la mail, ${NUMBER}`]) {
      const { last, details } = await atContact(text);
      assert.equal(details?.safe, undefined, text);
      assert.match(last.text, /^Quando preferisce/);
    }
  });

  it('is kept although the number cannot be', async () => {
    const { last, details } = await atContact('123 456 ma non chiamate la sera');
    assert.match(details?.safe?.wishes ?? '', /non chiamate la sera/);
    assert.match(last.text, /^Ho segnato: .+non mi torna/s);
  });

  it('after violence is added to what was asked first, and allows no mail', async () => {
    const { talk } = await atFirst('mai il sabato');
    await talk.say('Rosa', `${NUMBER} ma non chiamate la sera`);
    const safe = (await talk.cases())[0]?.details.safe;
    assert.equal(safe?.wishes, 'ma non chiamate la sera; mai il sabato');
    assert.deepEqual(safe?.rules, { noMail: true, neverDays: [6], hours: [{ from: 0, to: 17 * 60 }] });
  });

  it('can be put right from the summary', async () => {
    const { talk } = await atContact(`${NUMBER} ma non chiamate la sera`);
    const again = await talk.say('request.when.any', 'request.note.skip', 'change.request.safe');
    assert.match(again.text, /stare attenti/);
    await talk.say('request.safe.any');
    assert.deepEqual((await talk.cases())[0]?.details.safe, { anyTime: true, copyByMail: true });
  });
});

describe('words where a time is asked for', () => {
  const THURSDAY = '2026-11-26T08:00:00.000Z';

  for (const text of ['giovedì mattina', 'giovedì', 'preferirei giovedì dopo le 10', 'la mattina'])
    it(`pick the first opening that fits: ${text}`, async () => {
      const { details } = await say(...RENT, NUMBER, text);
      assert.deepEqual(
        details?.preferred.map(({ start }) => start),
        [THURSDAY],
      );
    });

  for (const text of ['sabato', 'giovedì sera', 'non giovedì', 'giovedì?', 'rosa@posta.example'])
    it(`pick none, and it is asked again: ${text}`, async () => {
      const { last, details } = await say(...RENT, NUMBER, text);
      assert.deepEqual(details?.preferred, []);
      assert.match(last.text, /Quando preferisce/);
    });

  it('may be any time', async () => {
    const { last } = await say(...RENT, NUMBER, 'quando volete voi');
    assert.match(last.text, /stare attenti/);
  });

  it('keep what is a wish of how to be reached', async () => {
    const { last, details } = await say(...RENT, NUMBER, 'non chiamatemi il sabato');
    assert.equal(details?.safe?.wishes, 'non chiamatemi il sabato');
    assert.match(last.text, /^Ho segnato.+Quando preferisce/s);
  });
});

describe('what is said around a request', () => {
  const CONSENT = RENT.slice(0, 3);

  for (const text of ['no perché lì ci lavora mia cognata', 'no, lì mi conoscono tutti'])
    it(`a no with its reason is a no, and another number is given: ${text}`, async () => {
      const { talk, last } = await say(...CONSENT, text);
      assert.match(last.text, /non ho mandato niente.+0583 21181/);
      assert.deepEqual(
        last.links.map(({ url }) => url),
        ['tel:+39058321181'],
      );
      assert.deepEqual(await talk.cases(), []);
    });

  it('a no that was none is asked again', async () => {
    assert.match((await say(...CONSENT, 'no no, va bene così')).last.text, /Mi basta un sì o un no/);
  });

  it('where the desk is closed when somebody should have called, the comune’s number stands beside its own', async () => {
    const { last } = await say(...RENT, NUMBER, 'quando volete', 'no', 'request.note.skip', 'request.summary.send');
    assert.match(last.text, /entro lunedì 30 novembre alle 13 .+0583 211899.+\nSe lo sportello è chiuso.+0583 21181/);
  });

  it('nobody is sent elsewhere where somebody always answers', async () => {
    const { talk } = await atFirst('sì');
    const sent = await talk.say('Rosa', NUMBER, 'request.when.any', 'request.note.skip', 'request.summary.send');
    assert.match(sent.text, /0583 997928/);
    assert.doesNotMatch(sent.text, /è chiuso, chiami/);
  });
});
