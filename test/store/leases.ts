// Leases: one holder at a time, whoever asks and however often.
// What is done under one is left to the tests of who takes it.
import assert from 'node:assert/strict';
import { after } from '../store-samples.ts';
import type { StoreBench } from './bench.ts';

export function describeLeases(on: StoreBench): void {
  describe('leases', () => {
    const take = (holder: string, seconds: number, name = 'polling'): Promise<boolean> =>
      on.store.lease(name, holder, after(seconds), 10_000);

    it('have one holder, who may keep them longer', async () => {
      assert.deepEqual(
        [await take('a', 0), await take('b', 1), await take('a', 8), await take('b', 12)],
        [true, false, true, false],
      );
      assert.equal(await take('b', 1, 'another'), true);
    });

    it('go to another one when their time is over, and the first hears of it', async () => {
      await take('a', 0);
      assert.equal(await take('b', 10), true);
      assert.equal(await take('a', 11), false);
    });

    it('are let go of by their holder alone', async () => {
      await take('a', 0);
      await on.store.release('polling', 'b');
      assert.equal(await take('b', 1), false);
      await on.store.release('polling', 'a');
      assert.equal(await take('b', 1), true);
    });

    it('are given to one of many that ask at the same moment', async () => {
      const asked = Array.from({ length: 20 }, (_, n) => take(`p${n}`, 0));
      const given = await Promise.all(asked);
      assert.equal(given.filter(Boolean).length, 1);
    });

    it('leave nothing behind when their time is long over', async () => {
      await take('a', 0, 'telegram:tg:501');
      await on.store.purge(after(-1000), after(9));
      assert.equal((await on.query('select name from leases')).length, 1);
      await on.store.purge(after(-1000), after(11));
      assert.deepEqual(await on.query('select name from leases'), []);
    });
  });
}
