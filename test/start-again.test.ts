// The chat is opened again while a request is under way, and a cry while a desk's news lies unread: nothing is lost, nothing slips out.
// When news may come by itself is left to safe-tell.test.ts.
import assert from 'node:assert/strict';
import { propose, write } from '../bot/cases/desk-steps.ts';
import { idsOf, numbersShown, textOf } from './support/floor-talk.ts';
import { A_TIME, openBench } from './support/person.ts';
import type { Bench, Person } from './support/person.ts';

const VIOLENCE = {
  area: 'relational' as const,
  need: 'violence' as const,
  urgency: 'emergency' as const,
};

describe('a chat that is opened again', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  const proposed = async (more: Parameters<Bench['withCase']>[0] = {}): Promise<Person> => {
    const talk = await bench.withCase(more);
    await bench.act(talk.case, (work) => propose(work, 'Prova', A_TIME));
    bench.later(5);
    return talk;
  };
  const wrote = (talk: Person): Promise<void> => bench.act(talk.case, (work) => write(work, 'Prova', 'Venga domani.'));

  for (const channel of ['telegram', 'web'] as const)
    it(`${channel}: tells what the desk wrote and how the request stands, and asks for no second one`, async () => {
      const talk = await proposed({ channel });
      const told = await talk.start();
      assert.match(textOf(told), /martedì 1 dicembre 2026/);
      assert.ok(idsOf(told).includes(`case.accept.${talk.ref}.1`));
      assert.ok(!idsOf(told).includes('result.request'));
      await talk.say('sì va bene');
      assert.equal(await bench.stateOf(talk.case), 'confirmed');
    });

  it('a yes to news that was not read reads it', async () => {
    const talk = await proposed({ channel: 'telegram' });
    const told = await talk.say('sì va bene, grazie');
    assert.match(textOf(told), /martedì 1 dicembre 2026/);
    assert.doesNotMatch(textOf(told), /non ho capito/);
    assert.equal(await bench.stateOf(talk.case), 'proposed');
  });

  it('after violence it only says that there is something to read', async () => {
    const talk = await proposed({ details: { needs: [VIOLENCE] } });
    const told = await talk.start();
    assert.doesNotMatch(textOf(told), /dicembre/);
    assert.ok(idsOf(told).includes(`case.news.${talk.ref}`));
    assert.match(textOf(await talk.tap(`case.news.${talk.ref}`)), /1 dicembre/);
  });

  describe('in a danger', () => {
    it('what the desk wrote stays behind its button, and then is for no other eyes', async () => {
      const talk = await bench.withCase({ channel: 'telegram' });
      await wrote(talk);
      const cry = await talk.say('aiuto mi sta picchiando');
      assert.ok(numbersShown(cry));
      assert.doesNotMatch(textOf(cry), /Venga domani/);
      const again = await talk.start();
      assert.doesNotMatch(textOf(again), /Venga domani/);
      const read = await talk.tap(`case.news.${talk.ref}`);
      assert.match(textOf(read), /Venga domani/);
      assert.ok(read.every(({ kind, delicate, text }) => kind === 'floor' || delicate || !text.includes('Venga')));
    });
  });
});
