// Leases: of several processes one does a thing, until it lets go or its time is over.
// What is done under a lease, and when to renew it, are left to whoever takes one.
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Takes it where it is free or over, keeps it longer where `holder` has it. False where another one has it. */
export async function lease(
  db: Kysely<Tables>,
  name: string,
  holder: string,
  now: Date,
  forMs: number,
): Promise<boolean> {
  const until = now.getTime() + forMs;
  const taken = await db
    .insertInto('leases')
    .values({ name, holder, until_at: until })
    // One statement: two processes that ask at the same moment are answered one after the other.
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until_at: until })
        .where((eb) => eb.or([eb('leases.holder', '=', holder), eb('leases.until_at', '<=', now.getTime())])),
    )
    .executeTakeFirst();
  return taken.numInsertedOrUpdatedRows === 1n;
}

/** Does nothing where another one has it by now. */
export async function release(db: Kysely<Tables>, name: string, holder: string): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
}

/** Of a process that ended before letting go. */
export async function purgeLeases(db: Kysely<Tables>, now: Date): Promise<void> {
  await db.deleteFrom('leases').where('until_at', '<', now.getTime()).execute();
}
