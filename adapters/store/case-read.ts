// Reading cases: by id, by code, of a desk, due, with their trail, for the figures.
// Cases of a conversation are left to read.ts, writing to case-write.ts.
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { Case, CaseEvent, CaseMessage } from '../../bot/ports.ts';
import { CASE_STATES, isOver } from '../../flows/case.ts';
import { toCase, toEvent, toMessage } from './case-rows.ts';
import type { CaseRow, Tables } from './schema.ts';

/** Something is still expected of the desk. */
export const OPEN_STATES = CASE_STATES.filter((state) => !isOver(state));

/** Those that can be read; the others are reported. */
export function readableCases(rows: CaseRow[], log: Log): Case[] {
  const cases = rows.map(toCase).filter((made) => made !== undefined);
  if (cases.length < rows.length) log.error('store.unreadable', { error: 'case', count: rows.length - cases.length });
  return cases;
}

export async function caseById(db: Kysely<Tables>, id: string): Promise<Case | undefined> {
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCase(row);
}

export async function casesByCode(db: Kysely<Tables>, code: string, log: Log): Promise<Case[]> {
  const rows = await db.selectFrom('cases').selectAll().where('code', '=', code).orderBy('part').execute();
  return readableCases(rows, log);
}

export async function openCases(db: Kysely<Tables>, deskId: string, log: Log): Promise<Case[]> {
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where('desk_id', '=', deskId)
    .where('state', 'in', OPEN_STATES)
    .orderBy('requested_at')
    .orderBy('id')
    .execute();
  return readableCases(rows, log);
}

export async function dueCases(db: Kysely<Tables>, now: Date, limit: number, log: Log): Promise<Case[]> {
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where('due_at', '<=', now.getTime())
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  const cases = readableCases(rows, log);
  // What cannot be read can never be dealt with, and must not stand before the others for ever.
  const lost = rows.filter(({ id }) => !cases.some((made) => made.id === id)).map(({ id }) => id);
  if (lost.length > 0) await db.updateTable('cases').set({ due_at: null }).where('id', 'in', lost).execute();
  return cases;
}

export async function caseEvents(db: Kysely<Tables>, caseId: string): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return rows.map(toEvent).filter((event) => event !== undefined);
}

export async function caseMessages(db: Kysely<Tables>, caseId: string): Promise<CaseMessage[]> {
  const rows = await db
    .selectFrom('case_messages')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return rows.map(toMessage);
}

/** Cases requested from `from` until before `to`, each with its trail, in two queries. */
export async function caseFigures(
  db: Kysely<Tables>,
  from: Date,
  to: Date,
  log: Log,
): Promise<{ made: Case; events: CaseEvent[] }[]> {
  const requested = db
    .selectFrom('cases')
    .where('requested_at', '>=', from.getTime())
    .where('requested_at', '<', to.getTime());
  const rows = await requested.selectAll().orderBy('requested_at').orderBy('id').execute();
  const trail = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', 'in', requested.select('id'))
    .orderBy('at')
    .orderBy('seq')
    .execute();
  const events = Map.groupBy(
    trail.map(toEvent).filter((event) => event !== undefined),
    ({ caseId }) => caseId,
  );
  return readableCases(rows, log).map((made) => ({ made, events: events.get(made.id) ?? [] }));
}
