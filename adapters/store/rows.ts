// Rows to the conversation's words and back. A row that cannot be read is reported, never thrown: one bad row must not
// silence a conversation. What to do about it is left to the caller.
import type { Channel, Reply, StoredActivity } from '../../bot/message.ts';
import { CHANNELS } from '../../bot/message.ts';
import type { Case, CaseDetails, CaseState, Mail, StoredConversation } from '../../bot/ports.ts';
import { COMUNI } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { ActivityRow, CaseRow, ConversationRow } from './schema.ts';

const CASE_STATES: readonly CaseState[] = ['draft', 'requested', 'delivered', 'undeliverable', 'withdrawn'];

/** What is left of a case's details when they are forgotten or cannot be read. */
export const NO_DETAILS: CaseDetails = { needs: [], answers: [], language: 'it', forWhom: 'self', preferred: [] };

/** A client's message id as a key: unchanged unless it holds what PostgreSQL text cannot (NUL, lone surrogates), quotes or backslashes. */
export function messageKey(messageId: string): string {
  return JSON.stringify(messageId).slice(1, -1);
}

/** A library's error as one storable line. */
export function storableError(error: string): string {
  return error.replaceAll('\0', '').toWellFormed().slice(0, 300);
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

/** Details that cannot be read come back empty: the code, the desk and the state are what the person asks about. */
export function toCase(row: CaseRow): Case | undefined {
  const { comune, state } = row;
  if (!isChannel(row.channel) || !isComune(comune) || !CASE_STATES.includes(state)) return undefined;
  const details = parse(row.details);
  return {
    id: row.id,
    code: row.code,
    conversationId: row.conversation_id,
    channel: row.channel,
    comune,
    deskId: row.desk_id,
    state,
    details: isDetails(details) ? details : NO_DETAILS,
    createdAt: new Date(row.created_at),
    requestedAt: row.requested_at === null ? null : new Date(row.requested_at),
  };
}

export function fromCase(kase: Case, at: Date): CaseRow {
  return {
    id: kase.id,
    code: kase.code,
    conversation_id: kase.conversationId,
    channel: kase.channel,
    comune: kase.comune,
    desk_id: kase.deskId,
    state: kase.state,
    details: JSON.stringify(kase.details),
    created_at: kase.createdAt.getTime(),
    requested_at: kase.requestedAt?.getTime() ?? null,
    updated_at: at.getTime(),
  };
}

export function toMail(text: string): Mail | undefined {
  const mail = parse(text);
  return isMail(mail) ? mail : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isChannel(value: string): value is Channel {
  return CHANNELS.some((channel) => channel === value);
}

function isComune(value: string): value is ComuneId {
  return COMUNI.some((comune) => comune === value);
}

function isReply(value: unknown): value is Reply {
  return hasStrings(value, ['kind', 'text', 'lang']) && hasLists(value, ['choices', 'links']);
}

function isSaid(value: unknown): value is { messageId: string; text: string; payload?: unknown } {
  return hasStrings(value, ['messageId', 'text']);
}

function isDetails(value: unknown): value is CaseDetails {
  return hasStrings(value, ['language', 'forWhom']) && hasLists(value, ['needs', 'answers', 'preferred']);
}

function isMail(value: unknown): value is Mail {
  return hasStrings(value, ['subject', 'text', 'html']) && hasLists(value, ['to']);
}

function hasStrings(value: unknown, keys: string[]): value is object {
  return (
    typeof value === 'object' && value !== null && keys.every((key) => typeof Reflect.get(value, key) === 'string')
  );
}

function hasLists(value: object, keys: string[]): boolean {
  return keys.every((key) => Array.isArray(Reflect.get(value, key)));
}
