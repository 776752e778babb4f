// The seams of the conversation: what it needs of the directory, the calendar, the store and the outbox.
// Who answers them is left to adapters/; main.ts joins the two.
import type { Area, ComuneId, ForWhom, Need, ServiceKey, Urgency } from '../flows/types.ts';
import type { CaseChange } from './cases/change.ts';
import type { Case, CaseEvent, CaseMessage } from './cases/types.ts';
import type { ClaimedMail, OutboxMail } from './mail/types.ts';
import type { NewSheet, Sheet } from './sheet/types.ts';
import type { Channel, Reply, StoredActivity } from './message.ts';

/** Now. Given, never taken, so that a talk can be played at any hour. */
export type Clock = () => Date;

// --- directory -------------------------------------------------------------------------------------------------

/** A fact that may be shown, with where it was read. `date` is ISO, at any precision, or `undated`. */
export interface Fact<T> {
  value: T;
  status: 'SEED' | 'FOUND';
  source: string;
  date: string;
  /** Show "da confermare". */
  confirm: boolean;
}

export interface Phone {
  /** As printed: `0583 211899`. */
  shown: string;
  /** `tel:+390583211899`, or `tel:112` for short numbers. */
  uri: string;
}

export interface Inbox {
  address: string;
  kind: 'desk' | 'protocol' | 'pec';
}

/** HSDS service_at_location: a service at a place that receives people, or a telephone line. */
export interface Desk {
  id: string;
  service: ServiceKey;
  name: string;
  organization: string;
  /** Comuni it serves. */
  serves: ComuneId[];
  phones: Fact<Phone>[];
  email?: Fact<string>;
  website?: Fact<string>;
  address?: Fact<string>;
  mapUrl?: string;
  /** OSM opening_hours; `24/7` for lines that always answer. */
  hours?: Fact<string>;
  /** `required`: only by appointment. */
  appointment?: Fact<'required' | 'walk_in' | 'referral_only'>;
  /** Free of charge from any phone. */
  free?: boolean;
  languages?: string[];
  /** Where a request by mail goes: the desk's own inbox, else the comune's protocol address or PEC. Absent: none exists. */
  inbox?: Inbox;
  /** Where a mail goes that the first inbox did not answer or take: the comune's protocol address or PEC, if it is another. */
  secondInbox?: Inbox;
  /** The switchboard standing in for a desk whose own number is not known. */
  fallback?: true;
  /** The frazioni this outlying desk is near to; the main desk has none. */
  near?: string[];
}

/** Ways in that a comune links on its pages. */
export type Entry = 'web' | 'text' | 'telegram';

/** How a comune presents itself; what it does not choose stays as it is for everybody. */
export interface Brand {
  /** Instead of `Comune di ...`. */
  name?: string;
  /** `#rrggbb`, readable on the grounds of either theme. */
  primary?: { light: string; dark: string };
  logo?: { type: 'image/svg+xml' | 'image/png'; body: Buffer };
}

export interface Comune {
  id: ComuneId;
  name: string;
  switchboard: Fact<Phone>;
  /** `MM-DD` of the patron saint, when its status lets it count. */
  patron?: string;
  /** Three letters that open a case code: `PRC`. */
  code: string;
  website?: string;
  brand?: Brand;
  /** Absent: all of them. */
  entries?: Entry[];
  /** Languages to offer before the others. */
  languages?: string[];
}

/** A measure a sportello explains; the sentence about it is in `measures.json` under the same id. */
export interface Measure {
  id: string;
  name: string;
  /** Where it was read. */
  source: string;
  date: string;
  confirm: boolean;
  link?: string;
}

export interface Frazione {
  name: string;
  comune: ComuneId;
  /** Other ways people write it, as data. */
  aliases: string[];
}

export interface Directory {
  comuni(): Comune[];
  comune(id: ComuneId): Comune;
  /**
   * Desks of that service for that comune, best first. Never a desk with nothing to call, write to or visit; for
   * `segretariato` and `punto_insieme` never empty (the comune's own desk, at worst its switchboard).
   */
  desks(service: ServiceKey, comune: ComuneId): Desk[];
  desk(id: string): Desk | undefined;
  /** A measure in force on that day, `undefined` where nothing may be shown. */
  measure(id: string, at: Date): Measure | undefined;
  frazioni(): Frazione[];
}

