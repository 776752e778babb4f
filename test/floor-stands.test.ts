// A violence that was told stays told; "I cannot come tomorrow" is no cry where an appointment waits; a fear that is said softly.
// What a cry is answered with is left to the other tests of the floor.
import assert from 'node:assert/strict';
import { namedNeeds } from '../bot/answers.ts';
import { readState } from '../bot/state.ts';
import { idsOf, numbersShown, reminded, textOf } from './support/floor-talk.ts';
import { openBench } from './support/person.ts';
import type { Asked, Bench } from './support/person.ts';

const LAID_HANDS = 'mio marito mi ha messo le mani addosso ieri';
const NO_ROOF = 'stanotte non so dove dormire';

describe('the floor beside what else is said', () => {
  let bench: Bench;
  before(async () => (bench = await openBench()));
  after(() => bench.close());

  async function needs(id: string): Promise<string[]> {
    const loaded = await bench.core.store.load(id);
    return namedNeeds(readState(loaded?.conversation.state)?.answers ?? []);
  }

  describe('a violence that was told', () => {
    for (const away of ['no adesso no, è al lavoro', 'adesso è fuori', 'no, ora è a lavoro'])
      it(`is not changed by where he is: "${away}"`, async () => {
        const talk = await bench.person();
        assert.ok(numbersShown(await talk.say(LAID_HANDS)));
        assert.ok(reminded(await talk.say(away)));
        assert.deepEqual(await needs(talk.id), ['violence']);
      });

    for (const [said, more] of [
      ["e poi non riesco a pagare l'affitto", 'rent'],
      ['non riesco a pagare le bollette', 'bills'],
      ['ho perso il lavoro', 'income'],
    ] as const)
      it(`keeps beside it what comes later: ${more}`, async () => {
        const talk = await bench.person();
        await talk.say(LAID_HANDS);
        assert.match(textOf(await talk.say(said)), /qualcuno che Le fa paura o del male e/);
        assert.deepEqual((await needs(talk.id)).toSorted(), [more, 'violence'].toSorted());
        for (const wish of ['sono al sicuro', 'voglio continuare']) await talk.say(wish);
        assert.ok((await needs(talk.id)).includes('violence'));
      });

    it('is not added to what is told after its own request was made', async () => {
      const details = { needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' } as const] };
      const talk = await bench.person([{ deskId: 'cav-luna', details }]);
      await talk.say(LAID_HANDS);
      await talk.say('non riesco a pagare le bollette');
      assert.ok((await needs(talk.id)).includes('bills'));
      assert.ok(!(await needs(talk.id)).includes('violence'));
    });
  });

  describe('where an appointment waits', () => {
    const waiting = (state: 'proposed' | 'confirmed'): Asked => ({
      state,
      life: {
        appointment: {
          start: '2026-11-26T09:00:00.000Z',
          end: '2026-11-26T09:30:00.000Z',
          how: 'office',
          sequence: 1,
          state,
          reminded: [],
        },
      },
    });
    const CANNOT = [
      'non ce la faccio domani',
      'domani non ce la faccio proprio a venire',
      'scusi, domani alle 9 non riesco',
    ];
    const CRIES = [
      'domani non ci sarò più',
      'non ce la faccio più, voglio farla finita',
      'non posso venire domani, non ce la faccio più a vivere così',
    ];

    for (const state of ['proposed', 'confirmed'] as const)
      for (const said of CANNOT) {
        it(`"${said}" is no cry (${state})`, async () => {
          const talk = await bench.person([waiting(state)]);
          assert.ok((await talk.say(said)).every(({ kind }) => kind !== 'floor'));
        });

        it(`nor after another danger (${state}): "${said}"`, async () => {
          const talk = await bench.person([waiting(state)]);
          assert.ok(numbersShown(await talk.say(NO_ROOF)));
          const replies = await talk.say(said);
          assert.ok(!numbersShown(replies), textOf(replies));
          assert.doesNotMatch(textOf(replies), /Telefono Amico|2327/);
        });
      }

    for (const said of CRIES)
      it(`a cry stays a cry: "${said}"`, async () => {
        const talk = await bench.person([waiting('confirmed')]);
        assert.ok(numbersShown(await talk.say(said)));
      });

    it('without one it is heard as ever', async () => {
      assert.ok(reminded(await (await bench.person()).say('non ce la faccio domani')));
    });

    it('nor is it doubted from who wanted to die a moment ago', async () => {
      const talk = await bench.person([waiting('confirmed')]);
      await talk.say('voglio morire');
      assert.match(textOf(await talk.say('domani non ce la faccio')), /2327/);
    });
  });

  describe('a fear of whom one lives with', () => {
    for (const said of ['il marito beve e quando beve ho paura', 'mio marito beve e ho paura', 'ho paura quando beve'])
      it(`is offered the line, and asked about: "${said}"`, async () => {
        const talk = await bench.person();
        const replies = await talk.say(said);
        assert.equal(replies[0]?.kind, 'floor');
        assert.match(textOf(replies), /1522/);
        assert.ok(!numbersShown(replies), 'nothing is stopped');
        assert.ok(
          idsOf(replies).includes('split.violence') && idsOf(replies).includes('split.addiction'),
          textOf(replies),
        );
      });

    it('when my husband drinks, in English', async () => {
      assert.match(textOf(await (await bench.person()).say('my husband drinks and I am scared of him')), /1522/);
    });

    for (const said of ["ma io non ce l'ho chi mi porta", 'non ho chi mi accompagna', 'mio marito beve troppo'])
      it(`is not heard in "${said}"`, async () => {
        assert.doesNotMatch(textOf(await (await bench.person()).say(said)), /1522/);
      });
  });
});
