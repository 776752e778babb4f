// What time forgets, and what it must not.
// When it is asked to is left to bot/purge.ts.
import assert from 'node:assert/strict';
import type { Case } from '../../bot/ports.ts';
import { CASE_STATES, isOver } from '../../flows/case.ts';
import { aCase, aContact, aMail, after, aMessage, anEvent, aReply, aStep, aTurn, AT, kept } from '../store-samples.ts';
import { claimOne, trail } from './bench.ts';
import type { StoreBench } from './bench.ts';

const DAY = 86_400;
const LONG_AGO = after(-181 * DAY);

export function describePurge(on: StoreBench): void {
  describe('purge', () => {
    const waiting = [{ reply: aReply('Domani'), notBefore: after(9).toISOString() }];
    const closed = (changes: Partial<Case> = {}): Case => aCase({ state: 'closed', ...changes });

    it('forgets idle conversations whole, and of their cases all but the code, the state and the desk', async () => {
      const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
      const life = { ...aCase().life, waiting, outcome: 'helped' };
      const cases = [closed({ life }), draft];
      await on.store.commit(aTurn({ cases, outbox: [aMail()], events: [anEvent()], messages: [aMessage()] }));
      await on.store.outbox.sent(await claimOne(on.store, 0), AT);
      await on.store.commit(aTurn({ conversationId: 'c2', at: after(100) }));
      assert.equal(await on.store.purge(after(50)), 1);
      assert.equal(await on.store.load('c1'), undefined);
      assert.deepEqual(await on.store.activities('c1', 0), []);
      assert.equal(await on.store.seen('c1', 'm1'), undefined);
      const left = (await on.store.caseById('case-1')) ?? assert.fail('the case is gone');
      assert.deepEqual(left, {
        ...closed({ conversationId: '', version: 2, life: { ...life, waiting: [] } }),
        details: { needs: [], answers: [], language: 'it', forWhom: 'self', preferred: [] },
      });
      assert.deepEqual(await trail(on.store), ['requested person']);
      assert.deepEqual(await on.store.caseMessages('case-1'), []);
      assert.deepEqual(await on.query('select id from cases'), [{ id: 'case-1' }]);
      assert.deepEqual(await on.query('select id from outbox'), []);
      assert.deepEqual(await on.query('select conversation_id from handled'), [{ conversation_id: 'c2' }]);
      assert.equal((await on.store.load('c2'))?.conversation.version, 1);
      assert.equal((await on.store.commit(aTurn())).result, 'committed');
    });

    it('waits for a mail that is still on its way', async () => {
      await on.store.commit(aTurn({ cases: [closed()], outbox: [aMail()] }));
      assert.equal(await on.store.purge(after(50)), 0);
      assert.equal((await on.store.outbox.claim(AT, 10, 60_000)).length, 1);
      assert.deepEqual((await on.store.load('c1'))?.cases, [closed({ version: 1 })]);
    });

    it('takes more than one bite, and old drafts of living conversations', async () => {
      for (let number = 0; number < 205; number += 1) await on.store.commit(aTurn({ conversationId: `c${number}` }));
      const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
      await on.store.commit(aTurn({ conversationId: 'c1', expectedVersion: 1, messageId: 'm2', cases: [draft] }));
      await on.store.commit(aTurn({ conversationId: 'c1', expectedVersion: 2, messageId: 'm3', at: after(100) }));
      assert.equal(await on.store.purge(after(50)), 204);
      assert.deepEqual((await on.store.load('c1'))?.cases, []);
    });

    it('keeps the conversation of a case under way, whatever it waits for', async () => {
      const open = CASE_STATES.filter((state) => !isOver(state));
      for (const state of CASE_STATES) {
        const made = aCase({ id: state, code: state, conversationId: state, state, requestedAt: after(-150 * DAY) });
        const ended = aCase({ id: `${state} over`, code: `${state} over`, conversationId: state, state: 'closed' });
        await on.store.commit(aTurn({ conversationId: state, cases: [made, ended], messages: [] }));
      }
      assert.equal(await on.store.purge(after(50)), CASE_STATES.length - open.length);
      const loaded = await Promise.all(open.map((state) => on.store.load(state)));
      assert.deepEqual(
        loaded.map((one) => one?.cases.find(({ id }) => id === one.conversation.id)?.details.name),
        open.map(() => aCase().details.name),
      );
    });

    it('keeps it while somebody is still to be asked how it went, or the end is fresh', async () => {
      const advised = aCase({ code: null, state: 'advised', requestedAt: null, dueAt: after(9 * DAY) });
      await on.store.commit(aTurn({ cases: [advised] }));
      const fresh = closed({ id: 'case-2', code: 'PRC-22222', conversationId: 'c2' });
      await on.store.commit(aTurn({ conversationId: 'c2', cases: [{ ...fresh, state: 'taken' }] }));
      await on.store.commitCase(aStep({ cases: [{ ...fresh, version: 1 }], at: after(60) }));
      assert.equal(await on.store.purge(after(50)), 0);
      await on.store.commitCase(aStep({ cases: [{ ...advised, version: 1, dueAt: null }] }));
      assert.equal(await on.store.purge(after(70)), 2);
    });

    it('keeps a case that is open, or that somebody will look at, however long ago it was asked for', async () => {
      const old = { requestedAt: LONG_AGO, createdAt: LONG_AGO, dueAt: after(40 * DAY) };
      const open = aCase({ ...old, state: 'confirmed' });
      const over = aCase({ ...old, id: 'case-2', code: 'PRC-22222', conversationId: 'c2', state: 'expired' });
      await on.store.commit(aTurn({ cases: [open], messages: [aMessage()] }));
      await on.store.commit(aTurn({ conversationId: 'c2', cases: [over] }));
      assert.equal(await on.store.purge(after(50), after(50)), 0);
      assert.deepEqual((await on.store.load('c1'))?.cases, [{ ...open, version: 1 }]);
      assert.equal((await on.store.load('c2'))?.cases[0]?.details.name, aCase().details.name);
    });

    it('keeps for nobody what time will never come to, 180 days after it was last touched', async () => {
      await on.store.commit(aTurn({ cases: [aCase({ state: 'delivered' })], messages: [aMessage()] }));
      assert.equal(await on.store.purge(after(150 * DAY), after(180 * DAY)), 0);
      assert.equal(await on.store.purge(after(150 * DAY), after(181 * DAY)), 1);
      const left = await on.store.caseById('case-1');
      assert.deepEqual([left?.state, left?.dueAt, left?.conversationId], ['delivered', null, '']);
      assert.equal(left?.details.name, undefined);
    });

    it('empties a case that ended long ago in a conversation that goes on, once', async () => {
      const other = aCase({ id: 'case-2', code: 'PRC-22222' });
      const dead = aMail({ kind: 'person' });
      const life = { ...aCase().life, waiting };
      await on.store.commit(aTurn({ cases: [closed({ life }), other], outbox: [dead], messages: [aMessage()] }));
      await on.store.outbox.dead(await claimOne(on.store, 0), AT, '550');
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', at: after(100) }));
      for (let time = 1; time <= 2; time += 1) assert.equal(await on.store.purge(after(50)), 0);
      const [first, second] = (await on.store.load('c1'))?.cases ?? [];
      assert.deepEqual([first?.details.name, first?.life.waiting, first?.version], [undefined, [], 2]);
      assert.deepEqual(second, kept({ id: 'case-2', code: 'PRC-22222' }));
      assert.deepEqual(await on.store.caseMessages('case-1'), []);
      assert.deepEqual(await on.query('select id from outbox'), []);
    });

    it('forgets spent nonces past their time, and mails of no case that are done', async () => {
      const nonce = { value: 'once', until: after(60) };
      const fresh = aMail({ caseId: '', kind: 'fresh' });
      await on.store.commitCase(aStep({ nonce, outbox: [fresh, { ...fresh, id: 'mail-2' }] }));
      await on.store.outbox.sent(await claimOne(on.store, 0), after(1));
      await on.store.purge(after(0), after(60));
      assert.equal(await on.store.commitCase(aStep({ nonce })), 'spent');
      assert.equal((await on.query('select id from outbox')).length, 2);
      await on.store.purge(after(50), after(61));
      assert.equal(await on.store.commitCase(aStep({ nonce })), 'committed');
      assert.deepEqual(await on.query('select state from outbox'), [{ state: 'pending' }]);
    });

    it('puts a number drawn by lot for who made a contact 40 days after its month, and drops it after 24 months', async () => {
      await on.store.commit(aTurn({ contact: aContact() }));
      for (const [count, person] of ['digest', 'other'].entries()) {
        const contact = aContact({ id: `contact-${count + 2}`, person });
        await on.store.commit(
          aTurn({ contact, messageId: `more-${count}`, expectedVersion: count + 1, cases: [], events: [], outbox: [] }),
        );
      }
      await on.store.purge(AT, new Date('2027-01-09T12:00:00Z'));
      const people = async (): Promise<string[]> =>
        (await on.store.contacts('2026-11', '2026-11')).map(({ person }) => person);
      assert.deepEqual(await people(), ['digest', 'digest', 'other']);
      await on.store.purge(AT, new Date('2027-01-11T12:00:00Z'));
      const [one, same, another] = await people();
      assert.equal(one, same);
      assert.notEqual(one, another);
      assert.match(`${one} ${another}`, /^drawn:\S+ drawn:\S+$/);
      await on.store.purge(AT, after(731 * DAY));
      assert.equal((await on.store.contacts('2026-11', '2026-11')).length, 3);
      await on.store.purge(AT, after(731 * DAY + 1));
      assert.deepEqual(await on.store.contacts('2026-11', '2026-11'), []);
    });
  });

  describe('erasing', () => {
    it('takes the messages of the conversation’s cases, and of no other', async () => {
      const foreign = aCase({ id: 'case-2', code: 'PRC-22222', conversationId: 'c2' });
      await on.store.commit(aTurn({ cases: [aCase()], messages: [aMessage()] }));
      await on.store.commit(
        aTurn({ conversationId: 'c2', cases: [foreign], messages: [aMessage({ caseId: 'case-2' })] }),
      );
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', eraseLog: true }));
      assert.deepEqual(await on.store.caseMessages('case-1'), []);
      assert.equal((await on.store.caseMessages('case-2')).length, 1);
    });
  });
}
