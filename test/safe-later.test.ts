// How to be contacted, said after a request was sent: the rules grow stricter, the desk is told, letters that wait are withdrawn.
// What the words allow is left to safe-wishes.test.ts; the same while a request is written to request-wishes.test.ts.
import assert from 'node:assert/strict';
import { readRomeTime } from '../bot/clock.ts';
import { strictest } from '../bot/safe-contact/strictest.ts';
import { isTimeWish, isWayWish } from '../bot/safe-contact/notice.ts';
import { openRequestTalks } from './support/request-talk.ts';
import type { RequestTalk, RequestTalks } from './support/request-talk.ts';

const AT = readRomeTime('2026-11-24T10:00') ?? assert.fail();
const SENT = [
  "non riesco a pagare l'affitto",
  'access.followed.first',
  'result.request',
  'request.consent.yes',
  'Rosa',
  'rosa@posta.example',
  'request.when.any',
];

let talks: RequestTalks;
before(async () => {
  talks = await openRequestTalks(() => AT);
});
after(() => talks.close());

async function sent(...wish: string[]): Promise<RequestTalk> {
  const talk = await talks.begin('porcari');
  await talk.say(...SENT, ...wish, 'request.note.skip', 'request.summary.send');
  return talk;
}

describe('a wish said after a request was sent', () => {
  it('makes the rules stricter, tells the desk first of all, and takes back the letter that waits', async () => {
    const talk = await sent('mai il sabato');
    const said = await talk.say('non chiamatemi il pomeriggio, niente e-mail');
    assert.match(said.text, /«non chiamatemi il pomeriggio, niente e-mail» – .*mai di sabato.*non Le mando e-mail/);
    const [made] = await talk.cases();
    assert.deepEqual(made?.details.safe, {
      anyTime: false,
      wishes: 'non chiamatemi il pomeriggio, niente e-mail; mai il sabato',
      copyByMail: false,
      rules: {
        noMail: true,
        neverDays: [6],
        hours: [
          { from: 0, to: 12 * 60 },
          { from: 19 * 60, to: 24 * 60 },
        ],
      },
    });
    assert.deepEqual((await talk.trail()).map(({ type, by, data }) => [type, by, data]).at(-1), [
      'contact_changed',
      'person',
      { kind: 'safe' },
    ]);
    const mails = await talk.mails();
    assert.deepEqual(mails.map(({ kind }) => kind).toSorted(), ['note', 'request']);
    const note = mails.find(({ kind }) => kind === 'note')?.mail.text ?? '';
    assert.ok(note.startsWith('*** ATTENZIONE, come contattare la persona: non chiamatemi il pomeriggio'), note);
    assert.doesNotMatch(note, /rosa@|Recapito nuovo/);
  });

  for (const text of ['non scrivetemi più per mail, la legge mio marito', 'mai di sabato', 'chiamatemi dopo le 18'])
    it(`is heard: ${text}`, async () => {
      const talk = await sent('request.safe.any');
      assert.match((await talk.say(text)).text, /^Va bene\. Ho segnato/);
      assert.equal((await talk.cases())[0]?.details.safe?.wishes, text);
    });

  it('changes nothing where nothing is open', async () => {
    const talk = await sent('request.safe.any');
    await talk.say('annulla la richiesta', 'confirm.withdraw.yes', 'mai di sabato');
    assert.deepEqual((await talk.cases())[0]?.details.safe, { anyTime: true, copyByMail: true });
  });

  it('is told from what is no wish: that nobody calls, that something is not there, a question', () => {
    const no = ['nessuno mi chiama', 'non mi ha chiamato nessuno', 'non ho ricevuto la mail', 'perché non chiamate?'];
    const others = ['non dormo mai', 'sabato non posso', 'non rispondono al telefono', 'non riesco a telefonare'];
    for (const text of [...no, ...others]) assert.ok(!isWayWish(text, 'it') && !isTimeWish(text, 'it'), text);
    for (const text of ['niente messaggi', 'please do not call me in the afternoon', 'nu mă sunați după-amiaza'])
      assert.ok(isWayWish(text, 'it'), text);
  });
});

describe('the strictest of two wishes', () => {
  it('forbids what either forbids', () => {
    const hours = [{ from: 480, to: 720 }];
    assert.deepEqual(strictest({ neverDays: [6], noMail: true }, { neverDays: [0], hours }), {
      neverDays: [0, 6],
      hours,
      noMail: true,
    });
    assert.deepEqual(strictest({}, {}), {});
    assert.deepEqual(strictest({ silent: true, noMail: true }, { neverDays: [6] }), { silent: true, noMail: true });
  });

  it('is silence where no moment is left', () => {
    const [morning, evening] = [{ hours: [{ from: 480, to: 720 }] }, { hours: [{ from: 1080, to: 1230 }] }];
    assert.deepEqual(strictest(morning, evening), { silent: true });
    assert.deepEqual(strictest({ neverDays: [0, 1, 2, 3] }, { neverDays: [4, 5, 6] }), { silent: true });
  });
});
