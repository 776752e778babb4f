// Forgetting: idle conversations go, and with them what their cases say about a person.
// How long is idle, and when to ask, are left to the process.
//
// Decision. A conversation that is idle goes whole: state, log, dedupe keys, drafts. A case that was requested keeps its
// row (id, code, comune, desk, state, times) and its events, so that a code that someone reads out can still be answered
// and the desks' figures stay right; its details, its messages and what waited to be told are emptied and its link to
// the conversation is cut, because on some channels the conversation's id is the person's own. Its mails go.
//
// A case under way is never forgotten by tidiness: who waits for a desk, for an appointment or to be asked how it went
// does not write meanwhile. So a conversation stays as long as one of its cases is open, or is due to be looked at, or
// ended less than the idle time ago (its last word may not have been read). How long a case can be open is the clock's
// alone: it ends it, with words to both sides, at most 180 days after the last thing that happened. What no alarm will
// ever come for (a row that a fault left so) is kept no longer than that either. Nor is a conversation touched with a
// mail still on its way: an accepted request is never lost to tidiness. In a conversation that goes on, a case that
// ended longer ago than the idle time is emptied by itself.
//
// Not kept instead: encrypted details with a thrown-away key, since backups are the operator's and the file overwrites
// what it deletes.
import type { ExpressionBuilder, ExpressionWrapper, Kysely, SqlBool } from 'kysely';
import { OPEN_STATES } from './case-read.ts';
import { purgeContacts } from './contacts.ts';
import { emptyWal } from './erase.ts';
import { guarded } from './failures.ts';
import { purgeLeases } from './leases.ts';
import { purgeNonces } from './nonces.ts';
import { purgePendingFloors } from './pending-floor.ts';
import { EMPTIED, retire } from './retire.ts';
import type { Handle, Tables } from './schema.ts';
import { forgetSheets, purgeSheets } from './sheets.ts';
import { purgeUnclear } from './unclear.ts';

/** Conversations, or cases, forgotten in one transaction: few, so that turns pass in between. */
const CHUNK = 200;
const LONGEST_CASE = 180 * 86_400_000;

/** Returns how many conversations went. */
export async function purge(handle: Handle, idleBefore: Date, now: Date = idleBefore): Promise<number> {
  const { db, engine } = handle;
  const idle = idleBefore.getTime();
  await guarded(() => db.deleteFrom('cases').where('state', '=', 'draft').where('updated_at', '<', idle).execute());
  await guarded(() => purgeUnclear(db, idleBefore));
  await guarded(() => purgePendingFloors(db, now));
  await guarded(() => purgeNonces(db, now));
  await guarded(() => purgeSheets(db, now));
  await guarded(() => purgeLeases(db, now));
  await guarded(() => purgeContacts(db, now));
  await guarded(() => purgeMailsOfNoCase(db, idle));
  const bite = (one: (inside: Handle) => Promise<number>): Promise<number> =>
    guarded(() => db.transaction().execute((trx) => one({ db: trx, engine })));
  const forsaken = now.getTime() - LONGEST_CASE;
  const total = await inBites(() => bite((inside) => purgeChunk(inside, idle, forsaken)));
  await inBites(() => bite((inside) => retireChunk(inside, idle, forsaken)));
  await guarded(() => emptyWal(handle));
  return total;
}

/** Bites until one is not full. Returns how many went in all. */
async function inBites(bite: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let gone = CHUNK; gone === CHUNK; total += gone) gone = await bite();
  return total;
}

async function purgeChunk({ db, engine }: Handle, idle: number, forsaken: number): Promise<number> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('updated_at', '<', idle)
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
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cases')
            .select('cases.id')
            .whereRef('cases.conversation_id', '=', 'conversations.id')
            .where('cases.state', '!=', 'draft')
            .where((eb) => eb.not(ended(eb, idle, forsaken))),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(CHUNK)
    // A turn that is committing makes its conversation not idle: it is left out, not waited for.
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await forget(db, ids);
  return ids.length;
}

/** Nothing more is expected of anybody, and for long enough; or time will never come to it, and has not for very long. */
function ended(
  eb: ExpressionBuilder<Tables, 'cases'>,
  idle: number,
  forsaken: number,
): ExpressionWrapper<Tables, 'cases', SqlBool> {
  return eb.and([
    eb.or([eb('cases.state', 'not in', OPEN_STATES), eb('cases.updated_at', '<', forsaken)]),
    eb('cases.due_at', 'is', null),
    eb('cases.updated_at', '<', idle),
  ]);
}

async function forget(trx: Kysely<Tables>, conversationIds: string[]): Promise<void> {
  await trx.deleteFrom('cases').where('conversation_id', 'in', conversationIds).where('state', '=', 'draft').execute();
  const cases = await trx
    .selectFrom('cases')
    .select(['id', 'life'])
    .where('conversation_id', 'in', conversationIds)
    .execute();
  await retire(trx, cases, true);
  await forgetSheets(trx, conversationIds);
  // The log and the dedupe keys go with the conversation, by their foreign keys.
  await trx.deleteFrom('conversations').where('id', 'in', conversationIds).execute();
}

async function retireChunk({ db, engine }: Handle, idle: number, forsaken: number): Promise<number> {
  const cases = await db
    .selectFrom('cases')
    .select(['id', 'life'])
    .where('state', '!=', 'draft')
    .where('details', '!=', EMPTIED)
    .where((eb) => ended(eb, idle, forsaken))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox')
            .select('outbox.id')
            .whereRef('outbox.case_id', '=', 'cases.id')
            .where('outbox.state', '=', 'pending'),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(CHUNK)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  await retire(db, cases, false);
  return cases.length;
}

/** Links, alerts, questions to desks: once gone or given up, nobody asks for them again. */
async function purgeMailsOfNoCase(db: Kysely<Tables>, idle: number): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('case_id', '=', '')
    .where('state', '!=', 'pending')
    .where('done_at', '<', idle)
    .execute();
}
