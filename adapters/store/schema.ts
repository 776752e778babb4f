// The tables as Kysely sees them. Times are epoch milliseconds, JSON is text: the same on SQLite and PostgreSQL.
// How the tables come to be is left to migrations.ts, what a row means in the conversation's words to rows.ts.
import type { Kysely, Selectable } from 'kysely';
import type { Channel } from '../../bot/message.ts';
import type {
  Actor,
  CaseEvent,
  CaseMessage,
  CaseState,
  Contact,
  OutboxMail,
  Proposal,
  UnclearPhrase,
} from '../../bot/ports.ts';

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
    /** Unique with the code. */
    part: number;
    conversation_id: string;
    channel: Channel;
    comune: string;
    desk_id: string;
    state: CaseState;
    details: string;
    life: string;
    /** Grows by one at each write, whoever writes. */
    version: number;
    created_at: number;
    requested_at: number | null;
    due_at: number | null;
    updated_at: number;
  };
  case_events: {
    id: string;
    case_id: string;
    /** Order among the events of one case at the same time. */
    seq: number;
    at: number;
    type: CaseEvent['type'];
    actor: Actor;
    data: string | null;
  };
  case_messages: {
    id: string;
    case_id: string;
    seq: number;
    at: number;
    sender: CaseMessage['from'];
    signed: string;
    text: string;
    lang: string;
  };
  /** One-time values that were used, until they can no longer come. */
  spent: { nonce: string; expires_at: number };
  /** For the figures; `person` is emptied before the rest goes. */
  contacts: {
    id: string;
    month: string;
    person: string;
    channel: Channel;
    language: string;
    comune: Contact['comune'];
    area: Contact['area'];
    need: Contact['need'];
    urgency: Contact['urgency'];
    for_whom: Contact['forWhom'];
    followed: Contact['followed'];
    outcome: Contact['outcome'];
    updated_at: number;
  };
  leases: { name: string; holder: string; until_at: number };
  sheets: {
    code: string;
    conversation_id: string;
    seq: number;
    comune: string | null;
    created_at: number;
    expires_at: number;
  };
  desk_checks: { desk_id: string; asked_at: number | null; unanswered: number; verified_at: number | null };
  proposals: {
    id: string;
    desk_id: string;
    field: string;
    old_value: string;
    new_value: string;
    signed: string;
    at: number;
    state: Proposal['state'];
    decided_at: number | null;
  };
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
    /** No longer true after it. */
    until_at: number | null;
    /** A code of what must still be so of its case. */
    holds: string | null;
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
export type EventRow = Selectable<Tables['case_events']>;
export type MessageRow = Selectable<Tables['case_messages']>;
export type OutboxRow = Selectable<Tables['outbox']>;
export type UnclearRow = Selectable<Tables['unclear']>;

/** A database or an open transaction, with the one thing in which the two engines are asked differently: row locks. */
export interface Handle {
  db: Kysely<Tables>;
  engine: 'sqlite' | 'postgres';
}

/** Channels to which messages are pushed; on the others the client fetches them and nothing waits for delivery. */
const PUSHED: readonly Channel[] = ['telegram', 'botframework'];

export function isPushed(channel: Channel): boolean {
  return PUSHED.includes(channel);
}
