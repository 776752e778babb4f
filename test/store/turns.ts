// A turn: kept whole or not at all, once, over the version it knows.
// What follows from mails is left to outbox.ts, the steps of a case outside a turn to case-commits.ts.
import assert from 'node:assert/strict';
import { aCase, aMail, aReply, after, aTurn, AT, kept, anEvent } from '../store-samples.ts';
import { activitiesOf, insist } from './bench.ts';
import type { StoreBench } from './bench.ts';

export function describeTurns(on: StoreBench): void {
  describe('a turn', () => {
    it('is kept whole: state, both sides of the log, cases', async () => {
      const payload = { clientActivityID: 'x', deep: [1, { two: null }] };
      const said = { text: 'Ciao\u0000 \ud800 \u202e 👩‍👩‍👧', payload };
      const result = await on.store.commit(aTurn({ said, cases: [aCase()], state: { language: 'it' } }));
      assert.equal(result.result, 'committed');
      const log = await on.store.activities('c1', 0);
      assert.deepEqual(log, [
        { conversationId: 'c1', seq: 1, at: AT, from: 'user', messageId: 'm1', ...said },
        { conversationId: 'c1', seq: 2, at: AT, from: 'bot', reply: aReply('Buongiorno a Lei') },
      ]);
      assert.deepEqual(activitiesOf(result), log);
      const loaded = await on.store.load('c1');
      assert.deepEqual(loaded?.conversation, {
        id: 'c1',
        channel: 'web',
        version: 1,
        state: { language: 'it' },
        updatedAt: AT,
      });
      assert.deepEqual(loaded.cases, [kept()]);
      assert.deepEqual(await on.store.casesByCode('PRC-7F3K2'), [kept()]);
      assert.deepEqual(await on.store.casesByCode('PRC-00000'), []);
      assert.deepEqual(await on.store.caseById('case-1'), kept());
      assert.equal(await on.store.load('c2'), undefined);
    });

    it('answers a repeated message with the same replies, and writes nothing', async () => {
      const first = await on.store.commit(aTurn());
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2' }));
      const again = await on.store.commit(aTurn({ expectedVersion: 2, replies: [aReply('something else')] }));
      assert.deepEqual(again, { result: 'duplicate', activities: activitiesOf(first) });
      assert.deepEqual(await on.store.seen('c1', 'm1'), activitiesOf(first));
      assert.equal(await on.store.seen('c1', 'm3'), undefined);
      assert.equal((await on.store.activities('c1', 0)).length, 4);
    });

    it('takes the same message once when it arrives many times at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => on.store.commit(aTurn({ replies: [aReply(`try ${index}`)] }))),
      );
      assert.deepEqual(results.map(({ result }) => result).sort(), ['committed', ...Array(7).fill('duplicate')]);
      const log = await on.store.activities('c1', 0);
      for (const result of results) assert.deepEqual(activitiesOf(result), log);
    });

    it('is refused where another turn came first', async () => {
      await on.store.commit(aTurn());
      assert.deepEqual(await on.store.commit(aTurn({ messageId: 'm2' })), { result: 'conflict' });
      assert.deepEqual(await on.store.commit(aTurn({ messageId: 'm2', expectedVersion: 2 })), { result: 'conflict' });
      assert.equal((await on.store.commit(aTurn({ messageId: 'm2', expectedVersion: 1 }))).result, 'committed');
    });

    it('keeps every one of 50 turns that arrive at once', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => insist(on.store, { messageId: `m${index}` })));
      const loaded = await on.store.load('c1');
      assert.equal(loaded?.conversation.version, 50);
      const log = await on.store.activities('c1', 0);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        Array.from({ length: 100 }, (_, index) => index + 1),
      );
      const said = log.flatMap((activity) => (activity.from === 'user' ? [activity.messageId] : []));
      assert.equal(new Set(said).size, 50);
      assert.deepEqual(loaded.conversation.state, said);
    });

    it('leaves nothing where one part of it fails', async () => {
      await on.store.commit(aTurn({ conversationId: 'c0', cases: [aCase({ id: 'case-0', conversationId: 'c0' })] }));
      const clash = aTurn({ cases: [aCase()], outbox: [aMail()], events: [anEvent()] });
      assert.deepEqual(await on.store.commit(clash), { result: 'conflict' });
      assert.equal(await on.store.load('c1'), undefined);
      assert.equal(await on.store.seen('c1', 'm1'), undefined);
      assert.deepEqual(await on.store.activities('c1', 0), []);
      assert.equal((await on.store.outbox.depth(AT)).pending, 0);
      assert.deepEqual(await on.query('select * from case_events'), []);
      const otherCode = { ...clash, cases: [aCase({ code: 'PRC-7F3K3' })] };
      assert.equal((await on.store.commit(otherCode)).result, 'committed');
    });

    it('changes a case only over the version it knows', async () => {
      await on.store.commit(aTurn({ cases: [aCase()] }));
      const stale = aTurn({ expectedVersion: 1, messageId: 'm2', cases: [aCase({ version: 0, deskId: 'another' })] });
      assert.deepEqual(await on.store.commit(stale), { result: 'conflict' });
      assert.deepEqual((await on.store.load('c1'))?.conversation.version, 1);
      assert.deepEqual(await on.store.caseById('case-1'), kept());
      const fresh = { ...stale, cases: [kept({ deskId: 'another' })] };
      assert.equal((await on.store.commit(fresh)).result, 'committed');
      assert.deepEqual(await on.store.caseById('case-1'), kept({ deskId: 'another', version: 2 }));
    });

    it('takes a case along to the conversation of who proves that it is theirs', async () => {
      await on.store.commit(aTurn({ conversationId: 'c0', cases: [aCase({ conversationId: 'c0' })] }));
      const mine = kept({ channel: 'telegram' });
      assert.equal((await on.store.commit(aTurn({ channel: 'telegram', cases: [mine] }))).result, 'committed');
      assert.deepEqual((await on.store.load('c1'))?.cases, [kept({ channel: 'telegram', version: 2 })]);
      assert.deepEqual((await on.store.load('c0'))?.cases, []);
    });

    it('forgets the log when asked, and counts on', async () => {
      await on.store.commit(aTurn());
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
      assert.deepEqual(
        (await on.store.activities('c1', 0)).map(({ seq }) => seq),
        [3, 4],
      );
      assert.deepEqual(await on.store.seen('c1', 'm1'), []);
    });

    it('drops drafts and nothing but drafts', async () => {
      const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
      await on.store.commit(aTurn({ cases: [draft, aCase()] }));
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', dropCases: ['draft', 'case-1'] }));
      assert.deepEqual((await on.store.load('c1'))?.cases, [kept()]);
    });

    it('may be empty of words', async () => {
      const { said: _, ...silent } = aTurn({ messageId: 'start', replies: [] });
      assert.deepEqual(await on.store.commit(silent), { result: 'committed', activities: [] });
      assert.deepEqual(await on.store.commit(silent), { result: 'duplicate', activities: [] });
      const next = await on.store.commit(aTurn({ expectedVersion: 1 }));
      assert.deepEqual(
        activitiesOf(next).map(({ seq }) => seq),
        [1, 2],
      );
    });

    it('takes any message id that a client makes up', async () => {
      const messageId = '\u0000 "\\u0000" \ud800 \'; drop table cases; --';
      const first = await on.store.commit(aTurn({ messageId }));
      assert.equal(first.result, 'committed');
      assert.deepEqual(await on.store.seen('c1', messageId), activitiesOf(first));
      assert.equal(await on.store.seen('c1', '\u0000 "\\u0000"'), undefined);
    });

    it('is kept once for each nonce, whichever chat it comes from, and leaves nothing where it is spent', async () => {
      const nonce = { value: 'carry once', until: after(60) };
      const ids = ['n1', 'n2', 'n3', 'n4'];
      const open = (conversationId: string) => on.store.commit(aTurn({ conversationId, nonce }));
      const results = (await Promise.all(ids.map(open))).map(({ result }) => result);
      assert.deepEqual(results.toSorted(), ['committed', 'spent', 'spent', 'spent']);
      const loaded = await Promise.all(ids.map((id) => on.store.load(id)));
      assert.deepEqual(
        loaded.map((one) => one !== undefined),
        results.map((result) => result === 'committed'),
      );
      const winner = ids[results.indexOf('committed')] ?? '';
      assert.equal((await open(winner)).result, 'duplicate');
    });
  });
}
