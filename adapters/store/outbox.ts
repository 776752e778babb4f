// Mails waiting to go: leased to one worker at a time, fenced by the lease, and what their fate does to the case.
// Sending, and when to give up, are left to the mail adapter.
import { randomUUID } from 'node:crypto';
import type { Kysely, Updateable } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { ClaimedMail, Outbox } from '../../bot/ports.ts';
import { guarded } from './failures.ts';
import { mailFailed, mailSent } from './mail-fate.ts';
import { storableError, toMail } from './rows.ts';
import type { Handle, OutboxRow, Tables } from './schema.ts';

export function createOutbox(handle: Handle, log: Log): Outbox {
  const { db, engine } = handle;
  const inTransaction = <T>(work: (inside: Handle) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute((trx) => work({ db: trx, engine })));
  const outbox: Outbox = {
    claim: async (now, limit, leaseMs) => {
      const rows = await guarded(() => lease(handle, now, limit, leaseMs));
      const claimed: ClaimedMail[] = [];
      for (const row of rows) {
        const mail = toMail(row.mail);
        const found = {
          id: row.id,
          caseId: row.case_id,
          kind: row.kind,
          attempts: row.attempts,
          queuedAt: new Date(row.created_at),
          lease: row.lease ?? '',
          ...(row.until_at === null ? {} : { until: new Date(row.until_at) }),
          ...(row.holds === null ? {} : { holds: row.holds }),
        };
        if (mail) claimed.push({ ...found, mail });
        else {
          // It can never be sent: it is dead at once, and counted where the operator looks.
          log.error('store.unreadable', { error: 'outbox', outboxId: row.id });
          const nothing = { to: [], subject: '', text: '', html: '' };
          await outbox.dead({ ...found, mail: nothing }, now, 'unreadable');
        }
      }
      return claimed;
    },
    sent: (mail, at) =>
      inTransaction(async (inside) => {
        // What the mail said is in the desk's inbox now, and need not be here.
        const done = { state: 'sent' as const, lease: null, done_at: at.getTime(), mail: '', error: null };
        if (!(await record(inside.db, mail, done))) return false;
        await mailSent(inside, { ...mail, at });
        return true;
      }),
    retry: (mail, nextAt, error) =>
      guarded(() =>
        record(db, mail, {
          lease: null,
          due_at: nextAt.getTime(),
          attempts: mail.attempts + 1,
          error: storableError(error),
        }),
      ),
    postpone: (mail, nextAt) =>
      guarded(() => {
        const due = nextAt.getTime();
        // What was never tried is as old as the moment it waits for; what was is given up in the end all the same.
        const age = mail.attempts === 0 ? { created_at: due } : {};
        return record(db, mail, { lease: null, due_at: due, ...age });
      }),
    cancel: (mail, at) =>
      guarded(() => record(db, mail, { state: 'cancelled', lease: null, done_at: at.getTime(), mail: '' })),
    dead: (mail, at, error) =>
      inTransaction(async (inside) => {
        const done = { state: 'dead' as const, lease: null, done_at: at.getTime(), error: storableError(error) };
        if (!(await record(inside.db, mail, done))) return false;
        await mailFailed(inside, { ...mail, at });
        return true;
      }),
    bounced: (outboxId, at, code) =>
      inTransaction(async (inside) => {
        const error = storableError(code);
        const row = await inside.db
          .updateTable('outbox')
          .set({ state: 'dead', done_at: at.getTime(), error })
          .where('id', '=', outboxId)
          .where('state', '=', 'sent')
          .returning(['case_id', 'kind', 'created_at'])
          .executeTakeFirst();
        const queuedAt = new Date(row?.created_at ?? 0);
        if (row) await mailFailed(inside, { id: outboxId, caseId: row.case_id, kind: row.kind, queuedAt, at }, error);
        return row?.case_id;
      }),
    depth: (now) => guarded(() => depth(db, now)),
  };
  return outbox;
}

/** One statement takes the due mails; on PostgreSQL two workers skip each other's rows, on SQLite writers take turns. */
async function lease({ db, engine }: Handle, now: Date, limit: number, leaseMs: number): Promise<OutboxRow[]> {
  const rows = await db
    .with('due', (qc) =>
      qc
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'pending')
        .where('due_at', '<=', now.getTime())
        .orderBy('due_at')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('outbox')
    .set({ lease: randomUUID(), due_at: now.getTime() + leaseMs })
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returningAll()
    .execute();
  return rows.toSorted((a, b) => a.created_at - b.created_at);
}

/** False where the lease has passed to another, or the mail was withdrawn. */
async function record(db: Kysely<Tables>, mail: ClaimedMail, fate: Updateable<Tables['outbox']>): Promise<boolean> {
  const result = await db
    .updateTable('outbox')
    .set(fate)
    .where('id', '=', mail.id)
    .where('lease', '=', mail.lease)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function depth(db: Kysely<Tables>, now: Date): Promise<Awaited<ReturnType<Outbox['depth']>>> {
  const pending = await db
    .selectFrom('outbox')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('created_at').as('oldest')])
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  const dead = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'dead')
    .executeTakeFirstOrThrow();
  const oldest: number | null = pending.oldest;
  const oldestSeconds = oldest === null ? 0 : Math.max(0, Math.floor((now.getTime() - oldest) / 1000));
  return { pending: pending.count, dead: dead.count, oldestSeconds };
}
