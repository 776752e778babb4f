// One turn in the making: the state as it changes, the replies, and the wishes that the turn will commit.
// Lives only while one message is being answered; who fills it is conversation.ts and its parts.
import type { Named } from './cases/person/named.ts';
import type { CarryLinks } from './carry/token.ts';
import type { Decoded } from './decoder/types.ts';
import type { FloorHit } from './floor/types.ts';
import type { Links } from './links.ts';
import type { Calendar, Case, CaseEvent, CaseMessage, DeskCheck, Directory, MailAddress, OutboxMail } from './ports.ts';
import type { Choice, Incoming, Link, Reply } from './message.ts';
import type { OwnRecord } from './own-copy/record.ts';
import type { SheetWish } from './sheet/types.ts';
import type { ConversationState } from './state.ts';
import type { Unclear } from './unclear.ts';
import type { Say, Words } from './words.ts';

/** What the conversation stands on. Nothing here reaches out: all of it is data already read. */
export interface Environment {
  words: Words;
  directory: Directory;
  calendar: Calendar;
  /** Fresh identifiers, given so that a talk can be played again the same. */
  ids: { uuid(): string; code(): string; sheet(): string };
  /** Signed addresses for mails. */
  links: Links;
  /** Addresses that carry a talk from Telegram to the web; absent where no page here is private enough. */
  carry?: CarryLinks;
  /** Who answers for the service in the whole zone, where there is somebody. */
  coordinator: MailAddress | undefined;
  /** How fresh a desk's facts are by its own answers; undefined: it was never asked. */
  freshness(deskId: string): DeskCheck | undefined;
}

/** Everything one message changed. */
export interface Effects {
  replies: Reply[];
  cases: Case[];
  dropCases: string[];
  events: CaseEvent[];
  outbox: OutboxMail[];
  cancelMails: string[];
  cancelLetters: string[];
  /** What the person wrote to a desk. */
  messages: CaseMessage[];
  /** Said in other conversations. */
  tells: { conversationId: string; reply: Reply }[];
  /** A sheet of paper that was asked for. */
  sheet: SheetWish | null;
  eraseLog: boolean;
}

export interface Talk extends Effects {
  env: Environment;
  at: Date;
  incoming: Incoming;
  decoded: Decoded | undefined;
  /** What the floor saw in this message. */
  hit: FloorHit | null;
  /** Words that were not understood, or wrongly, for people to learn from. */
  unclear: Unclear[];
  state: ConversationState;
  /** Cases of this conversation as they were before the turn. */
  known: Case[];
  /** Requests whose code the person names, of whichever conversation. */
  named: Named[];
  /** All parts of the requests that may be passed on, also those of other conversations. */
  parts: Case[];
  /** What the person was told by itself since they last wrote: by a desk, by the clock. */
  told: Reply[];
  /** All that is kept of this conversation, where the person asked for a copy of it. */
  record: OwnRecord | undefined;
}

/** As much of a talk as it takes to say something of a desk. */
export interface View {
  env: Environment;
  at: Date;
  state: { language: string };
}

export function say(talk: Pick<View, 'state'> & { env: Pick<Environment, 'words'> }): Say {
  return talk.env.words.say(talk.state.language);
}

/** Adds a bubble. Only the last bubble's choices stay on offer. */
export function reply(
  talk: Talk,
  text: string,
  extra: Partial<Reply> & { choices?: Choice[]; links?: Link[] } = {},
): void {
  const bubble: Reply = { kind: 'text', lang: talk.state.language, choices: [], links: [], case: null, ...extra, text };
  talk.replies.push(bubble);
  talk.state.offered = bubble.choices;
}

/** That the choice no longer counts, before what comes next. */
export function stale(talk: Talk, next: (talk: Talk, before: string) => void): void {
  const from = talk.replies.length;
  next(talk, say(talk)('common:stale_choice'));
  const first = talk.replies[from];
  if (first) first.stale = true;
}

/** The case as it stands now, the changes of this turn included. */
export function findCase(talk: Talk, id: string): Case | undefined {
  const named = talk.named.flatMap(({ cases }) => cases);
  return [...talk.cases, ...talk.known, ...named].find((one) => one.id === id);
}

export function saveCase(talk: Talk, changed: Case): void {
  talk.cases = [...talk.cases.filter((one) => one.id !== changed.id), changed];
}

/** Every request of this conversation that was made, the newest first; the parts of one code in their order. */
export function sentCases(talk: Talk): Case[] {
  const ids = [...talk.known, ...talk.cases].map((one) => one.id);
  const all = [...new Set(ids)].flatMap((id) => findCase(talk, id) ?? []);
  return all
    .filter((one) => one.state !== 'draft' && one.conversationId === talk.incoming.conversationId)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || a.part - b.part);
}