export interface Opening {
  open: boolean;
  /** When it closes, if open. */
  until?: Date;
  /** When it opens next, if closed. */
  next?: Date;
}

export interface Slot {
  start: Date;
  end: Date;
}

/** Opening hours in Europe/Rome, with Italian holidays and the comune's patron saint. */
export interface Calendar {
  /** `undefined` where the hours are not known. */
  opening(desk: Desk, comune: ComuneId, at: Date): Opening | undefined;
  /** The next opening intervals that begin after `from`, at most `count`; empty where the hours are not known. */
  slots(desk: Desk, comune: ComuneId, from: Date, count: number): Slot[];
  /** The moment by which `days` working days of that desk have passed (its last closing that day; Mo-Fr 13:00 if hours unknown). */
  afterWorkingDays(desk: Desk, comune: ComuneId, from: Date, days: number): Date;
}

// --- cases and mail --------------------------------------------------------------------------------------------

export type {
  Actor,
  Appointment,
  Case,
  CaseDetails,
  CaseEvent,
  CaseEventType,
  CaseLife,
  CaseMessage,
  CaseState,
  SafeRules,
} from './cases/types.ts';
export type { ClaimedMail, Mail, MailAddress, MailKind, OutboxMail } from './mail/types.ts';

/** Mails committed together with the turn that caused them. At least once, in a bounded time, or dead and said so. */
export interface Outbox {
  /** Due mails, leased to the caller until `now + leaseMs`. */
  claim(now: Date, limit: number, leaseMs: number): Promise<ClaimedMail[]>;
  /** False where the lease was lost meanwhile. On `sent` of a `request` the case becomes `delivered`, with its event, in the same transaction. */
  sent(mail: ClaimedMail, at: Date): Promise<boolean>;
  retry(mail: ClaimedMail, nextAt: Date, error: string): Promise<boolean>;
  /** Not now: at a moment that is safe for who gets it. No try is counted. */
  postpone(mail: ClaimedMail, nextAt: Date): Promise<boolean>;
  /** It may never go, or is no longer true. Says nothing in the trail. */
  cancel(mail: ClaimedMail, at: Date): Promise<boolean>;
  /** Gives up: the mail is dead, said in the trail of its case; a `request` makes it `undeliverable` and due at once, in one transaction. */
  dead(mail: ClaimedMail, at: Date, error: string): Promise<boolean>;
  /**
   * A mail that had been sent came back (`Message-ID` of this outbox id): the same as `dead`, once. The case's id, or
   * undefined where no such mail was sent.
   */
  bounced(outboxId: string, at: Date, code: string): Promise<string | undefined>;
  depth(now: Date): Promise<{ pending: number; dead: number; oldestSeconds: number }>;
}

// --- store -----------------------------------------------------------------------------------------------------

/** A conversation as kept between turns. `state` is the conversation's own JSON: the store does not look inside. */
export interface StoredConversation {
  id: string;
  channel: Channel;
  /** Grows by one at each commit; 0: never saved. */
  version: number;
  state: unknown;
  updatedAt: Date;
}

/**
 * A phrase that was not understood, or whose reading the person corrected, kept so that the decoder may be taught.
 * Nothing in it tells whose it was: no conversation, channel, person or time of day.
 */
export interface UnclearPhrase {
  /** Random. */
  id: string;
  /** `2026-11-24`, UTC. */
  day: string;
  lang: string;
  /** Redacted; at most 300 characters. */
  text: string;
  why: 'not_understood' | 'corrected';
  /** The need that was read, if any. */
  said: Need | null;
  /** The need that the person then chose, if known. */
  corrected: Need | null;
}

