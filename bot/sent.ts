// What is sent instead of words (a voice, a picture, a sticker, somebody's number), and what can be done instead.
// Telling them apart is left to the channel; nothing of them is kept.
import { callLine } from './desk-lines.ts';
import { comuneOf, mainDesk } from './human.ts';
import type { Incoming } from './message.ts';
import type { ConversationState } from './state.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

/** The numbers of an open danger were said before. */
export function answerSent(talk: Talk): void {
  const words = say(talk);
  const { sent } = talk.incoming;
  const comune = comuneOf(talk);
  // A telephone is a help to who cannot write, not to who only sends a smile.
  const calls = comune !== undefined && sent !== 'sticker' && sent !== 'contact';
  const call = calls && words('common:unsupported_call', { line: callLine(talk, mainDesk(talk, comune), comune) });
  reply(talk, [sentText(talk), ...(call ? [call] : [])].join('\n'), { choices: talk.state.offered });
}

/** Words under a picture were read, the picture was not: said before the answer, but not before the numbers of a danger. */
export function noteFile({ incoming, state, replies, env }: Talk): void {
  if (incoming.kind !== 'message' || incoming.sent !== 'file' || incoming.text.trim() === '' || state.floor) return;
  const text = env.words.say(state.language)('sent:file_words');
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
  const words = say(talk);
  const { sent, kind } = talk.incoming;
  if (sent === 'contact') return words(kind === 'message' ? 'sent:contact_early' : 'sent:contact_other');
  // In danger a picture may show why: nobody is sent to a desk with it then.
  return sent && !talk.state.floor ? words(`sent:${sent}`) : words('common:unsupported');
}
