// Reading: a conversation with its cases, its log, what a message was answered with.
// Cases by themselves are left to case-read.ts, writing to commit.ts, outbox.ts, delivery.ts and purge.ts.
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { StoredActivity } from '../../bot/message.ts';
import type { Case, StoredConversation } from '../../bot/ports.ts';
import { readableCases } from './case-read.ts';
import { messageKey, toActivity, toConversation } from './rows.ts';
import type { ActivityRow, Tables } from './schema.ts';

/** Undefined where the conversation was never saved, or was purged. */
export async function load(
  db: Kysely<Tables>,
  conversationId: string,
  log: Log,
): Promise<{ conversation: StoredConversation; cases: Case[] } | undefined> {
  const row = await db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirst();
  if (!row) return undefined;
  const conversation = toConversation(row);
  if (conversation.state === null && row.state !== 'null') log.error('store.unreadable', { error: 'conversation' });
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return { conversation, cases: readableCases(rows, log) };
}

/** What the turn with this message id added to the log; undefined where there was none. */
export async function seen(
  db: Kysely<Tables>,
  conversationId: string,
  messageId: string,
  log: Log,
): Promise<StoredActivity[] | undefined> {
  const turn = await db
    .selectFrom('handled')
    .select(['first_seq', 'last_seq'])
    .where('conversation_id', '=', conversationId)
    .where('message_key', '=', messageKey(messageId))
    .executeTakeFirst();
  if (!turn) return undefined;
  const rows = await db
    .selectFrom('activities')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('seq', '>=', turn.first_seq)
    .where('seq', '<=', turn.last_seq)
    .orderBy('seq')
    .execute();
  return readable(rows, log);
}

export async function activities(
  db: Kysely<Tables>,
  conversationId: string,
  afterSeq: number,
  log: Log,
): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activities')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .execute();
  return readable(rows, log);
}

function readable(rows: ActivityRow[], log: Log): StoredActivity[] {
  const found = rows.map(toActivity).filter((activity) => activity !== undefined);
  if (found.length < rows.length)
    log.error('store.unreadable', { error: 'activity', count: rows.length - found.length });
  return found;
}
