// A text as words with what stands between them, and the text again once some of them were taken out.
// Which ones are taken out is left to places.ts, addresses.ts and names.ts.
import { MARKS } from './shapes.ts';
import type { Mark } from './shapes.ts';
import { fold } from './words.ts';

export interface Token {
  text: string;
  folded: string;
  /** What stands between the word before and this one. */
  gap: string;
  /** Begins with a capital letter that means something: the text is not all capitals. */
  capital: boolean;
  /** First word of a sentence: its capital letter means nothing. */
  first: boolean;
  /** Digits only, or the mark of a number. */
  number: boolean;
  mark?: Mark;
  /** Said instead of the word. */
  instead?: string;
}

const WORD = /[\p{L}\p{M}\p{N}]+|\uE003/gu;
/** A text is shouted when so many of its letters are capitals. */
const SHOUTED = 0.6;

export function toTokens(text: string): { tokens: Token[]; end: string } {
  const shouted = isShouted(text);
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    tokens.push({
      text: match[0],
      folded: fold(match[0]),
      gap,
      capital: !shouted && /^\p{Lu}/u.test(match[0]),
      first: tokens.length === 0 || /[.!?…\n¿¡"«]/u.test(gap),
      number: /^(?:\p{Nd}{1,4}|\uE003)$/u.test(match[0]),
    });
  }
  return { tokens, end: text.slice(end) };
}

/** Neighbours taken out for the same reason become one. */
export function fromTokens({ tokens, end }: { tokens: readonly Token[]; end: string }): string {
  let text = '';
  let before: Token | undefined;
  for (const token of tokens) {
    const same = before?.mark !== undefined && before.mark === token.mark && !/[!?\n;\uE000-\uE0FF]/u.test(token.gap);
    if (!same) text += token.gap + (token.mark ? MARKS[token.mark] : (token.instead ?? token.text));
    before = token;
  }
  return text + end;
}

/** Nothing but spaces, apostrophes, hyphens or a dot of abbreviation stands between this word and the one before. */
export function follows(token: Token | undefined): boolean {
  return token !== undefined && /^(?:[\s'’-]{1,3}|\.\s?)$/.test(token.gap);
}

function isShouted(text: string): boolean {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals >= 8 && capitals / (capitals + small) > SHOUTED;
}
