// The one list of schema changes, run in a transaction at start; two processes that start at once take turns.
// Never change an entry that was released: add one.
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { BussolaError } from '../../bot/errors.ts';
import type { Handle, Tables } from './schema.ts';

/** Any number, the same in every release: the lock under which PostgreSQL migrations run. */
const LOCK = 0x62757373;

const MIGRATIONS: string[][] = [
  [
    `create table conversations (
      id text primary key, channel text not null, version bigint not null, seq bigint not null,
      state text not null, updated_at bigint not null)`,
    `create index conversations_idle on conversations (updated_at)`,
    `create table handled (
      conversation_id text not null references conversations (id) on delete cascade, message_key text not null,
      first_seq bigint not null, last_seq bigint not null, primary key (conversation_id, message_key))`,
    `create table activities (
      conversation_id text not null references conversations (id) on delete cascade, seq bigint not null,
      at bigint not null, sender text not null, body text not null, due_at bigint, delivered_at bigint, error text,
      primary key (conversation_id, seq))`,
    `create index activities_due on activities (due_at) where due_at is not null`,
    `create index activities_waiting on activities (conversation_id, seq) where due_at is not null`,
    `create table cases (
      id text primary key, code text unique, conversation_id text not null, channel text not null,
      comune text not null, desk_id text not null, state text not null, details text not null,
      created_at bigint not null, requested_at bigint, updated_at bigint not null)`,
    `create index cases_conversation on cases (conversation_id)`,
    `create index cases_draft on cases (updated_at) where state = 'draft'`,
    `create table case_events (
      id text primary key, case_id text not null, at bigint not null, type text not null, note text)`,
    `create index case_events_case on case_events (case_id)`,
    `create table outbox (
      id text primary key, case_id text not null, kind text not null, mail text not null, state text not null,
      attempts bigint not null, lease text, due_at bigint not null, created_at bigint not null, done_at bigint, error text)`,
    `create index outbox_due on outbox (due_at) where state = 'pending'`,
    `create index outbox_dead on outbox (created_at) where state = 'dead'`,
    `create index outbox_case on outbox (case_id)`,
  ],
  [
    `create table unclear (
      id text primary key, day text not null, lang text not null, text text not null, why text not null,
      said text, corrected text)`,
    `create index unclear_day on unclear (day)`,
  ],
  [`create table pending_floors (person text primary key, hit text not null, expires_at bigint not null)`],
];

/** Brings the schema up to date. Throws `store_unavailable` where a newer release has written it. */
export async function migrate({ db, engine }: Handle): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(trx);
    await sql`create table if not exists meta (key text primary key, value bigint not null)`.execute(trx);
    const found = await currentVersion(trx);
    if (found > MIGRATIONS.length)
      throw new BussolaError(
        'store_unavailable',
        `The store has schema ${found}, this release knows ${MIGRATIONS.length}: start the release that wrote it, or a later one`,
      );
    for (const statements of MIGRATIONS.slice(found))
      for (const statement of statements) await sql.raw(statement).execute(trx);
    await trx
      .insertInto('meta')
      .values({ key: 'schema', value: MIGRATIONS.length })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: MIGRATIONS.length }))
      .execute();
  });
}

async function currentVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'schema').executeTakeFirst();
  return row?.value ?? 0;
}
