// Writes cases whole, each only over the version it was loaded with, their trail and their messages.
// Transactions, and what a conflict means to the caller, are left to commit.ts and case-commit.ts.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Case, CaseEvent, CaseMessage } from '../../bot/ports.ts';
import { fromCase } from './case-rows.ts';
import { storableText } from './rows.ts';
import type { Tables } from './schema.ts';

/** Somebody else wrote a case after it was loaded: rolls the transaction back. */
export class CaseConflict extends Error {}

/**
 * Version 0 is a new case. A case may come with another conversation than before: who proves that it is theirs takes it
 * along, and the version is the protection. Throws CaseConflict, or a unique violation where the code and part are taken.
 */
export async function writeCases(trx: Kysely<Tables>, cases: readonly Case[], at: Date): Promise<void> {
  // In one order everywhere, so that two writers of the same cases do not wait for each other.
  for (const made of cases.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    if (!(await writeCase(trx, made, at))) throw new CaseConflict(`case ${made.id} has changed`);
}

async function writeCase(trx: Kysely<Tables>, made: Case, at: Date): Promise<boolean> {
  const { id, ...changes } = fromCase(made, at);
  if (made.version === 0) {
    const added = await trx
      .insertInto('cases')
      .values({ id, ...changes })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  }
  const written = await trx
    .updateTable('cases')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', made.version)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

/** In the order given: events of one moment come back so. */
export async function addEvents(trx: Kysely<Tables>, events: readonly CaseEvent[]): Promise<void> {
  if (events.length === 0) return;
  const seq = await lastSeqs(trx, 'case_events', events);
  await trx
    .insertInto('case_events')
    .values(
      events.map(({ caseId, at, type, by, data }) => ({
        id: randomUUID(),
        case_id: caseId,
        seq: seq.next(caseId),
        at: at.getTime(),
        type,
        actor: by,
        data: data ? JSON.stringify(data) : null,
      })),
    )
    .execute();
}

export async function addMessages(trx: Kysely<Tables>, messages: readonly CaseMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const seq = await lastSeqs(trx, 'case_messages', messages);
  await trx
    .insertInto('case_messages')
    .values(
      messages.map(({ caseId, at, from, by, text, lang }) => ({
        id: randomUUID(),
        case_id: caseId,
        seq: seq.next(caseId),
        at: at.getTime(),
        sender: from,
        signed: storableText(by),
        text: storableText(text),
        lang,
      })),
    )
    .execute();
}

/** Counts on from the last of each case. */
async function lastSeqs(
  trx: Kysely<Tables>,
  table: 'case_events' | 'case_messages',
  of: readonly { caseId: string }[],
): Promise<{ next(caseId: string): number }> {
  const rows = await trx
    .selectFrom(table)
    .select(({ fn }) => ['case_id', fn.max<number>('seq').as('last')])
    .where('case_id', 'in', [...new Set(of.map(({ caseId }) => caseId))])
    .groupBy('case_id')
    .execute();
  const last = new Map(rows.map((row) => [row.case_id, row.last]));
  const next = (caseId: string): number => {
    const seq = (last.get(caseId) ?? 0) + 1;
    last.set(caseId, seq);
    return seq;
  };
  return { next };
}
