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
  [
    // SQLite cannot take a `unique` away, so the cases move to a new table.
    `create table cases_next (
      id text primary key, code text, part bigint not null default 1, conversation_id text not null,
      channel text not null, comune text not null, desk_id text not null, state text not null, details text not null,
      life text not null default '{"linkEpoch":0,"reminded":[],"waiting":[]}',
      version bigint not null default 1, created_at bigint not null, requested_at bigint, due_at bigint,
      updated_at bigint not null, unique (code, part))`,
    `insert into cases_next (id, code, conversation_id, channel, comune, desk_id, state, details, created_at, requested_at, updated_at)
      select id, code, conversation_id, channel, comune, desk_id, state, details, created_at, requested_at, updated_at from cases`,
    // Nobody has ever looked whether a desk answered: the clock of the cases does so at once, but for those of which nothing
    // is left to tell, and of those asked more than 60 days ago: these are over, and nobody is written to.
    `update cases_next set due_at = requested_at where state in ('requested', 'delivered', 'undeliverable')
      and requested_at > {{now}} - 5184000000 and conversation_id <> '' and details not like '{"needs":[],%'`,
    `update cases_next set state = 'expired' where state in ('requested', 'delivered', 'undeliverable')
      and requested_at <= {{now}} - 5184000000`,
    `drop table cases`,
    `alter table cases_next rename to cases`,
    `create index cases_conversation on cases (conversation_id)`,
    `create index cases_draft on cases (updated_at) where state = 'draft'`,
    `create index cases_due on cases (due_at) where due_at is not null`,
    `create index cases_desk on cases (desk_id, state)`,
    `create index cases_requested on cases (requested_at) where requested_at is not null`,
    `alter table case_events add column actor text not null default 'bot'`,
    `alter table case_events add column data text`,
    `alter table case_events add column seq bigint not null default 0`,
    `update case_events set actor = 'person' where type in ('requested', 'withdrawn')`,
    `insert into case_events (id, case_id, at, type)
      select 'expired ' || id, id, {{now}}, 'expired' from cases where state = 'expired'`,
    // The only notes ever written were kinds of mail.
    `update case_events set data = '{"kind":"' || note || '"}' where note is not null`,
    `alter table case_events drop column note`,
    `create table case_messages (
      id text primary key, case_id text not null, seq bigint not null, at bigint not null, sender text not null,
      signed text not null, text text not null, lang text not null)`,
    `create index case_messages_case on case_messages (case_id)`,
    `create table spent (nonce text primary key, expires_at bigint not null)`,
    `create index spent_expires on spent (expires_at)`,
    `create table contacts (
      id text primary key, month text not null, person text not null, channel text not null, language text not null,
      comune text, area text, need text, urgency text not null, for_whom text, followed text, outcome text not null,
      updated_at bigint not null)`,
    `create index contacts_month on contacts (month)`,
    `create table desk_checks (
      desk_id text primary key, asked_at bigint, unanswered bigint not null, verified_at bigint)`,
    `create table proposals (
      id text primary key, desk_id text not null, field text not null, old_value text not null, new_value text not null,
      signed text not null, at bigint not null, state text not null, decided_at bigint)`,
  ],
  [`alter table outbox add column until_at bigint`, `alter table outbox add column holds text`],
  [
    `create table leases (name text primary key, holder text not null, until_at bigint not null)`,
    `create table sheets (
      code text primary key, conversation_id text not null, seq bigint not null, comune text,
      created_at bigint not null, expires_at bigint not null)`,
    `create index sheets_expires on sheets (expires_at)`,
    `create index sheets_conversation on sheets (conversation_id)`,
  ],
];

/** Brings the schema up to date; what is old is so at `now`. Throws `store_unavailable` where a newer release has written it. */
export async function migrate({ db, engine }: Handle, now: Date): Promise<void> {
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
      for (const statement of statements)
        await sql.raw(statement.replaceAll('{{now}}', String(now.getTime()))).execute(trx);
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