/** All that a turn changes, committed in one transaction or not at all. */
export interface TurnCommit {
  conversationId: string;
  channel: Channel;
  /** Version that was loaded; the commit is refused (`conflict`) if another turn came first. */
  expectedVersion: number;
  state: unknown;
  /** Dedupe key; `null` message text for a `start`. */
  messageId: string;
  /** The person's message, logged before the replies; absent where nothing was said (`start`). */
  said?: { text: string; payload?: unknown };
  replies: Reply[];
  /** Cases written or changed whole; one that changed since it was loaded (`version`) makes the turn a `conflict`. */
  cases: Case[];
  /** Draft cases to forget. */
  dropCases: string[];
  events: CaseEvent[];
  outbox: OutboxMail[];
  /** Pending mails to withdraw, by case id. */
  cancelMails: string[];
  /** Pending letters to the person to withdraw (`person`, `copy`), by case id. */
  cancelLetters?: string[];
  /** Into the logs of other conversations; one that is gone is passed over. */
  tells?: { conversationId: string; reply: Reply }[];
  /** What desk and person wrote to each other. */
  messages?: CaseMessage[];
  /** For the figures: this talk as it stands, written over what it was. */
  contact?: Contact;
  /** A sheet of paper that was asked for; a code that is taken makes the turn a `conflict`. */
  sheet?: NewSheet;
  /** Forget the log so far, before these replies are added, and every sheet made of it. Seq numbers go on. */
  eraseLog?: true;
  /** Phrases for the not-understood queue. */
  unclear?: UnclearPhrase[];
  /** One-time: the whole turn is refused (`spent`) where it was used before. */
  nonce?: CaseCommit['nonce'];
  /** The danger this person has open is kept until `until`, or forgotten; absent: nothing changes. */
  pendingFloor?: { person: string; kept: { hit: string; until: Date } | null };
  at: Date;
}

/**
 * One contact with the service, for the figures alone: a talk about one set of needs. No name, no words, no address;
 * `person` is a keyed digest of who writes, changed every month, so that the same person counts once in a month.
 */
export interface Contact {
  /** Random; kept in the conversation's state until another need begins. */
  id: string;
  /** `2026-11`, Europe/Rome, when it began. */
  month: string;
  person: string;
  channel: Channel;
  language: string;
  /** Null: not known (yet). */
  comune: ComuneId | 'outside' | null;
  area: Area | 'unclear' | null;
  need: Need | 'unclear' | null;
  urgency: Urgency;
  forWhom: ForWhom | null;
  followed: 'first' | 'followed' | null;
  /** How it ended: contact details shown, a request made, the danger answered, sent elsewhere, left before. */
  outcome: 'informed' | 'requested' | 'danger' | 'elsewhere' | 'left';
}

/** What one step of a case changes outside a turn: the operator's page, the clock. */
export interface CaseCommit extends CaseChange {
  /** One-time: refused (`spent`) where it was used before. Kept until `until`. */
  nonce?: { value: string; until: Date };
  at: Date;
}

/** `conflict`: one of the cases has changed since it was loaded. */
export type CaseCommitResult = 'committed' | 'conflict' | 'spent';

/** How fresh a desk's facts are, by what the desk itself answered. */
export interface DeskCheck {
  deskId: string;
  askedAt: Date | null;
  /** Mails in a row without an answer. */
  unanswered: number;
  verifiedAt: Date | null;
}

/** A correction that a desk proposed; the coordinator decides, a data editor writes it. */
export interface Proposal {
  id: string;
  deskId: string;
  /** `phone`, `hours`, `address`, `email`, `other`. */
  field: string;
  before: string;
  after: string;
  by: string;
  at: Date;
  state: 'open' | 'approved' | 'rejected';
  decidedAt: Date | null;
}

export type CommitResult =
  | { result: 'committed'; activities: StoredActivity[] }
  | { result: 'conflict' }
  /** Nothing was written: the turn's nonce had been used. */
  | { result: 'spent' }
  /** The message had been handled: the same activities as then. */
  | { result: 'duplicate'; activities: StoredActivity[] };

