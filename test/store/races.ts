// Turn, step and mail about one case: whoever writes second over an older version writes nothing, in each order.
// What each of them writes is left to turns.ts, steps.ts and fates.ts.
import assert from 'node:assert/strict';
import { aCase, aMail, after, anEvent, aStep, aTurn, kept } from '../store-samples.ts';
import { claimOne, trail } from './bench.ts';
import type { StoreBench } from './bench.ts';

type Outcome = 'written' | 'refused';

export function describeRaces(on: StoreBench): void {
  describe('writers of one case', () => {
    beforeEach(() => on.store.commit(aTurn({ cases: [aCase()], outbox: [aMail()] })));

    /** Each loaded the case at its first version. */
    const writers: Record<string, () => Promise<Outcome>> = {
      turn: async () => {
        const cases = [kept({ state: 'withdrawn' })];
        const events = [anEvent({ type: 'withdrawn' })];
        const done = await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', cases, events }));
        return done.result === 'committed' ? 'written' : 'refused';
      },
      step: async () => {
        const events = [anEvent({ type: 'taken', by: 'desk' })];
        const done = await on.store.commitCase(aStep({ cases: [kept({ state: 'taken' })], events }));
        return done === 'committed' ? 'written' : 'refused';
      },
    };

    for (const [first, second] of [
      ['turn', 'step'],
      ['step', 'turn'],
      ['step', 'step'],
    ])
      it(`are refused: a ${second} after a ${first}`, async () => {
        assert.equal(await writers[first ?? '']?.(), 'written');
        const after1 = await on.store.caseById('case-1');
        assert.equal(after1?.version, 2);
        assert.equal(await writers[second ?? '']?.(), 'refused');
        assert.deepEqual(await on.store.caseById('case-1'), after1);
        assert.equal((await trail(on.store)).length, 1);
      });

    for (const name of Object.keys(writers))
      for (const fate of ['sent', 'dead'] as const)
        it(`are refused: a ${name} after a mail ${fate}`, async () => {
          await on.store.outbox[fate](await claimOne(on.store, 0), after(5), '550');
          assert.equal(await writers[name]?.(), 'refused');
          const { state, version } = (await on.store.caseById('case-1')) ?? assert.fail('no case');
          assert.deepEqual([state, version], [fate === 'sent' ? 'delivered' : 'undeliverable', 2]);
        });

    for (const [name, state] of [
      ['turn', 'withdrawn'],
      ['step', 'taken'],
    ] as const)
      it(`are not undone: a mail sent after a ${name}`, async () => {
        const mail = await claimOne(on.store, 0);
        await writers[name]?.();
        assert.equal(await on.store.outbox.sent(mail, after(5)), true);
        assert.equal((await on.store.caseById('case-1'))?.state, state);
        assert.equal((await trail(on.store)).length, 1);
      });

    it('write each in its turn when they come all at once and load again', async () => {
      const events = [anEvent({ type: 'reminded', by: 'bot' })];
      const insist = async (): Promise<void> => {
        for (;;) {
          const made = (await on.store.caseById('case-1')) ?? assert.fail('no case');
          const wrongProofs = (made.life.wrongProofs ?? 0) + 1;
          const cases = [{ ...made, life: { ...made.life, wrongProofs } }];
          if ((await on.store.commitCase(aStep({ cases, events }))) === 'committed') return;
        }
      };
      const mail = await claimOne(on.store, 0);
      await Promise.all([...Array.from({ length: 8 }, insist), on.store.outbox.sent(mail, after(1))]);
      const made = await on.store.caseById('case-1');
      assert.deepEqual([made?.state, made?.version, made?.life.wrongProofs], ['delivered', 10, 8]);
      assert.equal((await trail(on.store)).length, 9);
    });
  });
}
