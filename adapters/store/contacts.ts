// Contacts with the service, for the figures: written over as a talk goes on, read by month, forgotten with time.
// What a contact says is left to the conversation, counting to the report.
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Contact } from '../../bot/ports.ts';
import type { Tables } from './schema.ts';

const DAY = 86_400_000;
/** So long after its month ended a digest becomes a number drawn by lot: persons can still be told apart, not found again. */
const PERSON_DAYS = 40;
const DRAWN = 'drawn:';
/** Twenty-four months: enough to compare a month with the one a year before. */
const KEPT_DAYS = 731;

export async function writeContact(trx: Kysely<Tables>, contact: Contact, at: Date): Promise<void> {
  const { id, forWhom, ...same } = contact;
  const row = { ...same, for_whom: forWhom, updated_at: at.getTime() };
  await trx
    .insertInto('contacts')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** Months as `2026-11`, both included. */
export async function contacts(db: Kysely<Tables>, from: string, to: string): Promise<Contact[]> {
  return await db
    .selectFrom('contacts')
    .select(['id', 'month', 'person', 'channel', 'language', 'comune', 'area', 'need', 'urgency'])
    .select(['for_whom as forWhom', 'followed', 'outcome'])
    .where('month', '>=', from)
    .where('month', '<=', to)
    .orderBy('month')
    .orderBy('id')
    .execute();
}

export async function purgeContacts(db: Kysely<Tables>, now: Date): Promise<void> {
  const before = (days: number): number => now.getTime() - days * DAY;
  await db.deleteFrom('contacts').where('updated_at', '<', before(KEPT_DAYS)).execute();
  const month = new Date(before(PERSON_DAYS)).toISOString().slice(0, 7);
  const known = await db
    .selectFrom('contacts')
    .select(['month', 'person'])
    .distinct()
    .where('month', '<', month)
    .where('person', '!=', '')
    .where('person', 'not like', `${DRAWN}%`)
    .execute();
  for (const one of known)
    await db
      .updateTable('contacts')
      .set({ person: `${DRAWN}${randomUUID()}` })
      .where('month', '=', one.month)
      .where('person', '=', one.person)
      .execute();
}
