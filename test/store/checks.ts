// What desks answered about themselves, and what they proposed.
// Whom to ask and when is left to the tests of the freshness checks.
import assert from 'node:assert/strict';
import type { DeskCheck, Proposal } from '../../bot/ports.ts';
import { aMail, AT, after } from '../store-samples.ts';
import { claimOne } from './bench.ts';
import type { StoreBench } from './bench.ts';

const CHECK: DeskCheck = { deskId: 'porcari-segretariato', askedAt: AT, unanswered: 1, verifiedAt: null };
const PROPOSAL: Proposal = {
  id: 'proposal-1',
  deskId: 'porcari-segretariato',
  field: 'hours',
  before: 'Tu 09:00-12:00',
  after: 'Tu 09:00-13:00',
  by: 'Inventata Esempi',
  at: after(60),
  state: 'open',
  decidedAt: null,
};

export function describeChecks(on: StoreBench): void {
  describe('a desk’s check', () => {
    const fresh = aMail({ caseId: '', kind: 'fresh' });

    it('is written over, with its mail', async () => {
      assert.deepEqual(await on.store.deskChecks(), []);
      assert.equal(await on.store.saveDeskCheck(CHECK, { outbox: [fresh] }), 'committed');
      const verified = { ...CHECK, unanswered: 0, verifiedAt: after(60) };
      await on.store.saveDeskCheck(verified);
      await on.store.saveDeskCheck({ ...CHECK, deskId: 'altopascio-segretariato', askedAt: null });
      assert.deepEqual(await on.store.deskChecks(), [
        { ...CHECK, deskId: 'altopascio-segretariato', askedAt: null },
        verified,
      ]);
      assert.deepEqual((await claimOne(on.store, 0)).queuedAt, AT);
    });

    it('counts the age of its mail from when it is told to', async () => {
      await on.store.saveDeskCheck(CHECK, { outbox: [fresh], at: after(90) });
      assert.deepEqual(await on.store.outbox.claim(after(89), 1, 1000), []);
      assert.deepEqual((await claimOne(on.store, 90)).queuedAt, after(90));
    });

    it('is refused whole by a nonce that was used', async () => {
      const nonce = { value: 'once', until: after(60) };
      assert.equal(await on.store.saveDeskCheck(CHECK, { nonce, proposals: [PROPOSAL] }), 'committed');
      const again = { nonce, proposals: [{ ...PROPOSAL, id: 'proposal-2' }], outbox: [fresh] };
      assert.equal(await on.store.saveDeskCheck({ ...CHECK, unanswered: 9 }, again), 'spent');
      assert.deepEqual(await on.store.deskChecks(), [CHECK]);
      assert.deepEqual(await on.store.proposals(), [PROPOSAL]);
      assert.equal((await on.store.outbox.depth(AT)).pending, 0);
    });
  });

  describe('a proposal', () => {
    it('is decided once', async () => {
      const second = { ...PROPOSAL, id: 'proposal-2', at: AT };
      await on.store.saveDeskCheck(CHECK, { proposals: [PROPOSAL, second] });
      assert.equal(await on.store.decideProposal('proposal-1', 'approved', after(99)), true);
      assert.equal(await on.store.decideProposal('proposal-1', 'rejected', after(100)), false);
      assert.equal(await on.store.decideProposal('proposal-9', 'rejected', after(100)), false);
      const approved = { ...PROPOSAL, state: 'approved', decidedAt: after(99) };
      assert.deepEqual(await on.store.proposals(), [second, approved]);
    });
  });
}
