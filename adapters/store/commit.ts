// A turn's one transaction: all that follows from a message is written, or nothing is.
// Reading before and telling the person after are left to bot/turn.
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import { PUT_OFF } from '../../bot/ports.ts';
import type { CommitResult, TurnCommit } from '../../bot/ports.ts';
import { orConflict } from './case-commit.ts';
import { addEvents, addMessages, writeCases } from './case-write.ts';
import { writeContact } from './contacts.ts';
import { append } from './delivery.ts';
import { cancelLetters, cancelMails, enqueue } from './enqueue.ts';
import { emptyWal, forgetMails } from './erase.ts';
import { spend } from './nonces.ts';
import { seen } from './read.ts';
import { messageKey, toActivity } from './rows.ts';
import { isPushed } from './schema.ts';
import type { ActivityRow, Handle, Tables } from './schema.ts';
import { writePendingFloor } from './pending-floor.ts';
import { writeSheet } from './sheets.ts';
import { addUnclear } from './unclear.ts';

/**
 * `conflict` whenever somebody else was first: another turn of this conversation, another writer of one of its cases, or
 * another case with this code. The caller loads again and does the turn again (with new codes).
 */
export async function commit(handle: Handle, turn: TurnCommit, log: Log): Promise<CommitResult> {
  const done = await orConflict<CommitResult>(
    () => unlessSpent(() => handle.db.transaction().execute((trx) => write(trx, turn, log))),
    () => {
      log.warn('store.conflict', { channel: turn.channel });
      return { result: 'conflict' };
    },
  );
  if (turn.eraseLog && done.result === 'committed') await emptyWal(handle, log);
  return done;
}

/** Undoes what the transaction had begun. */
class Spent extends Error {}

async function unlessSpent(work: () => Promise<CommitResult>): Promise<CommitResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Spent) return { result: 'spent' };
    throw error;
  }
}

async function write(trx: Kysely<Tables>, turn: TurnCommit, log: Log): Promise<CommitResult> {
  const count = turn.replies.length + (turn.said ? 1 : 0);
  const known = await seen(trx, turn.conversationId, turn.messageId, log);
  if (known) return { result: 'duplicate', activities: known };
  const lastSeq = await moveOn(trx, turn, count);
  if (lastSeq !== undefined && !(await spend(trx, turn.nonce))) throw new Spent();
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
  await hurry(trx, turn);
  const rows = logRows(turn, firstSeq);
  if (rows.length > 0) await trx.insertInto('activities').values(rows).execute();
  for (const { conversationId, reply } of turn.tells ?? []) await append(trx, conversationId, reply, turn.at);
  await cancelMails(trx, turn.cancelMails, turn.at);
  await forgetMails(trx, turn.events, turn.at);
  await cancelLetters(trx, turn.cancelLetters ?? [], turn.at);
  await changeCases(trx, turn);
  await enqueue(trx, turn.outbox, turn.at);
  if (turn.contact) await writeContact(trx, turn.contact, turn.at);
  await addUnclear(trx, turn.unclear ?? []);
  await writePendingFloor(trx, turn);
  await writeSheet(trx, turn, lastSeq);
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

/** What waited for a safe moment goes before the answer: who writes is here, and it must not hold the answer back. */
async function hurry(trx: Kysely<Tables>, { conversationId, at }: TurnCommit): Promise<void> {
  await trx
    .updateTable('activities')
    .set({ due_at: at.getTime() })
    .where('conversation_id', '=', conversationId)
    .where('due_at', 'is not', null)
    .where('error', '=', PUT_OFF)
    .execute();
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

async function changeCases(trx: Kysely<Tables>, turn: TurnCommit): Promise<void> {
  if (turn.dropCases.length > 0)
    await trx
      .deleteFrom('cases')
      .where('id', 'in', turn.dropCases)
      .where('conversation_id', '=', turn.conversationId)
      .where('state', '=', 'draft')
      .execute();
  await writeCases(trx, turn.cases, turn.at);
  await addEvents(trx, turn.events);
  if (turn.eraseLog)
    await trx
      .deleteFrom('case_messages')
      .where('case_id', 'in', (eb) =>
        eb.selectFrom('cases').select('id').where('conversation_id', '=', turn.conversationId),
      )
      .execute();
  await addMessages(trx, turn.messages ?? []);
}
