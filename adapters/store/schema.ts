// The tables as Kysely sees them. Times are epoch milliseconds, JSON is text: the same on SQLite and PostgreSQL.
// How the tables come to be is left to migrations.ts, what a row means in the conversation's words to rows.ts.
import type { Kysely, Selectable } from 'kysely';
import type { Channel } from '../../bot/message.ts';
import type { CaseEvent, CaseState, OutboxMail, UnclearPhrase } from '../../bot/ports.ts';

export interface Tables {
  /** Single values of the store's own: the schema version and the mark that `check` writes. */
  meta: { key: string; value: number };
  conversations: {
    id: string;
    channel: Channel;
    version: number;
    /** Last seq given out; never goes back, not even when the log is erased. */
    seq: number;
    state: string;
    updated_at: number;
  };
  /** The dedupe keys: which message was answered by which stretch of the log. */
  handled: { conversation_id: string; message_key: string; first_seq: number; last_seq: number };
  activities: {
    conversation_id: string;
    seq: number;
    at: number;
    sender: 'bot' | 'user';
    body: string;
    /** When to (try to) deliver next; null: not waiting, because it was delivered, given up, or is fetched by the client. */
    due_at: number | null;
    delivered_at: number | null;
    error: string | null;
  };
  cases: {
    id: string;
    code: string | null;
    conversation_id: string;
    channel: Channel;
    comune: string;
    desk_id: string;
    state: CaseState;
    details: string;
    created_at: number;
    requested_at: number | null;
    updated_at: number;
  };
  case_events: { id: string; case_id: string; at: number; type: CaseEvent['type']; note: string | null };
  outbox: {
    id: string;
    case_id: string;
    kind: OutboxMail['kind'];
    mail: string;
    state: 'pending' | 'sent' | 'dead' | 'cancelled';
    attempts: number;
    lease: string | null;
    /** When it may be claimed: the next attempt, or the end of the lease. */
    due_at: number;
    created_at: number;
    done_at: number | null;
    error: string | null;
  };
  /** Open dangers beyond one conversation, by a digest of who writes, for an hour. */
  pending_floors: { person: string; hit: string; expires_at: number };
  /** The not-understood queue: nothing here points to a conversation, and nothing elsewhere points here. */
  unclear: {
    id: string;
    day: string;
    lang: string;
    text: string;
    why: UnclearPhrase['why'];
    said: string | null;
    corrected: string | null;
  };
}

export type ConversationRow = Selectable<Tables['conversations']>;
export type ActivityRow = Selectable<Tables['activities']>;
export type CaseRow = Selectable<Tables['cases']>;
export type OutboxRow = Selectable<Tables['outbox']>;
export type UnclearRow = Selectable<Tables['unclear']>;

/** A database or an open transaction, with the one thing in which the two engines are asked differently: row locks. */
export interface Handle {
  db: Kysely<Tables>;
  engine: 'sqlite' | 'postgres';
}

/** Channels to which messages are pushed; on the others the client fetches them and nothing waits for delivery. */
const PUSHED: readonly Channel[] = ['telegram'];

export function isPushed(channel: Channel): boolean {
  return PUSHED.includes(channel);
}
