// Two fears, told in a danger: the numbers first, then what the law says, and nothing new is taken for a need.
// What is said to them in a calm talk is left to the transcripts.
import assert from 'node:assert/strict';
import { numbersShown, reminded, textOf, idsOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Bench } from './support/person.ts';

describe('a fear told in a danger', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  const needsOf = async (id: string): Promise<string> =>
    JSON.stringify((await bench.core.store.load(id))?.conversation.state ?? null);

  for (const [text, says] of [
    ['se chiedo aiuto mi portano via i figli?', /la povertà da sola non basta/],
    ['non ho il permesso, se vengo mi denunciate?', /non viene segnalato/],
  ] as const)
    it(`${text}: after the numbers`, async () => {
      const talk = await bench.person();
      await talk.say('stanotte dormo in macchina con mia figlia di 6 anni');
      const told = await talk.say(text);
      assert.ok(reminded(told) || numbersShown(told));
      assert.match(textOf(told), says);
      assert.ok(idsOf(told).includes('floor.continue'));
      const kept = await needsOf(talk.id);
      assert.doesNotMatch(kept, /integration|parenting_minors/);
      assert.ok(!kept.includes(text));
    });

  it('in the cry itself: the whole numbers, then the answer, the buttons under it', async () => {
    const talk = await bench.person();
    const told = await talk.say('mio marito mi picchia, ma non ho il permesso di soggiorno');
    assert.ok(told[0]?.kind === 'floor' && /112/.test(told[0].text));
    assert.match(textOf(told), /non viene segnalato/);
    assert.ok(idsOf(told).includes('floor.human'));
    assert.doesNotMatch(await needsOf(talk.id), /integration|permesso/);
  });

  it('to call the police is no fear there', async () => {
    const talk = await bench.person();
    const told = [...(await talk.say('aiuto mi picchia')), ...(await talk.say('chiamate la polizia'))];
    assert.doesNotMatch(textOf(told), /non viene segnalato/);
  });

  it('a child is answered as one speaks to a child', async () => {
    const talk = await bench.person();
    await talk.say('ho 12 anni, mio padre mi picchia');
    const told = textOf(await talk.say('non ho il permesso, se vengo mi denunciate?'));
    assert.match(told, /ti dico quello che so/);
    assert.doesNotMatch(told, /\bLe dico\b/);
  });
});
