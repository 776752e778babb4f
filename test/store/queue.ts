// The not-understood queue as the store keeps it.
// What may be kept of a phrase is left to queue.test.ts.
import assert from 'node:assert/strict';
import { aPhrase, aTurn } from '../store-samples.ts';
import type { StoreBench } from './bench.ts';

export function describeQueue(on: StoreBench): void {
  describe('the not-understood queue', () => {
    const corrected = aPhrase({
      id: 'phrase-2',
      day: '2026-11-23',
      why: 'corrected',
      said: 'rent',
      corrected: 'bills',
    });

    it('is written with the turn, and read by day', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
      assert.deepEqual(await on.store.listUnclear(), [corrected, aPhrase()]);
    });

    it('holds what any person may write', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase({ text: "boh\u0000 \ud800 👩‍👩‍👧 '; drop table unclear; --" })] }));
      assert.deepEqual((await on.store.listUnclear())[0]?.text, "boh \ufffd 👩‍👩‍👧 '; drop table unclear; --");
    });

    it('takes nothing of a turn that came too late, or came twice', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase()] }));
      await on.store.commit(aTurn({ unclear: [corrected] }));
      await on.store.commit(aTurn({ messageId: 'm2', unclear: [corrected] }));
      assert.deepEqual(await on.store.listUnclear(), [aPhrase()]);
    });

    it('has no column that could tell whose a phrase was', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase()] }));
      const [row] = await on.query('select * from unclear');
      assert.deepEqual(row, { ...aPhrase() });
    });

    it('lets phrases be taken out', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
      assert.equal(await on.store.dropUnclear([]), 0);
      assert.equal(await on.store.dropUnclear(['phrase-1', 'nobody']), 1);
      assert.deepEqual(await on.store.listUnclear(), [corrected]);
    });

    it('is not touched by an erasure, which cannot know which phrase was whose', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase()] }));
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
      assert.deepEqual(await on.store.listUnclear(), [aPhrase()]);
    });

    it('forgets with the purge the phrases of that day and before', async () => {
      await on.store.commit(aTurn({ unclear: [aPhrase(), corrected] }));
      await on.store.purge(new Date('2026-11-22T23:59:59Z'));
      assert.equal((await on.store.listUnclear()).length, 2);
      await on.store.purge(new Date('2026-11-23T00:00:00Z'));
      assert.deepEqual(await on.store.listUnclear(), [aPhrase()]);
    });

    it('reads a need that is no longer known as none', async () => {
      await on.store.commit(aTurn({ unclear: [corrected] }));
      await on.query("update unclear set said = 'astrology'");
      assert.deepEqual(await on.store.listUnclear(), [{ ...corrected, said: null }]);
    });
  });
}
