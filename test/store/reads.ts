// Finding cases: by code, of a desk, due; their trail in order; what the figures are made of.
// Writing them is left to turns.ts and steps.ts.
import assert from 'node:assert/strict';
import { CASE_EVENTS } from '../../bot/cases/types.ts';
import type { Case } from '../../bot/ports.ts';
import { CASE_STATES, isOver } from '../../flows/case.ts';
import { aCase, aContact, after, aMessage, anEvent, aStep, aTurn } from '../store-samples.ts';
import type { StoreBench } from './bench.ts';

export function describeReads(on: StoreBench): void {
  describe('finding cases', () => {
    const write = (...cases: Case[]): Promise<unknown> => on.store.commitCase(aStep({ cases }));
    const numbered = (number: number, changes: Partial<Case> = {}): Case =>
      aCase({ id: `case-${number}`, code: `PRC-${number}`, ...changes });
    const idsOf = (cases: Case[]): string[] => cases.map(({ id }) => id);

    it('gives the parts of a code in their order', async () => {
      await write(aCase({ id: 'b', part: 2 }), aCase({ id: 'c', part: 1 }), aCase({ id: 'a', part: 3 }), numbered(9));
      assert.deepEqual(idsOf(await on.store.casesByCode('PRC-7F3K2')), ['c', 'b', 'a']);
    });

    it('reads every state there is', async () => {
      const states = ['draft', 'advised', ...CASE_STATES] as const;
      await write(...states.map((state, index) => numbered(index, { state })));
      const found = await Promise.all(states.map((_, index) => on.store.caseById(`case-${index}`)));
      assert.deepEqual(
        found.map((made) => made?.state),
        states,
      );
    });

    it('gives a desk what it still has to do, the oldest first', async () => {
      const states = ['draft', 'advised', ...CASE_STATES] as const;
      const open = states.map((state, index) => numbered(index, { state, requestedAt: after(-index) }));
      await write(...open, aCase({ id: 'other', deskId: 'another' }));
      const expected = CASE_STATES.filter((state) => !isOver(state)).toReversed();
      assert.deepEqual(
        (await on.store.openCases('porcari-segretariato')).map(({ state }) => state),
        expected,
      );
    });

    it('gives those that are due, the longest due first, so many at a time', async () => {
      const dueAt = [30, 10, 20, 40].map((seconds) => after(seconds));
      await write(...dueAt.map((due, index) => numbered(index, { dueAt: due })), numbered(9));
      assert.deepEqual(idsOf(await on.store.dueCases(after(30), 10)), ['case-1', 'case-2', 'case-0']);
      assert.deepEqual(idsOf(await on.store.dueCases(after(99), 2)), ['case-1', 'case-2']);
      assert.deepEqual(await on.store.dueCases(after(9), 10), []);
    });

    it('is not stopped for ever by due cases that cannot be read', async () => {
      await write(numbered(1, { dueAt: after(1) }), numbered(2, { dueAt: after(2) }));
      await on.query(`update cases set comune = 'atlantide' where id = 'case-1'`);
      assert.deepEqual(await on.store.dueCases(after(9), 1), []);
      assert.deepEqual(idsOf(await on.store.dueCases(after(9), 1)), ['case-2']);
    });

    it('begins a life anew that cannot be read', async () => {
      await write(numbered(1, { state: 'taken', dueAt: after(1), life: { ...aCase().life, linkEpoch: 3 } }));
      for (const broken of ['{"linkEpoch":', '{"linkEpoch":"3","reminded":[],"waiting":[]}', 'null']) {
        await on.query(`update cases set life = '${broken}'`);
        const [due] = await on.store.dueCases(after(1), 10);
        assert.deepEqual([due?.state, due?.life], ['taken', aCase().life]);
      }
    });

    it('gives the trail and the messages in the order in which they were committed', async () => {
      await write(aCase());
      const half = CASE_EVENTS.length / 2;
      const events = CASE_EVENTS.map((type, index) => anEvent({ type, data: { index, desk: 'altro' } }));
      const messages = ['uno', 'due', 'tre', 'quattro'].map((text) => aMessage({ text }));
      await on.store.commitCase(aStep({ events: events.slice(0, half), messages: messages.slice(0, 3) }));
      await on.store.commitCase(aStep({ events: events.slice(half), messages: messages.slice(3) }));
      assert.deepEqual(await on.store.caseEvents('case-1'), events);
      assert.deepEqual(await on.store.caseMessages('case-1'), messages);
      assert.deepEqual(await on.store.caseEvents('case-2'), []);
    });

    it('leaves out an event that a later release wrote', async () => {
      await on.store.commitCase(
        aStep({ cases: [aCase()], events: [anEvent(), anEvent({ type: 'taken', by: 'desk' })] }),
      );
      await on.query(`update case_events set type = 'teleported' where type = 'taken'`);
      assert.deepEqual(await on.store.caseEvents('case-1'), [anEvent()]);
    });
  });

  describe('the figures', () => {
    it('are made of the cases requested in a time, each with its trail', async () => {
      const at = [-1, 0, 5, 10].map((seconds) => after(seconds));
      const cases = at.map((requestedAt, index) => aCase({ id: `case-${index}`, code: `PRC-${index}`, requestedAt }));
      const draft = aCase({ id: 'draft', code: null, state: 'draft', requestedAt: null });
      const events = cases.flatMap(({ id }) => [
        anEvent({ caseId: id }),
        anEvent({ caseId: id, type: 'taken', by: 'desk' }),
      ]);
      await on.store.commitCase(aStep({ cases: [...cases, draft], events }));
      const found = await on.store.caseFigures(after(0), after(10));
      assert.deepEqual(
        found.map(({ made, events: trail }) => [made.id, trail.map(({ type }) => type).join()]),
        [
          ['case-1', 'requested,taken'],
          ['case-2', 'requested,taken'],
        ],
      );
    });

    it('are made of contacts, each as it stood at the last turn', async () => {
      const later = aContact({
        id: 'contact-2',
        month: '2026-12',
        comune: null,
        area: null,
        need: null,
        forWhom: null,
      });
      await on.store.commit(aTurn({ contact: aContact() }));
      const requested = aContact({ outcome: 'requested', followed: 'first' });
      await on.store.commit(aTurn({ expectedVersion: 1, messageId: 'm2', contact: requested }));
      await on.store.commit(aTurn({ expectedVersion: 2, messageId: 'm3', contact: later }));
      assert.deepEqual(await on.store.contacts('2026-11', '2026-11'), [requested]);
      assert.deepEqual(await on.store.contacts('2026-11', '2026-12'), [requested, later]);
      assert.deepEqual(await on.store.contacts('2027-01', '2027-12'), []);
    });
  });
}
