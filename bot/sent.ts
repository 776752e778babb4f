// What is sent instead of words (a voice, a picture, a sticker, somebody's number), and what can be done instead.
// Telling them apart is left to the channel; nothing of them is kept.
import { callLine } from './desk-lines.ts';
import { comuneOf, mainDesk, switchboards } from './human.ts';
import type { Incoming, Link } from './message.ts';
import { greeting, proceed } from './proceed.ts';
import type { ConversationState } from './state.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

/** Said to a child as one speaks to a child. */
export function sentWords(talk: Talk, name: SentText, values?: Record<string, string>): string {
  return say(talk)(isMinor(talk.state) ? `sent:${name}_minor` : `sent:${name}`, values);
}

function isMinor({ noticed }: Pick<ConversationState, 'noticed'>): boolean {
  return noticed.includes('minor');
}

type SentText =
  | 'voice'
  | 'file'
  | 'file_words'
  | 'sticker'
  | 'contact_other'
  | 'edited'
  | 'unsupported'
  | 'call'
  | 'place.ask'
  | 'place.elsewhere'
  | 'place.danger';

/** The numbers of an open danger were said before. `first`: nothing was said yet, so the talk begins here, like every talk. */
export function answerSent(talk: Talk, first: boolean): void {
  const { lines, links } = waysToCall(talk);
  const text = [sentText(talk), ...lines].join('\n');
  if (!first) return reply(talk, text, { choices: talk.state.offered, links });
  reply(talk, `${greeting(talk)}\n\n${text}`, { links });
  proceed(talk);
}

/** A telephone is a help to who cannot write, not to who only sends a smile. In a danger the numbers were said before. */
function waysToCall(talk: Talk): { lines: string[]; links: Link[] } {
  const { sent } = talk.incoming;
  if (sent === 'sticker' || sent === 'contact') return { lines: [], links: [] };
  const comune = comuneOf(talk);
  if (comune) {
    const line = callLine(talk, mainDesk(talk, comune), comune);
    return { lines: [sentWords(talk, 'call', { line })], links: [] };
  }
  if (talk.state.floor || isMinor(talk.state)) return { lines: [], links: [] };
  const { lines, links } = switchboards(talk);
  return { lines: [say(talk)('common:human_all'), ...lines], links };
}

/** Words under a picture were read, the picture was not: said before the answer, but not before the numbers of a danger. */
export function noteFile(talk: Talk): void {
  const { incoming, state, replies } = talk;
  if (incoming.kind !== 'message' || incoming.sent !== 'file' || incoming.text.trim() === '' || state.floor) return;
  const text = sentWords(talk, 'file_words');
  replies.unshift({ kind: 'text', lang: state.language, choices: [], links: [], case: null, text });
}

/** One's own number is words where it is asked for; elsewhere it is left unread, and unkept. */
export function withoutEarlyNumber(incoming: Incoming, before: ConversationState | undefined): Incoming {
  if (incoming.sent !== 'contact' || incoming.kind !== 'message' || (before && asksNumber(before))) return incoming;
  return { ...incoming, text: '' };
}

/** A way to be reached is what the talk waits for. */
export function asksNumber({ asking }: Pick<ConversationState, 'asking'>): boolean {
  if (asking.kind === 'request') return asking.question === 'request.contact';
  return asking.kind === 'case' && asking.what === 'contact';
}

function sentText(talk: Talk): string {
  const { sent, kind } = talk.incoming;
  if (sent === 'contact')
    return kind === 'message' ? say(talk)('sent:contact_early') : sentWords(talk, 'contact_other');
  // In danger a picture may show why: nobody is sent to a desk with it then.
  return sentWords(talk, sent && !talk.state.floor ? sent : 'unsupported');
}
