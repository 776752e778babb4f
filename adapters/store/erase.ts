// What an erasure empties beside cases and log: mails in every state, and what the write-ahead log still holds.
// The cases are emptied by the step itself (bot/cases), what nobody asked to erase by purge.ts.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { CaseEvent, MailKind } from '../../bot/ports.ts';
import type { Handle, Tables } from './schema.ts';

/** Of a request that was taken back nothing more goes to the person or the coordinator; the desk may not know it yet. */
const WITHDRAWN: MailKind[] = ['person', 'copy', 'alert'];
/** All that may hold anything of the person. */
const ALL: MailKind[] = [...WITHDRAWN, 'request', 'note', 'withdrawal', 'link'];

/** By what the trail now says of each case. Before `enqueue`: the last mails to desk and person are enqueued by the same commit. */
export async function forgetMails(trx: Kysely<Tables>, events: readonly CaseEvent[], at: Date): Promise<void> {
  const erased = casesOf(events, 'erasure_asked');
  const withdrawn = casesOf(events, 'withdrawn').filter((id) => !erased.includes(id));
  await stop(trx, erased, ALL, at);
  await stop(trx, withdrawn, ['alert'], at);
  await empty(trx, erased, ALL);
  await empty(trx, withdrawn, WITHDRAWN);
}

function casesOf(events: readonly CaseEvent[], type: CaseEvent['type']): string[] {
  return events.flatMap((event) => (event.type === type ? [event.caseId] : []));
}

async function stop(trx: Kysely<Tables>, cases: string[], kinds: MailKind[], at: Date): Promise<void> {
  if (cases.length === 0) return;
  await trx
    .updateTable('outbox')
    .set({ state: 'cancelled', lease: null, done_at: at.getTime() })
    .where('case_id', 'in', cases)
    .where('state', '=', 'pending')
    .where('kind', 'in', kinds)
    .execute();
}

async function empty(trx: Kysely<Tables>, cases: string[], kinds: MailKind[]): Promise<void> {
  if (cases.length === 0) return;
  await trx
    .updateTable('outbox')
    .set({ mail: '' })
    .where('case_id', 'in', cases)
    .where('state', '!=', 'pending')
    .where('kind', 'in', kinds)
    .execute();
}

/** SQLite's write-ahead log still holds what was deleted. If another process reads just now, its next checkpoint does it. */
export async function emptyWal({ db, engine }: Handle, log?: Log): Promise<void> {
  if (engine !== 'sqlite') return;
  try {
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } catch (error) {
    // What was committed stays so; the next purge empties it.
    if (!log) throw error;
    log.warn('store.wal', { error: messageOf(error) });
  }
}
