// The open danger of a person beyond one conversation: a digest, which danger, until when. Nothing of what was said.
// How long it is kept and who counts as the same person are left to bot/floor/pending.ts.
import type { Kysely } from 'kysely';
import type { TurnCommit } from '../../bot/ports.ts';
import type { Tables } from './schema.ts';

export async function writePendingFloor(trx: Kysely<Tables>, { pendingFloor }: TurnCommit): Promise<void> {
  if (!pendingFloor) return;
  const { person, kept } = pendingFloor;
  if (!kept) return void (await trx.deleteFrom('pending_floors').where('person', '=', person).execute());
  const row = { hit: kept.hit, expires_at: kept.until.getTime() };
  await trx
    .insertInto('pending_floors')
    .values({ person, ...row })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
    .execute();
}

export async function pendingFloor(db: Kysely<Tables>, person: string, now: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom('pending_floors')
    .select('hit')
    .where('person', '=', person)
    .where('expires_at', '>', now.getTime())
    .executeTakeFirst();
  return row?.hit;
}

export async function purgePendingFloors(db: Kysely<Tables>, now: Date): Promise<void> {
  await db.deleteFrom('pending_floors').where('expires_at', '<=', now.getTime()).execute();
}
