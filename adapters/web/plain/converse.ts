// What a form of the plain pages does to the talk: a message, a choice, a look for news, or nothing and a kind word why.
// The turn itself is the same as for every channel; how the answer looks is left to page.ts.
import { createHash } from 'node:crypto';
import type { Incoming, StoredActivity, Turn } from '../../../bot/message.ts';
import type { Clock, Store } from '../../../bot/ports.ts';
import type { Say, Words } from '../../../bot/words.ts';
import type { Limits } from '../limits.ts';
import { hasLeft } from './leave.ts';
import { labelOf, newest } from './log.ts';
import type { Ticket } from './ticket.ts';

export interface TalkDeps {
  turn: Turn;
  store: Pick<Store, 'activities' | 'seen' | 'load' | 'commit'>;
  words: Words;
  clock: Clock;
  limits: Limits;
}

/** What the person sent. */
export interface Sent {
  text: string;
  /** The id of the button, where one was pressed. */
  choice?: string;
  /** "Is there any news?" */
  news: boolean;
}

export interface Asked {
  ticket: Ticket;
  sent: Sent;
  /** Words of danger: they are answered on whatever form they come, and are counted by themselves. */
  cries: boolean;
  comune: string;
  /** To count new talks against; absent: this very machine. */
  address: string | undefined;
}

/**
 * Why nothing was done: `stale`: the button is no longer on offer; `moved`: the talk went on since that form; `empty`:
 * nothing was written; `many`: too much in a short time; `closed`: an old page, long after the talk, or after its person
 * left at once; `lost`: no such talk.
 */
export type Stop = 'stale' | 'moved' | 'empty' | 'many' | 'closed' | 'lost';

export interface Heard {
  log: StoredActivity[];
  stop?: Stop;
  /** What was typed and not sent: it stays in the box. */
  kept: string;
  /** With `many`: how long to wait. */
  seconds?: number;
  /** Words of danger that were answered once and are forgotten, or came too often: the numbers, and nothing else. */
  danger?: true;
}

/** For so long an answered form shows the talk again. On a public machine somebody else may press Back after it. */
const SHOWN_AGAIN_MS = 3_600_000;

/** Rejects with what the turn or the store throws; the same form may then be sent again. */
export async function converse(deps: TalkDeps, asked: Asked): Promise<Heard> {
  const { ticket, sent, cries } = asked;
  // In this order: a message that was handled in between is in both.
  const log = await deps.store.activities(ticket.conversation, 0);
  const done = await deps.store.seen(ticket.conversation, ticket.message);
  // Who left is gone: whoever presses now may be somebody else. What was sent before is not even told to have been danger.
  if (await hasLeft(deps, ticket))
    return { log: [], stop: 'closed', kept: '', ...(cries && !done ? { danger: true } : {}) };
  if (done) {
    const said = log.find((activity) => activity.from === 'user' && activity.messageId === ticket.message);
    const same = said?.from !== 'user' || isSame(deps, asked, log, said.text);
    if (same || !cries) return { ...again(deps, asked, log, same), ...(cries && !said ? { danger: true } : {}) };
    return send(deps, { ...asked, ticket: { ...ticket, message: another(ticket, sent) } }, log, { text: sent.text });
  }
  if (cries) return send(deps, asked, log, { text: sent.text });
  if (log.length === 0 && ticket.seq > 0) return { log, stop: 'lost', kept: sent.text };
  if (isOlder(log, ticket)) return older(deps, log, sent);
  if (sent.news && log.some(({ from, seq }) => from === 'bot' && seq > ticket.seq)) return { log, kept: sent.text };
  const choice = sent.news ? 'command.status' : sent.choice;
  if (choice !== undefined) return choose(deps, asked, log, choice);
  if (sent.text !== '') return send(deps, asked, log, { text: sent.text });
  if (log.length === 0) return send(deps, asked, log, undefined);
  return ticket.seq === 0 ? { log, kept: '' } : { log, stop: 'empty', kept: '' };
}

/** The person spoke since that page was made, or had everything forgotten. */
function isOlder(log: StoredActivity[], { seq }: Ticket): boolean {
  const gone = seq > 0 && log.every((activity) => activity.seq !== seq);
  return gone || log.some((activity) => activity.from === 'user' && activity.seq > seq);
}

