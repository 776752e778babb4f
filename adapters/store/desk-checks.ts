// How fresh each desk's facts are, and the corrections that desks proposed.
// Whom to ask and when is left to bot/, changing the directory to a data editor.
import type { Kysely } from 'kysely';
import type { DeskCheck, Proposal, Store } from '../../bot/ports.ts';
import { toDate } from './case-rows.ts';
import { enqueue } from './enqueue.ts';
import { spend } from './nonces.ts';
import { storableText } from './rows.ts';
import type { Tables } from './schema.ts';

type Also = Parameters<Store['saveDeskCheck']>[1];

export async function deskChecks(db: Kysely<Tables>): Promise<DeskCheck[]> {
  const rows = await db.selectFrom('desk_checks').selectAll().orderBy('desk_id').execute();
  return rows.map((row) => ({
    deskId: row.desk_id,
    askedAt: toDate(row.asked_at),
    unanswered: row.unanswered,
    verifiedAt: toDate(row.verified_at),
  }));
}

export async function saveDeskCheck(
  db: Kysely<Tables>,
  check: DeskCheck,
  also: Also = {},
): Promise<'committed' | 'spent'> {
  return await db.transaction().execute(async (trx) => {
    if (!(await spend(trx, also.nonce))) return 'spent';
    const { deskId, unanswered } = check;
    const asked_at = check.askedAt?.getTime() ?? null;
    const verified_at = check.verifiedAt?.getTime() ?? null;
    await trx
      .insertInto('desk_checks')
      .values({ desk_id: deskId, asked_at, unanswered, verified_at })
      .onConflict((conflict) => conflict.column('desk_id').doUpdateSet({ asked_at, unanswered, verified_at }))
      .execute();
    const proposed = also.proposals ?? [];
    await addProposals(trx, proposed);
    await enqueue(trx, also.outbox ?? [], also.at ?? latest(check, proposed));
    return 'committed';
  });
}

export async function proposals(db: Kysely<Tables>): Promise<Proposal[]> {
  const rows = await db.selectFrom('proposals').selectAll().orderBy('at').orderBy('id').execute();
  return rows.map(({ desk_id: deskId, old_value: before, new_value: after, signed: by, at, decided_at, ...same }) => ({
    ...same,
    deskId,
    before,
    after,
    by,
    at: new Date(at),
    decidedAt: toDate(decided_at),
  }));
}

/** False where it had been decided, or there is none. */
export async function decideProposal(
  db: Kysely<Tables>,
  id: string,
  state: 'approved' | 'rejected',
  at: Date,
): Promise<boolean> {
  const decided = await db
    .updateTable('proposals')
    .set({ state, decided_at: at.getTime() })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return decided.numUpdatedRows > 0n;
}

async function addProposals(trx: Kysely<Tables>, added: readonly Proposal[]): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map(({ deskId, before, after, by, at, decidedAt, ...same }) => ({
    ...same,
    desk_id: deskId,
    old_value: storableText(before),
    new_value: storableText(after),
    signed: storableText(by),
    at: at.getTime(),
    decided_at: decidedAt?.getTime() ?? null,
  }));
  await trx.insertInto('proposals').values(rows).execute();
}

/** The moment of what is being saved, as far as it tells. */
function latest({ askedAt, verifiedAt }: DeskCheck, proposed: readonly Proposal[]): Date {
  const times = [askedAt, verifiedAt, ...proposed.map(({ at }) => at)].map((at) => at?.getTime() ?? 0);
  return new Date(Math.max(...times));
}
