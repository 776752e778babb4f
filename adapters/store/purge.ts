// Forgetting: idle conversations go, and with them what their cases say about a person.
// How long is idle, and when to ask, are left to the process.
//
// Decision. A conversation that is idle goes whole: state, log, dedupe keys, drafts. A case that was requested keeps its
// row (id, code, comune, desk, state, times) and its events, so that a code that someone reads out can still be answered
// and the desks' figures stay right; its details are emptied and its link to the conversation is cut, because on some
// channels the conversation's id is the person's own. Its mails go. A conversation with a mail still on its way is not
// touched: an accepted request is never lost to tidiness. Not kept instead: encrypted details with a thrown-away key,
// since backups are the operator's and the file overwrites what it deletes.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { guarded } from './failures.ts';
import { NO_DETAILS } from './rows.ts';
import type { Handle, Tables } from './schema.ts';
import { purgePendingFloors } from './pending-floor.ts';
import { purgeUnclear } from './unclear.ts';

/** Conversations forgotten in one transaction: few, so that turns pass in between. */
const CHUNK = 200;

/** Returns how many conversations went. */
export async function purge(handle: Handle, idleBefore: Date, now: Date = idleBefore): Promise<number> {
  const { db, engine } = handle;
  await guarded(() =>
    db.deleteFrom('cases').where('state', '=', 'draft').where('updated_at', '<', idleBefore.getTime()).execute(),
  );
  await guarded(() => purgeUnclear(db, idleBefore));
  await guarded(() => purgePendingFloors(db, now));
  let total = 0;
  for (let gone = CHUNK; gone === CHUNK; total += gone)
    gone = await guarded(() => db.transaction().execute((trx) => purgeChunk({ db: trx, engine }, idleBefore)));
  // The write-ahead log still holds what was deleted; if another process reads just now, its next checkpoint does it.
  if (engine === 'sqlite') await guarded(() => sql`pragma wal_checkpoint(truncate)`.execute(db));
  return total;
}

async function purgeChunk({ db, engine }: Handle, idleBefore: Date): Promise<number> {
  const idle = await db
    .selectFrom('conversations')
    .select('id')
    .where('updated_at', '<', idleBefore.getTime())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox')
            .innerJoin('cases', 'cases.id', 'outbox.case_id')
            .select('outbox.id')
            .whereRef('cases.conversation_id', '=', 'conversations.id')
            .where('outbox.state', '=', 'pending'),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(CHUNK)
    // A turn that is committing makes its conversation not idle: it is left out, not waited for.
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = idle.map(({ id }) => id);
  if (ids.length > 0) await forget(db, ids);
  return ids.length;
}

async function forget(trx: Kysely<Tables>, conversationIds: string[]): Promise<void> {
  await trx
    .deleteFrom('outbox')
    .where('case_id', 'in', (eb) => eb.selectFrom('cases').select('id').where('conversation_id', 'in', conversationIds))
    .execute();
  await trx.deleteFrom('cases').where('conversation_id', 'in', conversationIds).where('state', '=', 'draft').execute();
  await trx
    .updateTable('cases')
    .set({ details: JSON.stringify(NO_DETAILS), conversation_id: '' })
    .where('conversation_id', 'in', conversationIds)
    .execute();
  // The log and the dedupe keys go with the conversation, by their foreign keys.
  await trx.deleteFrom('conversations').where('id', 'in', conversationIds).execute();
}
