// Sheets of paper: what a code finds, until when, and that nothing outlives what it was made of.
// What stands on a sheet is left to paper.test.ts.
import assert from 'node:assert/strict';
import { after, aReply, aTurn, AT } from '../store-samples.ts';
import type { StoreBench } from './bench.ts';

const CODE = 'K7M2Q9XTA4';
const until = after(3600);

export function describeSheets(on: StoreBench): void {
  describe('sheets', () => {
    const sheet = { code: CODE, comune: 'porcari', seq: 1, until } as const;
    const rows = (): Promise<unknown[]> => on.query('select code from sheets');

    it('are found by their code until they expire, and by no other', async () => {
      await on.store.commit(aTurn({ sheet }));
      const { code, comune, seq } = sheet;
      assert.deepEqual(await on.store.sheet(CODE, AT), { code, conversationId: 'c1', comune, seq, until });
      assert.deepEqual(
        [await on.store.sheet(CODE, until), await on.store.sheet('K7M2Q9XTA5', AT), await on.store.sheet('', AT)],
        [undefined, undefined, undefined],
      );
    });

    it('show the answer that gave the code where they show no card', async () => {
      const { seq: _, ...plain } = sheet;
      await on.store.commit(aTurn({ sheet: plain, replies: [aReply('Ecco il foglio'), aReply('Ancora')] }));
      assert.equal((await on.store.sheet(CODE, AT))?.seq, 3);
    });

    it('are kept with their turn or not at all', async () => {
      await on.store.commit(aTurn({ sheet }));
      const taken = await on.store.commit(aTurn({ conversationId: 'c2', sheet }));
      assert.equal(taken.result, 'conflict');
      assert.equal(await on.store.load('c2'), undefined);
      const again = await on.store.commit(aTurn({ sheet: { ...sheet, code: 'ZZZZZZZZZZ' } }));
      assert.equal(again.result, 'duplicate');
      assert.deepEqual(await rows(), [{ code: CODE }]);
    });

    it('go when the log is erased, with the conversation, and when they expire', async () => {
      await on.store.commit(aTurn({ sheet }));
      await on.store.commit(aTurn({ conversationId: 'c2', sheet: { ...sheet, code: 'AAAAAAAAAA' } }));
      await on.store.commit(aTurn({ conversationId: 'c3', at: after(7200), sheet: { ...sheet, code: 'BBBBBBBBBB' } }));
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
      assert.equal(await on.store.sheet(CODE, AT), undefined);
      assert.equal(await on.store.purge(after(50), AT), 2);
      assert.deepEqual(await rows(), [{ code: 'BBBBBBBBBB' }]);
      await on.store.purge(after(50), until);
      assert.deepEqual(await rows(), []);
    });
  });
}
