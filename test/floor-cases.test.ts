// A cry for help while requests are under way: nobody asks later how it went, nothing is mailed after violence, no desk knows.
// What the cry itself is answered with is left to the other tests of the floor.
import assert from 'node:assert/strict';
import { write } from '../bot/cases/desk-steps.ts';
import { rulesInWords } from '../bot/safe-contact/in-words.ts';
import { mayMail, needsNeutral } from '../bot/safe-contact/moment.ts';
import { numbersShown, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

const CHECKS = { from: '2026-11-24T09:00:00.000Z', asked: [], answers: [] };
const EMAIL = { kind: 'email', value: 'prova@posta.example', shown: 'prova@posta.example' } as const;
const HIT = 'mio marito mi picchia';

describe('the floor and the requests under way', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  for (const state of ['delivered', 'closed', 'advised'] as const)
    it(`after a cry asks nobody how it went (${state})`, async () => {
      const talk = await bench.person([{ state, life: { checks: CHECKS } }]);
      assert.ok(numbersShown(await talk.say('voglio morire')));
      const made = await bench.made(`${talk.id}-1`);
      assert.equal(made.life.checks, undefined);
      assert.equal(made.dueAt && made.dueAt > new Date('2026-12-01T00:00:00Z') ? made.dueAt : null, null);
    });

  it('asks as before where the numbers were only mentioned', async () => {
    const talk = await bench.person([{ life: { checks: CHECKS } }]);
    assert.ok(!numbersShown(await talk.say('ho bisogno di una mano, mi sento tanto giù')));
    assert.deepEqual((await bench.made(`${talk.id}-1`)).life.checks, CHECKS);
  });

  it('mails nothing after violence, takes back what waits, and first says only that there is something', async () => {
    const talk = await bench.person([{ details: { contact: EMAIL } }]);
    const id = `${talk.id}-1`;
    await bench.act(id, (work) => write(work, 'Prova', 'Porti la bolletta.'));
    assert.equal((await bench.mails(id)).filter((mail) => mail.startsWith('person')).length, 1);
    assert.ok(numbersShown(await talk.say(HIT)));
    assert.deepEqual(await bench.mails(id), [], 'no letter, and no word to the desk');
    await bench.act(id, (work) => write(work, 'Prova', 'Venga quando vuole.'));
    assert.deepEqual(await bench.mails(id), []);
    const made = await bench.made(id);
    assert.ok(needsNeutral(made) && !mayMail(made));
    assert.equal(made.life.waiting.length, 1, 'what the desk wrote waits until they ask for it');
    for (const wish of ['sono al sicuro', 'voglio continuare']) await talk.say(wish);
    assert.match(textOf(await talk.say('buongiorno')), /Venga quando vuole/);
  });

  it('goes on mailing after a cry that is no danger at home', async () => {
    const talk = await bench.person([{ details: { contact: EMAIL } }]);
    assert.ok(numbersShown(await talk.say('voglio morire')));
    assert.ok(mayMail(await bench.made(`${talk.id}-1`)));
  });

  it('keeps their own wishes beside', async () => {
    const safe = { anyTime: false, wishes: 'mai il sabato', copyByMail: true, rules: { neverDays: [6] } };
    const talk = await bench.person([{ details: { safe } }]);
    await talk.say(HIT);
    const { details } = await bench.made(`${talk.id}-1`);
    assert.deepEqual(details.safe, { ...safe, rules: { neverDays: [6], neutral: true } });
    assert.match(rulesInWords(details.safe?.rules ?? {}, bench.core.env.words.say('it'), 'it'), /e-mail/);
  });

  it('keeps a request for something else from mailing, made after or half written', async () => {
    for (const when of ['before', 'after'] as const) {
      const talk = await bench.person();
      if (when === 'before') {
        for (const said of [HIT, 'sono al sicuro', 'voglio continuare', 'ricomincia']) await talk.say(said);
        await talk.tap('confirm.restart.yes');
      }
      await talk.say("non riesco a pagare l'affitto");
      await talk.forge('access.followed.first');
      await talk.forge('result.request');
      await talk.forge('request.consent.yes');
      await talk.say('Ada Prova');
      await talk.say('ada@posta.example');
      await talk.forge('request.when.any');
      await talk.forge('request.safe.any');
      if (when === 'after') await talk.say(HIT);
      const draft = (await bench.core.store.load(talk.id))?.cases.find(({ state }) => state === 'draft');
      assert.ok(draft, 'a request is being written');
      assert.equal(draft.details.contact?.kind, 'email');
      assert.ok(draft.details.safe && !mayMail(draft), `${when}: ${JSON.stringify(draft.details.safe)}`);
    }
  });
});