/** Whether what this form sends now is what it sent before: its words, or the label of its button. */
function isSame({ words }: TalkDeps, { ticket, sent }: Asked, log: StoredActivity[], before: string): boolean {
  if (before === sent.text) return true;
  const say = words.say(ticket.language);
  const choice = sent.news ? 'command.status' : sent.choice;
  return choice !== undefined && before === (labelOf(log, choice, say) ?? toolLabel(words, say, choice));
}

/** One form, sent with other words after all: a message of its own, the same however often it comes. */
function another({ message }: Ticket, { text }: Sent): string {
  return `${message}.${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}

/** Reload, a second press, Back: the same message once, and the talk where it is now. Other words wait in the box. */
function again({ clock }: TalkDeps, { ticket, sent }: Asked, log: StoredActivity[], same: boolean): Heard {
  const kept = same ? '' : sent.text;
  if (isOver(log, clock)) return { log: [], stop: 'closed', kept };
  const last = log.findLast((activity) => activity.from === 'user');
  const wentOn = last !== undefined && last.messageId !== ticket.message;
  return same && !wentOn ? { log, kept } : { log, stop: sent.choice === undefined ? 'moved' : 'stale', kept };
}

function older({ clock }: TalkDeps, log: StoredActivity[], { text, choice, news }: Sent): Heard {
  if (isOver(log, clock)) return { log: [], stop: 'closed', kept: text };
  if (news || (text === '' && choice === undefined)) return { log, kept: text };
  return { log, stop: choice === undefined ? 'moved' : 'stale', kept: text };
}

function isOver(log: StoredActivity[], clock: Clock): boolean {
  const last = log.findLast((activity) => activity.from === 'user') ?? log.at(-1);
  return last !== undefined && clock().getTime() - last.at.getTime() > SHOWN_AGAIN_MS;
}

/** Only what stands on the newest page may be pressed. Words typed beside a button wait in the box, as they do in the chat. */
async function choose(deps: TalkDeps, asked: Asked, log: StoredActivity[], choice: string): Promise<Heard> {
  const { ticket, sent } = asked;
  const say = deps.words.say(ticket.language);
  const label = labelOf(newest(log), choice, say) ?? toolLabel(deps.words, say, choice);
  if (label === undefined) return { log, stop: 'stale', kept: sent.text };
  const heard = await send(deps, asked, log, { text: label, choice });
  return { ...heard, kept: sent.text };
}

/** Buttons that stand on every page. */
export const TOOLS = ['back', 'human', 'erase'] as const;

export function languagesBeside({ languages }: Words, language: string): string[] {
  return languages.filter((other) => other !== language);
}

function toolLabel(words: Words, say: Say, choice: string): string | undefined {
  if (choice === 'command.status') return say('plain:news');
  const language = words.languages.find((one) => choice === `command.language.${one}`);
  if (language !== undefined) return words.say(language)('widget:languageName');
  const tool = TOOLS.find((one) => choice === `command.${one}`);
  return tool && say(`plain:tool.${tool}`);
}

/** `undefined`: the talk only begins. Whoever is counted out keeps what they typed. */
async function send(
  { turn, store, limits }: TalkDeps,
  { ticket, comune, address, sent, cries }: Asked,
  log: StoredActivity[],
  said: { text: string; choice?: string } | undefined,
): Promise<Heard> {
  const begins = log.length === 0;
  const key = begins ? address : ticket.conversation;
  const limiter = cries ? limits.cries : begins ? limits.conversations : limits.messages;
  const seconds = key === undefined ? 0 : limiter.take(key);
  if (seconds > 0) return { log, stop: 'many', kept: sent.text, seconds, ...(cries ? { danger: true } : {}) };
  const { conversation: conversationId, message: messageId, language } = ticket;
  const base: Omit<Incoming, 'messageId' | 'kind' | 'text'> = { channel: 'web', conversationId, language, comune };
  if (begins) await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
  if (said) await turn({ ...base, messageId, kind: 'message', ...said });
  return { log: await store.activities(conversationId, 0), kept: '' };
}
