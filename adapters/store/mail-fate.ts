// What the fate of a mail does to its case: sent, given up, come back. State and trail change together with the mail.
// Which step may happen is left to flows/case.ts, telling anybody to the clock of the cases, which is made to look.
import type { Kysely } from 'kysely';
import { lifeState } from '../../bot/cases/life.ts';
import type { CaseEvent, MailKind } from '../../bot/ports.ts';
import { afterStep, isOver } from '../../flows/case.ts';
import type { CaseLifeState } from '../../flows/case.ts';
import { toLife } from './life-row.ts';
import { addEvents } from './case-write.ts';
import type { CaseRow, Handle, Tables } from './schema.ts';

export interface Fate {
  /** Of the mail in the outbox. */
  id: string;
  caseId: string;
  kind: MailKind;
  queuedAt: Date;
  at: Date;
}

/** A case that went on meanwhile stays as it is. */
export async function mailSent(
  handle: Handle,
  { caseId, kind, at }: Pick<Fate, 'caseId' | 'kind' | 'at'>,
): Promise<void> {
  if (kind !== 'request') return;
  const found = await locked(handle, caseId);
  const state = found && next(found, 'sent');
  if (!found || !state) return;
  await change(handle.db, found, at, { state });
  await addEvents(handle.db, [byBot(caseId, at, 'delivered')]);
}

/** `code`: the mail had been sent and came back; absent: it never went. */
export async function mailFailed(handle: Handle, fate: Fate, code?: string): Promise<void> {
  const { caseId, kind, at } = fate;
  const found = await locked(handle, caseId);
  if (!found) return;
  const overtaken = isLate(found, kind) || (await isOvertaken(handle.db, fate));
  const state = kind === 'request' && !overtaken ? next(found, 'fail') : undefined;
  // The desk or the person does not know what they should: somebody must be told, or another way tried.
  const urgent = MATTERS.includes(kind) && !overtaken;
  if (urgent) await change(handle.db, found, at, { ...(state ? { state } : {}), ...seenTo(found, kind, at) });
  const failed = { ...byBot(caseId, at, 'mail_failed'), data: { kind } };
  const events: CaseEvent[] = code === undefined ? [] : [{ ...byBot(caseId, at, 'bounced'), data: { kind, code } }];
  if (state) events.push(byBot(caseId, at, 'undeliverable'));
  await addEvents(handle.db, events.length > 0 ? events : [failed]);
}

const MATTERS: MailKind[] = ['request', 'note', 'withdrawal', 'person', 'copy'];

/** Letters about what is over are missed by nobody. */
function isLate({ state }: Found, kind: MailKind): boolean {
  const life = lifeState(state);
  return (kind === 'person' || kind === 'copy') && (life === undefined || isOver(life));
}

/** What failed counts no more: the request has gone another way since, or the person has left another address. */
async function isOvertaken(db: Kysely<Tables>, { id, caseId, kind, queuedAt }: Fate): Promise<boolean> {
  if (kind === 'request') {
    const later = db
      .selectFrom('outbox')
      .select('id')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'request')
      .where('id', '!=', id)
      .where('state', 'in', ['pending', 'sent'])
      .where('created_at', '>=', queuedAt.getTime());
    return (await later.executeTakeFirst()) !== undefined;
  }
  if (kind !== 'person' && kind !== 'copy') return false;
  const changed = db
    .selectFrom('case_events')
    .select('id')
    .where('case_id', '=', caseId)
    .where('type', '=', 'contact_changed')
    .where('at', '>=', queuedAt.getTime());
  return (await changed.executeTakeFirst()) !== undefined;
}

type Found = Pick<CaseRow, 'id' | 'state' | 'version' | 'life'>;

/** The clock looks at once, and knows what it was that never arrived. */
function seenTo(found: Found, kind: MailKind, at: Date): { life: string; due_at: number } {
  const life = toLife(found.life);
  return { life: JSON.stringify({ ...life, lost: [...(life.lost ?? []), kind] }), due_at: at.getTime() };
}

/** Held until the transaction ends, so that the write that follows stands on what was read. */
async function locked({ db, engine }: Handle, caseId: string): Promise<Found | undefined> {
  return await db
    .selectFrom('cases')
    .select(['id', 'state', 'version', 'life'])
    .where('id', '=', caseId)
    .$if(engine === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}

function next(found: Found, step: 'sent' | 'fail'): CaseLifeState | undefined {
  const state = lifeState(found.state);
  return state && afterStep(state, step);
}

async function change(
  trx: Kysely<Tables>,
  { id, version }: Found,
  at: Date,
  changes: { state?: CaseLifeState; life?: string; due_at?: number },
): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ ...changes, version: version + 1, updated_at: at.getTime() })
    .where('id', '=', id)
    .execute();
}

function byBot(caseId: string, at: Date, type: CaseEvent['type']): CaseEvent {
  return { caseId, at, type, by: 'bot' };
}
