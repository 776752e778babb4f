// Messages that must be pushed (Telegram, Bot Framework): which are waiting, which went, which never will; and messages nobody asked for.
// The pushing itself is left to the channel's adapter.
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { Channel, Reply, StoredActivity } from '../../bot/message.ts';
import { storableError, toActivity } from './rows.ts';
import { isPushed } from './schema.ts';
import type { Tables } from './schema.ts';

/** At most one activity of each conversation, the first that waits: what follows it may not overtake it. */
export async function undelivered(
  db: Kysely<Tables>,
  channel: Channel,
  now: Date,
  limit: number,
  log: Log,
): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activities')
    .innerJoin('conversations', 'conversations.id', 'activities.conversation_id')
    .selectAll('activities')
    .where('conversations.channel', '=', channel)
    .where('activities.due_at', '<=', now.getTime())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('activities as earlier')
            .select('earlier.seq')
            .whereRef('earlier.conversation_id', '=', 'activities.conversation_id')
            .whereRef('earlier.seq', '<', 'activities.seq')
            .where('earlier.due_at', 'is not', null),
        ),
      ),
    )
    .orderBy('activities.at')
    .orderBy('activities.conversation_id')
    .limit(limit)
    .execute();
  const found: StoredActivity[] = [];
  for (const row of rows) {
    const activity = toActivity(row);
    if (activity) found.push(activity);
    else {
      // It can never be sent, and must not hold back what follows.
      log.error('store.unreadable', { error: 'activity', channel });
      await undeliverable(db, row.conversation_id, row.seq, null, 'unreadable');
    }
  }
  return found;
}

export async function isDue(db: Kysely<Tables>, conversationId: string, seq: number, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('activities')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .where('due_at', '<=', now.getTime())
    .executeTakeFirst();
  return row !== undefined;
}

export async function delivered(db: Kysely<Tables>, conversationId: string, seq: number, at: Date): Promise<void> {
  await db
    .updateTable('activities')
    .set({ due_at: null, delivered_at: at.getTime(), error: null })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
}

/** Says nothing about an activity that was delivered meanwhile. */
export async function undeliverable(
  db: Kysely<Tables>,
  conversationId: string,
  seq: number,
  nextAt: Date | null,
  error: string,
): Promise<void> {
  await db
    .updateTable('activities')
    .set({ due_at: nextAt?.getTime() ?? null, error: storableError(error) })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .where('due_at', 'is not', null)
    .execute();
}

/**
 * Adds a message that answers no turn. Its seq comes from the conversation's own row, as a turn's do, so the two cannot
 * collide; the version stays, so a turn under way is not refused. False where the conversation is gone.
 */
export async function append(trx: Kysely<Tables>, conversationId: string, reply: Reply, at: Date): Promise<boolean> {
  const conversation = await trx
    .updateTable('conversations')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('id', '=', conversationId)
    .returning(['seq', 'channel'])
    .executeTakeFirst();
  if (!conversation) return false;
  await trx
    .insertInto('activities')
    .values({
      conversation_id: conversationId,
      seq: conversation.seq,
      at: at.getTime(),
      sender: 'bot',
      body: JSON.stringify(reply),
      due_at: isPushed(conversation.channel) ? at.getTime() : null,
    })
    .execute();
  return true;
}
