// Takes out people's names: after "mi chiamo" and titles, known names, and capital letters that nothing else explains.
// Streets, which have names too, are taken out before, in addresses.ts.
import { follows } from './tokens.ts';
import type { Token } from './tokens.ts';
import type { Lists } from './words.ts';

/** A name has so many words at most. */
const LONGEST = 4;
/** A word of so many letters may be a common one with one letter wrong. */
const MENDED_FROM = 8;
/** "Sono disoccupata", "soy desempleado", "I am evicted": what somebody is, not who. */
const STATE = /^.{5,}(?:[aiu]t[aoie]|[aiu]d[ao]s?|ing|ed|les+|ful)$/;
/** In a text where so many words have a capital letter, a capital letter says less. */
const TITLED = 0.6;

export function createNames(lists: Lists): (tokens: Token[]) => void {
  const known = createKnown(lists);
  return (tokens) => {
    const titled = isTitled(tokens);
    for (const at of tokens.keys()) {
      introduced(tokens, at, lists, known);
      entitled(tokens, at, lists, known);
      if (isName(tokens, at, lists, known, titled)) mark(tokens[at]);
    }
    extend(tokens, lists, known);
  };
}

/** Everybody's word; with `heard` one that a single voice wrote too; with `mended` also one with a letter wrong. */
type Known = (token: Token, how?: 'heard' | 'mended') => boolean;

function createKnown({ common, heard, keep, small, names }: Lists): Known {
  const byLength = new Map<number, string[]>();
  for (const word of common) {
    const alike = byLength.get(word.length);
    if (alike) alike.push(word);
    else byLength.set(word.length, [word]);
  }
  const near = new Map<string, boolean>();
  const mended = (word: string): boolean =>
    [word.length - 1, word.length, word.length + 1].some((length) =>
      byLength.get(length)?.some((one) => one[0] === word[0] && oneApart(one, word)),
    );
  return ({ folded }, how) => {
    if (common.has(folded) || keep.has(folded) || small.has(folded)) return true;
    if (how === undefined || names.has(folded)) return false;
    if (heard.has(folded)) return true;
    if (how === 'heard' || folded.length < MENDED_FROM || folded.length > 24) return false;
    const found = near.get(folded) ?? mended(folded);
    // Few are asked twice; a bound keeps a flood from filling the memory.
    if (near.size > 2000) near.clear();
    near.set(folded, found);
    return found;
  };
}

function isNamed({ names, surnames, capitalNames }: Lists, { folded }: Token): boolean {
  return names.has(folded) || surnames.has(folded) || capitalNames.has(folded);
}

function introduced(tokens: Token[], at: number, lists: Lists, known: Known): void {
  const begins = (phrase: string[]): boolean => phrase.every((word, index) => tokens[at + index]?.folded === word);
  const sure = lists.introductions.find(begins);
  const phrase = sure ?? lists.presenting.find(begins);
  if (!phrase) return;
  const start = at + phrase.length;
  for (let next = start; next < start + LONGEST; next += 1) {
    const token = tokens[next];
    if (!token || token.number || !/^[\s:='’"«(-]*$/.test(token.gap) || lists.keep.has(token.folded)) return;
    const certain = sure !== undefined && next === start && !lists.small.has(token.folded);
    const named = isNamed(lists, token) && (next > start || sure !== undefined || token.capital);
    const how = next === start ? 'mended' : 'heard';
    const state = !token.capital && STATE.test(token.folded);
    if (!certain && !named && (state || known(token, token.capital ? undefined : how))) return;
    mark(token);
  }
}

function entitled(tokens: Token[], at: number, lists: Lists, known: Known): void {
  // "sig.ra" is two words.
  const short = [tokens[at]?.folded, `${tokens[at]?.folded}${tokens[at + 1]?.folded}`];
  const length = short.findLastIndex((word) => word !== undefined && lists.shortTitles.has(word)) + 1;
  const title = lists.titles.has(tokens[at]?.folded ?? '');
  const token = tokens[at + Math.max(1, length)];
  if (!token || token.number || (length === 0 && !title) || !/^[\s.]{0,2}$/.test(token.gap)) return;
  if (lists.keep.has(token.folded) || lists.small.has(token.folded)) return;
  const shortened = length > 0 && !known(token);
  const named = lists.names.has(token.folded) || lists.surnames.has(token.folded);
  if (shortened || token.capital || named || (title && !known(token, 'heard'))) mark(token);
}

/** A word that is a name by itself. */
function isName(tokens: Token[], at: number, lists: Lists, known: Known, titled: boolean): boolean {
  const token = tokens[at];
  if (!token || token.number || token.mark || token.instead !== undefined) return false;
  if (lists.names.has(token.folded)) return true;
  if (!token.capital || lists.keep.has(token.folded) || isInitial(token) || isTitle(tokens, at, lists)) return false;
  if (token.first) return !known(token, 'mended') && !lists.capitalNames.has(token.folded);
  if (lists.capitalNames.has(token.folded) || lists.surnames.has(token.folded)) return !titled;
  return !known(token);
}

/** "Sig.", "Sig.ra", "Signora": said of a name, none itself. */
function isTitle(tokens: Token[], at: number, { titles, shortTitles }: Lists): boolean {
  const [word = '', next = ''] = tokens.slice(at, at + 2).map(({ folded }) => folded);
  return titles.has(word) || shortTitles.has(word) || shortTitles.has(word + next);
}

/** "I", "È", "O": one letter names nobody by itself. */
function isInitial({ text }: Token): boolean {
  return [...text].length === 1;
}

/** The words beside a name that belong to it: further names, initials, a family name in small letters. */
function extend(tokens: Token[], lists: Lists, known: Known): void {
  const belongs = (token: Token | undefined, name: Token): token is Token => {
    if (!token || token.mark || token.number || token.instead !== undefined || lists.keep.has(token.folded))
      return false;
    if (lists.surnames.has(token.folded)) return true;
    if (token.capital && !token.first) return true;
    return isNamed(lists, name) && !known(token, 'heard') && /\p{Script=Latin}|\p{Script=Cyrillic}/u.test(token.text);
  };
  for (const [at, token] of tokens.entries()) {
    if (token.mark !== 'name') continue;
    if (follows(tokens[at + 1]) && belongs(tokens[at + 1], token)) mark(tokens[at + 1]);
    // "Maria De Rossi", "Omar el Idrissi": the small word between two parts of a name.
    const between = tokens[at + 1];
    const beyond = tokens[at + 2];
    if (between && lists.particles.has(between.folded) && between.capital && follows(beyond) && belongs(beyond, token))
      [between, beyond].forEach(mark);
  }
  for (const at of [...tokens.keys()].toReversed()) {
    const before = tokens[at - 1];
    const name = tokens[at];
    if (name?.mark !== 'name' || !follows(name) || !belongs(before, name)) continue;
    if (before.capital || lists.surnames.has(before.folded)) mark(before);
  }
}

function mark(token: Token | undefined): void {
  if (token && !token.mark && token.instead === undefined) token.mark = 'name';
}

function isTitled(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ number }) => !number);
  return words.length >= 5 && words.filter(({ capital }) => capital).length / words.length >= TITLED;
}

/** One letter more, less, or another one. */
function oneApart(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return Math.max(a.length, b.length) - start - tail <= 1;
}
