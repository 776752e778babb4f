// One-time values: each may be spent once, and is remembered until it could no longer be used anyway.
// Making them, and how long they hold, are left to bot/links.ts.
import type { Kysely } from 'kysely';
import type { CaseCommit } from '../../bot/ports.ts';
import type { Tables } from './schema.ts';

/** False where it was spent before. Without a nonce there is nothing to spend. */
export async function spend(trx: Kysely<Tables>, nonce: CaseCommit['nonce']): Promise<boolean> {
  if (!nonce) return true;
  const added = await trx
    .insertInto('spent')
    .values({ nonce: nonce.value, expires_at: nonce.until.getTime() })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

export async function purgeNonces(db: Kysely<Tables>, now: Date): Promise<void> {
  await db.deleteFrom('spent').where('expires_at', '<', now.getTime()).execute();
}
