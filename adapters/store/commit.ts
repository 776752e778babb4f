// A turn's one transaction: all that follows from a message is written, or nothing is.
// Reading before and telling the person after are left to bot/turn.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { CommitResult, TurnCommit } from '../../bot/ports.ts';
import { isBusy, isUniqueViolation, persistently } from './failures.ts';
import { seen } from './read.ts';
import { fromCase, messageKey, toActivity } from './rows.ts';
import { isPushed } from './schema.ts';
import type { ActivityRow, Tables } from './schema.ts';
import { writePendingFloor } from './pending-floor.ts';
import { addUnclear } from './unclear.ts';

/**
 * `conflict` whenever somebody else was first: another turn of this conversation, or another case with this code.
 * The caller loads again and does the turn again (with new codes).
 */
export async function commit(db: Kysely<Tables>, turn: TurnCommit, log: Log): Promise<CommitResult> {
  try {
    return await persistently(() => db.transaction().execute((trx) => write(trx, turn, log)));
  } catch (error) {
    if (!isBusy(error) && !isUniqueViolation(error)) throw error;
    log.warn('store.conflict', { channel: turn.channel });
    return { result: 'conflict' };
  }
}

async function write(trx: Kysely<Tables>, turn: TurnCommit, log: Log): Promise<CommitResult> {
  const count = turn.replies.length + (turn.said ? 1 : 0);
  const known = await seen(trx, turn.conversationId, turn.messageId, log);
  if (known) return { result: 'duplicate', activities: known };
  const lastSeq = await moveOn(trx, turn, count);
  if (lastSeq === undefined) {
    // The turn that came first may have been this very message.
    const meanwhile = await seen(trx, turn.conversationId, turn.messageId, log);
    return meanwhile ? { result: 'duplicate', activities: meanwhile } : { result: 'conflict' };
  }
  const firstSeq = lastSeq - count + 1;
  await trx
    .insertInto('handled')
    .values({
      conversation_id: turn.conversationId,
      message_key: messageKey(turn.messageId),
      first_seq: firstSeq,
      last_seq: lastSeq,
    })
    .execute();
  if (turn.eraseLog) await trx.deleteFrom('activities').where('conversation_id', '=', turn.conversationId).execute();
  const rows = logRows(turn, firstSeq);
  if (rows.length > 0) await trx.insertInto('activities').values(rows).execute();
  await writeCases(trx, turn);
  await writeOutbox(trx, turn);
  await addUnclear(trx, turn.unclear ?? []);
  await writePendingFloor(trx, turn);
  return { result: 'committed', activities: rows.map(toActivity).filter((activity) => activity !== undefined) };
}

/** Compare-and-swap on the version; also takes the next `count` seqs. The last of them, or undefined if refused. */
async function moveOn(trx: Kysely<Tables>, turn: TurnCommit, count: number): Promise<number | undefined> {
  const state = JSON.stringify(turn.state ?? null);
  const updated_at = turn.at.getTime();
  if (turn.expectedVersion === 0) {
    const row = await trx
      .insertInto('conversations')
      .values({ id: turn.conversationId, channel: turn.channel, version: 1, seq: count, state, updated_at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('seq')
      .executeTakeFirst();
    return row?.seq;
  }
  const row = await trx
    .updateTable('conversations')
    .set((eb) => ({ version: eb('version', '+', 1), seq: eb('seq', '+', count), state, updated_at }))
    .where('id', '=', turn.conversationId)
    .where('version', '=', turn.expectedVersion)
    .returning('seq')
    .executeTakeFirst();
  return row?.seq;
}

function logRows(turn: TurnCommit, firstSeq: number): ActivityRow[] {
  const at = turn.at.getTime();
  const said = turn.said ? [{ sender: 'user' as const, body: { messageId: turn.messageId, ...turn.said } }] : [];
  const replies = turn.replies.map((reply) => ({ sender: 'bot' as const, body: reply }));
  return [...said, ...replies].map(({ sender, body }, index) => ({
    conversation_id: turn.conversationId,
    seq: firstSeq + index,
    at,
    sender,
    body: JSON.stringify(body),
    due_at: sender === 'bot' && isPushed(turn.channel) ? at : null,
    delivered_at: null,
    error: null,
  }));
}

async function writeCases(trx: Kysely<Tables>, turn: TurnCommit): Promise<void> {
  if (turn.dropCases.length > 0)
    await trx
      .deleteFrom('cases')
      .where('id', 'in', turn.dropCases)
      .where('conversation_id', '=', turn.conversationId)
      .where('state', '=', 'draft')
      .execute();
  for (const kase of turn.cases) {
    const asksAgain = turn.outbox.some((mail) => mail.caseId === kase.id && mail.kind === 'request');
    const { id, ...changes } = fromCase(kase, turn.at);
    const written = await trx
      .insertInto('cases')
      .values({ id, ...changes })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({
            ...changes,
            // The mail may have been delivered, or given up, after this turn was loaded: that is not taken back,
            // unless this turn sends the request again.
            ...(kase.state === 'requested' && !asksAgain
              ? {
                  state: sql`case when cases.state in ('delivered', 'undeliverable') then cases.state else 'requested' end`,
                }
              : {}),
          })
          .where('cases.conversation_id', '=', kase.conversationId),
      )
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) throw new Error('a case was given to another conversation');
  }
  if (turn.events.length > 0)
    await trx
      .insertInto('case_events')
      .values(
        turn.events.map((event) => ({
          id: randomUUID(),
          case_id: event.caseId,
          at: event.at.getTime(),
          type: event.type,
          note: event.note ?? null,
        })),
      )
      .execute();
}

/** Withdraws first, so that the mail that says so, enqueued by the same turn, is kept; no withdrawal is ever withdrawn. */
async function writeOutbox(trx: Kysely<Tables>, turn: TurnCommit): Promise<void> {
  const at = turn.at.getTime();
  if (turn.cancelMails.length > 0)
    await trx
      .updateTable('outbox')
      .set({ state: 'cancelled', lease: null, mail: '', done_at: at })
      .where('case_id', 'in', turn.cancelMails)
      .where('state', '=', 'pending')
      .where('kind', '!=', 'withdrawal')
      .execute();
  if (turn.outbox.length > 0)
    await trx
      .insertInto('outbox')
      .values(
        turn.outbox.map(({ id, caseId, kind, mail }) => ({
          id,
          case_id: caseId,
          kind,
          mail: JSON.stringify(mail),
          state: 'pending' as const,
          attempts: 0,
          due_at: at,
          created_at: at,
        })),
      )
      .execute();
}
