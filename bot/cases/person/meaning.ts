// What words mean beside a question of yes and no: yes, no, yes on a condition. And whether a listed phrase stands in them.
// What an answer does is left to the files beside.
import { allOf, plain } from '../../options.ts';
import type { Words } from '../../words.ts';

/** `condition`: a yes with something behind it that may make it none. */
export type Answer = 'yes' | 'no' | 'condition';

type Key = 'yes' | 'no' | 'agree' | 'thanks' | 'greeting' | 'but' | 'stop' | 'cannot' | 'write_desk';
type Inside = `${'status' | 'open' | 'unanswered' | 'next' | 'appointment' | 'withdraw'}_inside`;

/** Nothing but thumbs and ticks. No words: they are not read, they are seen. */
const THUMBS = /^[\s\p{Emoji_Modifier}\u{fe0f}]*(?:[👍👌✅🆗][\s\p{Emoji_Modifier}\u{fe0f}]*)+$/u;

/** "Va benissimo, grazie mille", "sii", "ok i come"; a question is no answer. `undefined`: neither, or not only that. */
export function answerIn(text: string, words: Words): Answer | undefined {
  if (THUMBS.test(text)) return 'yes';
  if (text.includes('?') && said(text).length > 2) return undefined;
  const polite = phrases(['thanks', 'greeting'], words);
  const yes = phrases(['yes', 'agree'], words);
  if (isMadeOf(said(text), yes, polite)) return 'yes';
  if (isMadeOf(said(text), phrases(['no'], words), polite)) return 'no';
  return isCondition(said(text), yes, words) ? 'condition' : undefined;
}

/** Whether it begins with a yes. */
export function opensWithYes(text: string, words: Words): boolean {
  return allOf('yes', words).some((yes) => plain(text).startsWith(`${plain(yes)} `));
}

/** Whether one of the phrases stands in the text as it is. */
export function names(text: string, key: Inside | 'cannot', words: Words): boolean {
  const whole = ` ${plain(text)} `;
  return allOf(key, words).some((phrase) => whole.includes(` ${plain(phrase)} `));
}

/** Whether the text is one of the phrases, however long its letters are drawn. */
export function isSaid(text: string, key: Key, words: Words): boolean {
  return isMadeOf(said(text), phrases([key], words), []);
}

/** "Sì ma dopo le dieci": what follows the yes takes part of it back. */
function isCondition(heard: string[], yes: readonly string[][], words: Words): boolean {
  const opening = yes.find((phrase) => begins(heard, phrase));
  const buts = opening ? phrases(['but', 'cannot'], words) : [];
  return buts.some((but) => heard.some((_, at) => at > 0 && begins(heard, but, at)));
}

/** The words in the form that is compared: a letter drawn out counts once. */
function said(text: string): string[] {
  const whole = plain(text).replace(/(\p{L})\1+/gu, '$1');
  return whole === '' ? [] : whole.split(' ');
}

function phrases(keys: readonly Key[], words: Words): string[][] {
  return keys.flatMap((key) => allOf(key, words).map(said));
}

/** Phrases of either kind and nothing else, one of the first kind at least. */
function isMadeOf(heard: string[], main: readonly string[][], beside: readonly string[][]): boolean {
  // How far phrases reach from the beginning, without and with one of the first kind.
  const without = new Set([0]);
  const having = new Set<number>();
  for (let at = 0; at < heard.length; at += 1) {
    const ends = (all: readonly string[][]): number[] =>
      all.flatMap((phrase) => (begins(heard, phrase, at) ? at + phrase.length : []));
    if (without.has(at)) for (const end of ends(beside)) without.add(end);
    if (without.has(at)) for (const end of ends(main)) having.add(end);
    if (having.has(at)) for (const end of ends([...main, ...beside])) having.add(end);
  }
  return heard.length > 0 && having.has(heard.length);
}

function begins(heard: string[], phrase: string[], at = 0): boolean {
  return phrase.length > 0 && phrase.every((word, index) => heard[at + index] === word);
}