export interface Store {
  load(conversationId: string): Promise<{ conversation: StoredConversation; cases: Case[] } | undefined>;
  /** What an earlier turn with this message id answered, else undefined. */
  seen(conversationId: string, messageId: string): Promise<StoredActivity[] | undefined>;
  commit(turn: TurnCommit): Promise<CommitResult>;
  /** What that person has open and is not yet forgotten at `now`, as it was committed. */
  pendingFloor(person: string, now: Date): Promise<string | undefined>;
  /** The log after `seq`, both sides, in order. */
  activities(conversationId: string, afterSeq: number): Promise<StoredActivity[]>;
  /** The sheet of that code, if it has not expired at `now`. */
  sheet(code: string, now: Date): Promise<Sheet | undefined>;
  caseById(id: string): Promise<Case | undefined>;
  /** The parts of a request, in order; empty where there is no such code. */
  casesByCode(code: string): Promise<Case[]>;
  /** Cases of that desk that are not over, the oldest first. */
  openCases(deskId: string): Promise<Case[]>;
  /** Cases to look at, the longest due first. */
  dueCases(now: Date, limit: number): Promise<Case[]>;
  /** The trail of a case, in order. */
  caseEvents(caseId: string): Promise<CaseEvent[]>;
  /** What desk and person wrote about it, in order. */
  caseMessages(caseId: string): Promise<CaseMessage[]>;
  commitCase(commit: CaseCommit): Promise<CaseCommitResult>;
  /** For the figures: contacts of these months (`2026-11`, both included), and the trail of the cases requested in them. */
  contacts(from: string, to: string): Promise<Contact[]>;
  caseFigures(from: Date, to: Date): Promise<{ made: Case; events: CaseEvent[] }[]>;
  deskChecks(): Promise<DeskCheck[]>;
  /**
   * Written over; `outbox` in the same transaction, its age counted from `at` (absent: the latest time in what is saved).
   * Refused (`spent`) by a used nonce.
   */
  saveDeskCheck(
    check: DeskCheck,
    also?: { outbox?: OutboxMail[]; proposals?: Proposal[]; nonce?: CaseCommit['nonce']; at?: Date },
  ): Promise<'committed' | 'spent'>;
  proposals(): Promise<Proposal[]>;
  /** False where it had been decided. */
  decideProposal(id: string, state: 'approved' | 'rejected', at: Date): Promise<boolean>;
  /** Bot activities of a push channel (telegram) not yet delivered, oldest first, due at `now`. */
  undelivered(channel: Channel, now: Date, limit: number): Promise<StoredActivity[]>;
  /** True where that one is among them, or behind one that is: neither delivered, nor given up, nor put off. */
  isDue(conversationId: string, seq: number, now: Date): Promise<boolean>;
  delivered(conversationId: string, seq: number, at: Date): Promise<void>;
  /** Delivery failed: try again at `nextAt`, or never (`null`: the person blocked the bot, or it can never be accepted). */
  undeliverable(conversationId: string, seq: number, nextAt: Date | null, error: string): Promise<void>;
  /**
   * Of several processes one does a thing: true where `holder` has that lease now, until `now + forMs`. The clocks of the
   * processes must agree within seconds.
   */
  lease(name: string, holder: string, now: Date, forMs: number): Promise<boolean>;
  /** Lets go before the time is over. */
  release(name: string, holder: string): Promise<void>;
  outbox: Outbox;
  /** The not-understood queue, oldest day first. */
  listUnclear(): Promise<UnclearPhrase[]>;
  /** Takes phrases out of the queue, by id. Returns how many went. */
  dropUnclear(ids: string[]): Promise<number>;
  /**
   * Deletes idle conversations, old drafts, and phrases of the not-understood queue of that day and before, and what is
   * past its own time at `now` (`idleBefore` unless told). Returns how many conversations went.
   */
  purge(idleBefore: Date, now?: Date): Promise<number>;
  /** Throws where the store cannot be written. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The `error` of an activity that waits for a safe moment: it goes at once when the person writes. */
export const PUT_OFF = 'put_off';

/** Where a committed activity is announced inside this process, so that open streams wake at once. */
export interface Feed {
  announce(conversationId: string): void;
  listen(conversationId: string, wake: () => void): () => void;
}
