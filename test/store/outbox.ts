// The outbox: leases, what the fate of a mail does to its case, withdrawals.
// Sending is left to outbox-worker.test.ts, who writes a case first to races.ts.
import assert from 'node:assert/strict';
import { newLife } from '../../bot/cases/life.ts';
import type { TurnCommit } from '../../bot/ports.ts';
import { aCase, aMail, after, aStep, aTurn, AT, kept, anEvent } from '../store-samples.ts';
import { trail, claimOne } from './bench.ts';
import type { StoreBench } from './bench.ts';

export function describeOutbox(on: StoreBench): void {
  describe('the outbox', () => {
    const request = (): TurnCommit => aTurn({ cases: [aCase()], outbox: [aMail()], events: [anEvent()] });

    it('leases each mail to one worker at a time', async () => {
      const outbox = [1, 2, 3, 4, 5].map((number) => aMail({ id: `mail-${number}`, kind: 'copy' }));
      await on.store.commit(aTurn({ outbox }));
      const claims = await Promise.all([1, 2, 3].map(() => on.store.outbox.claim(AT, 2, 60_000)));
      const ids = claims.flat().map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      const rest = await on.store.outbox.claim(AT, 10, 60_000);
      assert.deepEqual(
        [...ids, ...rest.map(({ id }) => id)].sort(),
        outbox.map(({ id }) => id),
      );
      assert.deepEqual(await on.store.outbox.claim(after(59), 10, 60_000), []);
    });

    it('gives what the turn put in', async () => {
      await on.store.commit(request());
      const [claimed] = await on.store.outbox.claim(AT, 10, 60_000);
      const { lease, ...mail } = claimed ?? assert.fail('nothing was claimed');
      assert.ok(lease.length > 0);
      assert.deepEqual(mail, { ...aMail(), attempts: 0, queuedAt: AT });
    });

    it('lets a worker whose lease has passed to another record nothing', async () => {
      await on.store.commit(request());
      const slow = await claimOne(on.store, 0);
      const quick = await claimOne(on.store, 61);
      assert.notEqual(quick.lease, slow.lease);
      assert.equal(await on.store.outbox.sent(slow, after(62)), false);
      assert.equal(await on.store.outbox.retry(slow, after(62), 'late'), false);
      assert.equal(await on.store.outbox.dead(slow, after(62), 'late'), false);
      assert.equal((await on.store.caseById('case-1'))?.state, 'requested');
      assert.equal(await on.store.outbox.sent(quick, after(63)), true);
      assert.equal(await on.store.outbox.sent(quick, after(64)), false);
    });

    it('makes the case delivered when the request is sent, with its event, and forgets the mail', async () => {
      await on.store.commit(request());
      assert.equal(await on.store.outbox.sent(await claimOne(on.store, 0), after(5)), true);
      assert.equal((await on.store.caseById('case-1'))?.state, 'delivered');
      assert.deepEqual(await on.query('select type, at from case_events order by at'), [
        { type: 'requested', at: AT.getTime() },
        { type: 'delivered', at: after(5).getTime() },
      ]);
      assert.deepEqual(await on.query('select state, mail from outbox'), [{ state: 'sent', mail: '' }]);
    });

    it('refuses a turn that began before a delivery and is committed after it', async () => {
      await on.store.commit(request());
      await on.store.outbox.sent(await claimOne(on.store, 0), after(5));
      const late = aTurn({ expectedVersion: 1, messageId: 'm2', cases: [kept({ state: 'withdrawn' })] });
      assert.deepEqual(await on.store.commit(late), { result: 'conflict' });
      assert.equal((await on.store.caseById('case-1'))?.state, 'delivered');
      const again = { ...late, cases: [kept({ state: 'withdrawn', version: 2 })] };
      assert.equal((await on.store.commit(again)).result, 'committed');
    });

    it('tries again when told, and counts the tries', async () => {
      await on.store.commit(request());
      assert.equal(await on.store.outbox.retry(await claimOne(on.store, 0), after(300), '451 \u0000 later'), true);
      assert.deepEqual(await on.store.outbox.claim(after(299), 10, 60_000), []);
      assert.equal((await claimOne(on.store, 300)).attempts, 1);
    });

    it('makes the case undeliverable, and due at once, when it gives up', async () => {
      await on.store.commit(request());
      assert.equal(await on.store.outbox.dead(await claimOne(on.store, 0), after(5), '550'), true);
      assert.deepEqual(
        await on.store.caseById('case-1'),
        kept({ state: 'undeliverable', life: { ...newLife(), lost: ['request'] }, dueAt: after(5), version: 2 }),
      );
      assert.deepEqual(await trail(on.store), ['requested person', 'undeliverable bot']);
      assert.deepEqual(await on.store.outbox.depth(after(9)), { pending: 0, dead: 1, oldestSeconds: 0 });
    });

    it('makes the clock look when a copy cannot be delivered', async () => {
      await on.store.commit(aTurn({ cases: [aCase()], outbox: [aMail({ kind: 'copy' })] }));
      assert.equal(await on.store.outbox.dead(await claimOne(on.store, 0), after(5), '550'), true);
      const life = { ...newLife(), lost: ['copy' as const] };
      assert.deepEqual(await on.store.caseById('case-1'), kept({ life, dueAt: after(5), version: 2 }));
      assert.deepEqual(await on.store.caseEvents('case-1'), [
        { caseId: 'case-1', at: after(5), type: 'mail_failed', by: 'bot', data: { kind: 'copy' } },
      ]);
    });

    it('withdraws what was not sent, also from a worker that holds it', async () => {
      const copy = aMail({ id: 'mail-2', kind: 'copy' });
      await on.store.commit({ ...request(), outbox: [aMail(), copy] });
      const held = (await on.store.outbox.claim(AT, 1, 60_000))[0] ?? assert.fail('nothing was claimed');
      const farewell = aMail({ id: 'mail-3', kind: 'withdrawal' });
      const withdraw = { cases: [kept({ state: 'withdrawn' })], cancelMails: ['case-1'], outbox: [farewell] };
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', ...withdraw }));
      assert.equal(await on.store.outbox.sent(held, after(1)), false);
      const left = await on.store.outbox.claim(after(100), 10, 60_000);
      assert.deepEqual(
        left.map(({ id }) => id),
        ['mail-3'],
      );
      assert.equal((await on.store.caseById('case-1'))?.state, 'withdrawn');
    });

    it('withdraws letters to the person that are no longer true, but not what takes a time out of their calendar', async () => {
      const ics = { method: 'CANCEL' as const, filename: 'a.ics', content: 'BEGIN:VCALENDAR' };
      const off = aMail({ id: 'mail-4', kind: 'person' });
      const letters = [aMail({ id: 'mail-2', kind: 'person' }), aMail({ id: 'mail-3', kind: 'copy' })];
      const note = aMail({ id: 'mail-5', kind: 'note' });
      await on.store.commit({ ...request(), outbox: [...letters, { ...off, mail: { ...off.mail, ics } }, note] });
      const withdrawn = async (): Promise<string[]> =>
        (await on.store.outbox.claim(after(1000), 10, 60_000)).map(({ id }) => id);
      const now = aMail({ id: 'mail-6', kind: 'person' });
      await on.store.commitCase(aStep({ cases: [kept()], cancelLetters: ['case-1'], outbox: [now] }));
      const left = await on.store.outbox.claim(after(100), 10, 60_000);
      assert.deepEqual(left.map(({ id }) => id).toSorted(), ['mail-4', 'mail-5', 'mail-6']);
      await on.store.commitCase(aStep({ cancelMails: ['case-1'] }));
      assert.deepEqual(await withdrawn(), ['mail-4']);
    });

    for (const [type, left] of [
      ['erasure_asked', ['new']],
      ['withdrawn', ['new', 'note', 'request']],
    ] as const)
      it(`empties what became of the mails of a case, by any road: ${type}`, async () => {
        const kinds = ['request', 'note', 'person', 'copy', 'alert'] as const;
        const given = kinds.map((kind) => aMail({ id: kind, kind }));
        await on.store.commit({
          ...request(),
          outbox: [...given, aMail({ id: 'other', caseId: 'case-2', kind: 'alert' })],
        });
        for (const mail of await on.store.outbox.claim(AT, 10, 60_000)) await on.store.outbox.dead(mail, AT, '550');
        const alert = aMail({ id: 'late', kind: 'alert' });
        await on.store.commitCase(aStep({ outbox: [alert] }));
        const fresh = aMail({ id: 'new', kind: 'withdrawal' });
        await on.store.commitCase(aStep({ events: [anEvent({ type, at: after(5) })], outbox: [fresh] }));
        const full = await on.query("select id from outbox where mail != '' and case_id = 'case-1' order by id");
        assert.deepEqual(
          full,
          left.map((id) => ({ id })),
        );
        const waiting = await on.store.outbox.claim(after(9), 10, 60_000);
        assert.deepEqual(
          waiting.map(({ id }) => id),
          ['new'],
        );
        assert.equal((await on.query("select id from outbox where mail != '' and id = 'other'")).length, 1);
      });

    it('puts off without counting a try, and drops, only under the lease', async () => {
      await on.store.commit({ ...request(), outbox: [aMail({ until: after(500), holds: 'proposed.1' })] });
      const first = await claimOne(on.store, 0);
      assert.deepEqual([first.until, first.holds], [after(500), 'proposed.1']);
      assert.equal(await on.store.outbox.postpone(first, after(300)), true);
      assert.deepEqual(await on.store.outbox.claim(after(299), 10, 60_000), []);
      assert.deepEqual((await on.store.outbox.depth(after(300))).oldestSeconds, 0);
      const second = await claimOne(on.store, 300);
      assert.deepEqual([second.attempts, second.queuedAt], [0, after(300)]);
      assert.equal(await on.store.outbox.cancel(first, after(301)), false);
      await on.store.outbox.retry(second, after(310), '451');
      const third = await claimOne(on.store, 310);
      await on.store.outbox.postpone(third, after(400));
      const fourth = await claimOne(on.store, 400);
      assert.deepEqual([fourth.attempts, fourth.queuedAt], [1, after(300)]);
      assert.equal(await on.store.outbox.cancel(fourth, after(401)), true);
      assert.deepEqual(await on.store.outbox.depth(after(999)), { pending: 0, dead: 0, oldestSeconds: 0 });
      assert.deepEqual(await trail(on.store), ['requested person']);
    });

    it('says how much waits and for how long', async () => {
      assert.deepEqual(await on.store.outbox.depth(AT), { pending: 0, dead: 0, oldestSeconds: 0 });
      await on.store.commit(request());
      assert.deepEqual(await on.store.outbox.depth(after(90)), { pending: 1, dead: 0, oldestSeconds: 90 });
    });
  });
}
