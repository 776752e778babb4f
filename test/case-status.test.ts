// "A che punto è la mia richiesta?": the truth in every state, for one request, for several, for one with several desks.
// What a code of another conversation shows is left to case-codes-talk.test.ts.
import assert from 'node:assert/strict';
import { propose, take } from '../bot/cases/desk-steps.ts';
import type { Appointment, Case } from '../bot/ports.ts';
import { CASE_STATES } from '../flows/case.ts';
import { idsOf, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

const PHONE = /0583 211899/;

const appointment: Appointment = {
  start: '2026-12-01T08:30:00.000Z',
  end: '2026-12-01T09:00:00.000Z',
  how: 'office',
  sequence: 2,
  state: 'proposed',
  reminded: [],
};

/** Each state with what is known of it, and what must be said. */
const TRUTHS: Record<(typeof CASE_STATES)[number], { life?: Partial<Case['life']>; says: RegExp }> = {
  requested: { says: /non è ancora arrivata/ },
  delivered: { life: { reminded: ['desk'] }, says: /Nessuno ha ancora risposto\.\nGliel'ho già ricordata/ },
  undeliverable: { says: /non è arrivata allo sportello[\s\S]*Per favore chiami/ },
  taken: {
    life: { takenAt: '2026-11-24T09:00:00.000Z' },
    says: /presa in carico un operatore dello sportello, martedì 24 novembre/,
  },
  proposed: { life: { appointment }, says: /propone: martedì 1 dicembre 2026, dalle 09:30 alle 10:00/ },
  confirmed: {
    life: { appointment: { ...appointment, state: 'confirmed' } },
    says: /fissato: martedì 1 dicembre 2026[\s\S]*Dove: Piazza Felice Orsi/,
  },
  moved: { says: /Serve un altro orario/ },
  met: { says: /vi siete parlati/ },
  not_met: { says: /non vi siete parlati/ },
  forward_asked: { life: { forwardTo: 'lucca-segretariato' }, says: /solo se Lei dice di sì/ },
  closed: { says: /l'ha chiusa/ },
  refused: { life: { refusal: 'not_resident' }, says: /residente nel suo comune/ },
  forwarded: { life: { forwardTo: 'lucca-segretariato' }, says: /È passata a: / },
  withdrawn: { says: /È stata ritirata/ },
  expired: { says: /Nessuno ha risposto in tempo/ },
};

describe('the state of a request, in words', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  for (const state of CASE_STATES)
    it(`${state}: is said as it is, with whom to call`, async () => {
      const { life, says } = TRUTHS[state];
      const talk = await bench.person([{ state, ...(life ? { life } : {}) }]);
      const replies = await talk.say('a che punto è la mia richiesta?');
      assert.match(textOf(replies), says);
      if (!['withdrawn', 'forwarded'].includes(state)) assert.match(textOf(replies), /0583 \d+/);
      assert.equal(replies.length, 1);
      assert.doesNotMatch(textOf(replies), /\{\{|undefined/);
    });

  it('delivered elsewhere, after it came back: says who has it, not that the desk was reminded', async () => {
    const since = '2026-11-24T09:00:00.000Z';
    const clock = { phase: `waiting ${since}`, from: since, done: [], lostAt: since };
    const life = { since, clock, reminded: ['second' as const] };
    const talk = await bench.person([{ state: 'delivered', life }]);
    const said = textOf(await talk.say('a che punto è?'));
    assert.match(said, /È arrivata al comune, a chi smista la posta\. Nessuno ha ancora risposto\./);
    assert.doesNotMatch(said, /arrivata allo sportello|già ricordata/);
    const villa = { comune: 'villa_basilica', deskId: 'villa-basilica-servizi-sociali' } as const;
    const other = await bench.person([{ state: 'delivered', life, ...villa }]);
    assert.match(textOf(await other.say('a che punto è?')), /È arrivata a chi coordina gli sportelli\./);
  });

  it('names who took it only as they signed', async () => {
    const talk = await bench.person([{}]);
    await bench.act(`${talk.id}-1`, (work) => take(work, 'Prova'));
    bench.later(10);
    assert.match(textOf(await talk.say('novità')), /presa in carico Prova, dello sportello, martedì 24 novembre/);
  });

  it('names nobody after violence, however they signed', async () => {
    const needs = [{ area: 'relational', need: 'violence', urgency: 'none' } as const];
    const talk = await bench.person([{ details: { needs } }]);
    await bench.act(`${talk.id}-1`, (work) => take(work, 'Prova'));
    bench.later(10);
    const said = textOf(await talk.say('novità'));
    assert.match(said, /presa in carico un operatore dello sportello/);
    assert.doesNotMatch(said, /Prova/);
  });

  it('tells several requests apart, each with its own bubble, and of those that are over only the newest', async () => {
    const day = (number: number): Date => new Date(`2026-11-${number}T09:00:00Z`);
    const talk = await bench.person([
      { state: 'withdrawn', code: 'PRC-22222', createdAt: day(10) },
      { state: 'closed', code: 'PRC-33333', createdAt: day(11) },
      { state: 'taken', code: 'PRC-44444', createdAt: day(12) },
      { state: 'delivered', code: 'PRC-55555', createdAt: day(13) },
    ]);
    const replies = await talk.say('a che punto è?');
    assert.deepEqual(
      replies.map((reply) => reply.case),
      ['PRC-33333', 'PRC-44444', 'PRC-55555'],
    );
  });

  it('says all parts of one code in one bubble, the most urgent first', async () => {
    const talk = await bench.person([
      { part: 2, code: 'PRC-66666', deskId: 'lucca-segretariato-orsetti', comune: 'lucca' },
      { part: 1, code: 'PRC-66666', state: 'proposed', life: { appointment } },
    ]);
    const replies = await talk.say('/stato');
    assert.equal(replies.length, 1);
    const text = textOf(replies);
    assert.ok(text.indexOf('1. Sportello sociale') < text.indexOf('2. '), text);
    assert.match(text, PHONE);
    assert.ok(idsOf(replies).includes('case.accept.prc-66666.1.2'));
    assert.ok(idsOf(replies).includes('case.answer.prc-66666.2'));
    const labels = replies.at(-1)?.choices.map(({ label }) => label) ?? [];
    assert.equal(new Set(labels).size, labels.length, 'no two buttons look the same');
    assert.ok(labels.every((label) => label.length <= 60));
  });

  it('offers yes and no to a time that is proposed, and to write in every open state', async () => {
    const talk = await bench.person([{}]);
    await bench.act(`${talk.id}-1`, (work) =>
      propose(work, 'Prova', {
        start: new Date('2026-12-01T08:30:00Z'),
        end: new Date('2026-12-01T09:00:00Z'),
        how: 'office',
      }),
    );
    const ids = idsOf(await talk.say('a che punto è?')).join(' ');
    assert.match(ids, /case\.accept\.\S+\.1 case\.decline\.\S+\.1 case\.answer\.\S+ command\.withdraw/);
  });

  it('says of what was only advised that nobody was written to', async () => {
    const talk = await bench.person([{ state: 'advised', code: null, requestedAt: null }]);
    assert.match(textOf(await talk.say('novità')), /^Per: Sportello[\s\S]*Non ho scritto a nessuno[\s\S]*0583/);
  });

  it('of what is over there is something to press as well', async () => {
    const talk = await bench.person([{ state: 'refused', life: { refusal: 'other' } }]);
    assert.deepEqual(idsOf(await talk.say('e ora che faccio?')), ['result.another']);
  });

  it('says that there is none', async () => {
    const talk = await bench.person();
    assert.match(textOf(await talk.say('a che punto è?')), /non trovo richieste/);
  });

  it('asks again what was being asked', async () => {
    const talk = await bench.person([{}]);
    await talk.say("non riesco a pagare l'affitto");
    const replies = await talk.say('a che punto è?');
    assert.equal(replies.length, 2);
    assert.ok(idsOf(replies).includes('access.followed.first'));
  });
});
