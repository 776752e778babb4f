// What becomes of a mail becomes of its case: sent, given up, come back after it was sent.
// Leases are left to outbox.ts, telling anybody to the clock of the cases.
import assert from 'node:assert/strict';
import { newLife } from '../../bot/cases/life.ts';
import type { CaseLife, CaseState, MailKind } from '../../bot/ports.ts';
import { aCase, aMail, after, anEvent, aStep, aTurn, kept } from '../store-samples.ts';
import { claimOne, trail } from './bench.ts';
import type { StoreBench } from './bench.ts';

export function describeFates(on: StoreBench): void {
  describe('the fate of a mail', () => {
    const about = async (kind: MailKind, state: CaseState): Promise<void> => {
      await on.store.commit(aTurn({ cases: [aCase({ state })], outbox: [aMail({ kind })] }));
    };
    const send = async (): Promise<boolean> => on.store.outbox.sent(await claimOne(on.store, 0), after(1));
    const giveUp = async (): Promise<boolean> => on.store.outbox.dead(await claimOne(on.store, 0), after(5), '550');

    const lifeOf = (kind: MailKind): CaseLife => ({ ...newLife(), lost: [kind] });

    it('makes a request that was given up delivered after all, by the second inbox', async () => {
      await about('request', 'undeliverable');
      await send();
      assert.deepEqual(await on.store.caseById('case-1'), kept({ state: 'delivered', version: 2 }));
      assert.deepEqual(await trail(on.store), ['delivered bot']);
    });

    it('changes nothing of a case that went on meanwhile', async () => {
      await about('request', 'taken');
      await send();
      assert.deepEqual(await on.store.caseById('case-1'), kept({ state: 'taken' }));
      assert.deepEqual(await trail(on.store), []);
    });

    for (const kind of ['note', 'withdrawal'] as const)
      it(`makes the clock look where a ${kind} is given up`, async () => {
        await about(kind, 'withdrawn');
        await giveUp();
        assert.deepEqual(
          await on.store.caseById('case-1'),
          kept({ state: 'withdrawn', life: lifeOf(kind), dueAt: after(5), version: 2 }),
        );
        assert.deepEqual((await on.store.caseEvents('case-1'))[0]?.data, { kind });
      });

    it('is in the trail and makes the clock look where a request fails that the desk had taken', async () => {
      await about('request', 'taken');
      await giveUp();
      assert.deepEqual(
        await on.store.caseById('case-1'),
        kept({ state: 'taken', life: lifeOf('request'), dueAt: after(5), version: 2 }),
      );
      assert.deepEqual(await trail(on.store), ['mail_failed bot']);
    });

    it('touches no case where the mail is about none', async () => {
      await on.store.commit(aTurn({ outbox: [aMail({ caseId: '', kind: 'alert' })] }));
      assert.equal(await giveUp(), true);
      assert.deepEqual(await on.query('select id from case_events'), []);
    });

    it('is that of a request: come back, it is undeliverable and due at once, and only once', async () => {
      await about('request', 'requested');
      await send();
      assert.equal(await on.store.outbox.bounced('mail-1', after(9), '5.1.1'), 'case-1');
      const bounced = kept({ state: 'undeliverable', life: lifeOf('request'), dueAt: after(9), version: 3 });
      assert.deepEqual(await on.store.caseById('case-1'), bounced);
      assert.equal(await on.store.outbox.bounced('mail-1', after(10), '5.1.1'), undefined);
      assert.deepEqual(await on.store.caseById('case-1'), bounced);
      assert.deepEqual(await trail(on.store), ['delivered bot', 'bounced bot', 'undeliverable bot']);
      assert.deepEqual((await on.store.caseEvents('case-1'))[1]?.data, { kind: 'request', code: '5.1.1' });
      assert.equal((await on.store.outbox.depth(after(11))).dead, 1);
    });

    for (const kind of ['person', 'copy'] as const)
      it(`makes the clock look where a ${kind} comes back, unless another contact was left since`, async () => {
        await about(kind, 'taken');
        await send();
        assert.equal(await on.store.outbox.bounced('mail-1', after(9), '5.1.1'), 'case-1');
        const looked = kept({ state: 'taken', life: lifeOf(kind), dueAt: after(9), version: 2 });
        assert.deepEqual(await on.store.caseById('case-1'), looked);
        assert.deepEqual(await trail(on.store), ['bounced bot']);
        const later = aMail({ id: 'mail-2', kind });
        await on.store.commitCase(aStep({ outbox: [later], at: after(10) }));
        await on.store.outbox.sent(await claimOne(on.store, 10), after(11));
        await on.store.commitCase(aStep({ events: [anEvent({ type: 'contact_changed', at: after(12) })] }));
        assert.equal(await on.store.outbox.bounced('mail-2', after(13), '5.1.1'), 'case-1');
        assert.deepEqual(await on.store.caseById('case-1'), looked);
      });

    for (const how of ['waits', 'was sent'])
      it(`is only in the trail where the first request comes back late, and another ${how}`, async () => {
        await about('request', 'requested');
        await send();
        const second = aMail({ id: 'mail-2' });
        await on.store.commitCase(aStep({ outbox: [second], at: after(60) }));
        if (how === 'was sent') await on.store.outbox.sent(await claimOne(on.store, 60), after(61));
        const before = await on.store.caseById('case-1');
        assert.equal(await on.store.outbox.bounced('mail-1', after(90), '5.1.1'), 'case-1');
        assert.deepEqual([before?.state, await on.store.caseById('case-1')], ['delivered', before]);
        assert.deepEqual(await trail(on.store), ['delivered bot', 'bounced bot']);
        if (how === 'waits') return;
        await on.store.outbox.bounced('mail-2', after(95), '5.1.1');
        assert.equal((await on.store.caseById('case-1'))?.state, 'undeliverable');
      });

    it('is nothing where no such mail was sent', async () => {
      await about('request', 'requested');
      assert.equal(await on.store.outbox.bounced('mail-1', after(1), '5.1.1'), undefined);
      assert.equal(await on.store.outbox.bounced('mail-9', after(1), '5.1.1'), undefined);
      assert.deepEqual(await trail(on.store), []);
    });

    it('is told without a case, too', async () => {
      await on.store.commit(aTurn({ outbox: [aMail({ caseId: '', kind: 'fresh' })] }));
      await send();
      assert.equal(await on.store.outbox.bounced('mail-1', after(1), '5.1.1'), '');
    });
  });

  describe('a mail that waits for its moment', () => {
    it('is not given before, and is as old as that moment', async () => {
      await on.store.commit(aTurn({ outbox: [aMail({ notBefore: after(3600) })] }));
      assert.deepEqual(await on.store.outbox.claim(after(3599), 10, 1000), []);
      assert.equal((await on.store.outbox.depth(after(3599))).oldestSeconds, 0);
      assert.deepEqual((await claimOne(on.store, 3600)).queuedAt, after(3600));
    });
  });

  describe('withdrawing the mails of a case', () => {
    it('leaves those that must go all the same', async () => {
      const kinds: MailKind[] = ['request', 'copy', 'withdrawal', 'note', 'person', 'link', 'fresh', 'alert'];
      const outbox = kinds.map((kind) => aMail({ id: kind, kind }));
      await on.store.commit(aTurn({ cases: [aCase()], outbox }));
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', cancelMails: ['case-1'] }));
      const left = await on.store.outbox.claim(after(1), 10, 1000);
      assert.deepEqual(left.map(({ id }) => id).toSorted(), ['alert', 'fresh', 'link', 'withdrawal']);
    });
  });
}
