// Rows to the conversation's words and back. A row that cannot be read is reported, never thrown: one bad row must not
// silence a conversation. What to do about it is left to the caller, the rows of a case to case-rows.ts.
import type { Channel, Reply, StoredActivity } from '../../bot/message.ts';
import { CHANNELS } from '../../bot/message.ts';
import type { Mail, StoredConversation } from '../../bot/ports.ts';
import type { ActivityRow, ConversationRow } from './schema.ts';

/** A client's message id as a key: unchanged unless it holds what PostgreSQL text cannot (NUL, lone surrogates), quotes or backslashes. */
export function messageKey(messageId: string): string {
  return JSON.stringify(messageId).slice(1, -1);
}

/** Without what PostgreSQL text cannot hold. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A library's error as one storable line. */
export function storableError(error: string): string {
  return storableText(error).slice(0, 300);
}

/** `state` is null where it cannot be read: the conversation begins again, its cases are kept. */
export function toConversation(row: ConversationRow): StoredConversation {
  return {
    id: row.id,
    channel: isChannel(row.channel) ? row.channel : 'web',
    version: row.version,
    state: parse(row.state) ?? null,
    updatedAt: new Date(row.updated_at),
  };
}

export function toActivity(row: ActivityRow): StoredActivity | undefined {
  const body = parse(row.body);
  const base = { conversationId: row.conversation_id, seq: row.seq, at: new Date(row.at) };
  if (row.sender === 'bot') return isReply(body) ? { ...base, from: 'bot', reply: body } : undefined;
  return isSaid(body) ? { ...base, from: 'user', ...body } : undefined;
}

export function toMail(text: string): Mail | undefined {
  const mail = parse(text);
  return isMail(mail) ? mail : undefined;
}

/** Undefined where it is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isChannel(value: string): value is Channel {
  return CHANNELS.some((channel) => channel === value);
}

export function isReply(value: unknown): value is Reply {
  return hasStrings(value, ['kind', 'text', 'lang']) && hasLists(value, ['choices', 'links']);
}

function isSaid(value: unknown): value is { messageId: string; text: string; payload?: unknown } {
  return hasStrings(value, ['messageId', 'text']);
}

function isMail(value: unknown): value is Mail {
  return hasStrings(value, ['subject', 'text', 'html']) && hasLists(value, ['to']);
}

export function hasStrings(value: unknown, keys: string[]): value is object {
  return (
    typeof value === 'object' && value !== null && keys.every((key) => typeof Reflect.get(value, key) === 'string')
  );
}

export function hasLists(value: object, keys: string[]): boolean {
  return keys.every((key) => Array.isArray(Reflect.get(value, key)));
}
