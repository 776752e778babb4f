// The not-understood queue: phrases that nobody can link to a conversation, kept for thirty days at most.
// What may be kept of a phrase is left to bot/queue.ts, reading it to whoever runs the review.
import type { Kysely } from 'kysely';
import type { UnclearPhrase } from '../../bot/ports.ts';
import { NEEDS } from '../../flows/types.ts';
import type { Need } from '../../flows/types.ts';
import { emptyWal } from './erase.ts';
import { storableText } from './rows.ts';
import type { Handle, Tables, UnclearRow } from './schema.ts';

export async function addUnclear(trx: Kysely<Tables>, phrases: readonly UnclearPhrase[]): Promise<void> {
  const rows = phrases.map((phrase) => ({ ...phrase, text: storableText(phrase.text) }));
  if (rows.length > 0) await trx.insertInto('unclear').values(rows).execute();
}

/** Within a day in the order of the random ids, which is no order: not even who wrote first can be told. */
export async function listUnclear(db: Kysely<Tables>): Promise<UnclearPhrase[]> {
  const rows = await db.selectFrom('unclear').selectAll().orderBy('day').orderBy('id').execute();
  return rows.map(toPhrase);
}

export async function dropUnclear(handle: Handle, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const gone = await handle.db.deleteFrom('unclear').where('id', 'in', ids).executeTakeFirst();
  await emptyWal(handle);
  return Number(gone.numDeletedRows);
}

/** The day of `before` goes too, so that nothing is older than told. */
export async function purgeUnclear(db: Kysely<Tables>, before: Date): Promise<void> {
  await db.deleteFrom('unclear').where('day', '<=', before.toISOString().slice(0, 10)).execute();
}

function toPhrase({ id, day, lang, text, why, said, corrected }: UnclearRow): UnclearPhrase {
  return { id, day, lang, text, why, said: toNeed(said), corrected: toNeed(corrected) };
}

/** A need that a later release no longer knows reads as none. */
function toNeed(value: string | null): Need | null {
  return (
    Object.values(NEEDS)
      .flat()
      .find((need) => need === value) ?? null
  );
}
