// A request half written whose desk changes, by words or by a place on the map: nothing goes to another desk unsaid.
// How a place is asked about is left to sent.test.ts.
import assert from 'node:assert/strict';
import { readRomeTime } from '../bot/clock.ts';
import { openRequestTalks } from './support/request-talk.ts';
import type { RequestTalk, RequestTalks } from './support/request-talk.ts';

const AT = readRomeTime('2026-11-24T10:00') ?? assert.fail();

let talks: RequestTalks;
before(async () => {
  talks = await openRequestTalks(() => AT);
});
after(() => talks.close());

/** At "anything to be careful about?", the time chosen among the hours of Porcari. */
async function withTime(): Promise<RequestTalk> {
  const talk = await talks.begin('porcari', 'telegram');
  const asked = await talk.say(
    'non riesco a pagare la bolletta',
    'economic.cutoff.no',
    'access.followed.first',
    'result.request',
    'request.consent.yes',
    'Fiordaliso Inventati',
    '333 000 0000',
  );
  const slot = asked.choices.find(({ id }) => id.startsWith('request.when.slot.')) ?? assert.fail('no time is offered');
  await talk.say(slot.id);
  assert.equal((await talk.cases())[0]?.details.preferred.length, 1);
  return talk;
}

describe('a request whose desk changes while it is written', () => {
  it('says to whom it goes now, asks for the yes again, then for the time, and keeps the rest', async () => {
    const talk = await withTime();
    const told = await talk.say('in realtà abito a Capannori');
    assert.match(told.text, /^Va bene: Capannori\. Allora la richiesta va a: [^\n]*Capannori/);
    assert.match(told.text, /Chi legge/);
    assert.ok(told.choices.some(({ id }) => id === 'request.consent.yes'));
    const when = await talk.say('request.consent.yes');
    assert.match(when.text, /Quando preferisce|decidono loro/);
    const [made] = await talk.cases();
    assert.equal(made?.details.name, 'Fiordaliso Inventati');
    assert.equal(made?.comune, 'capannori');
    const summary = await talk.say('request.when.any', 'request.safe.any', 'request.note.skip');
    assert.match(summary.text, /Il comune: Capannori[\s\S]*Fiordaliso Inventati/);
  });

  it('a no then leaves it: nothing was sent', async () => {
    const talk = await withTime();
    await talk.say('in realtà abito a Capannori', 'request.consent.no');
    assert.deepEqual(await talk.cases(), []);
  });
});

describe('where a name is asked for', () => {
  const START = [
    'non riesco a pagare la bolletta',
    'economic.cutoff.no',
    'access.followed.first',
    'result.request',
    'request.consent.yes',
  ];

  for (const wish of ['mai la sera, mio marito legge il telefono', 'non chiamatemi di sabato'])
    it(`a wish is no name: ${wish}`, async () => {
      const talk = await talks.begin('porcari', 'telegram');
      const told = await talk.say(...START, wish);
      assert.match(told.text, new RegExp(`«${wish}»[\\s\\S]*Come vuole che La chiamino`));
      const [made] = await talk.cases();
      assert.equal(made?.details.safe?.wishes, wish);
      assert.equal(made?.details.name, undefined);
    });

  for (const name of ['Domenica Sera', 'Fiordaliso Inventati', 'Maria, la signora Solo', 'Sabato Inventato'])
    it(`a name is one: ${name}`, async () => {
      const talk = await talks.begin('porcari', 'telegram');
      await talk.say(...START, name);
      assert.equal((await talk.cases())[0]?.details.name, name);
    });
});
