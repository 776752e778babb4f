// Takes out streets and houses: "via dei Mille 12", "12 High Street", "strada Florilor nr. 3, bloc 2".
// Places with a name of their own are left to places.ts.
import { follows } from './tokens.ts';
import type { Token } from './tokens.ts';
import type { Lists } from './words.ts';

/** A street's name has so many words at most. */
const LONGEST = 5;
/** Said before it, they make a street of "via roma"; "andata via" is none. */
const STREET_PREPOSITIONS = new Set([
  'in',
  'a',
  'alla',
  'nella',
  'sulla',
  'abito',
  'sto',
  'vivo',
  'strada',
  'indirizzo',
]);

export function createAddresses(lists: Lists): (tokens: Token[]) => void {
  return (tokens) => {
    for (const [at, token] of tokens.entries()) {
      if (token.mark) continue;
      if (lists.streets.has(token.folded)) takeStreet(tokens, at, lists, true);
      else if (lists.looseStreets.has(token.folded)) takeStreet(tokens, at, lists, false);
      else if (lists.streetsAfter.has(token.folded)) takeStreetBefore(tokens, at, lists);
      else if (lists.doors.has(token.folded) && isHouse(tokens, at + 1, lists)) mark(tokens, at, at + 1);
    }
  };
}

function takeStreet(tokens: Token[], at: number, lists: Lists, sure: boolean): void {
  const name = nameAfter(tokens, at, lists);
  const house = houseAfter(tokens, Math.max(at, name), lists);
  const [word] = tokens.slice(at + 1).filter(({ folded }) => !lists.particles.has(folded));
  const preposition = isPutBefore(tokens, at) && word !== undefined && !isPlainWord(word, lists);
  if (name === at || !(sure || house > name || word?.capital === true || preposition)) return;
  const from = isHouse(tokens, at - 1, lists) && /^[\s,]{1,2}$/.test(tokens[at]?.gap ?? '') ? at - 1 : at;
  mark(tokens, from, Math.max(name, house));
}

function isPutBefore(tokens: Token[], at: number): boolean {
  return STREET_PREPOSITIONS.has(tokens[at - 1]?.folded ?? '');
}

/** "In via fittizia", "in via bonaria" are no streets; "in via roma" is one. */
function isPlainWord({ folded }: Token, { heard, keep, names }: Lists): boolean {
  return (
    (heard.has(folded) || /(?:ale|aria|oria|iva|izia|tica|ante|fica)$/.test(folded)) &&
    !keep.has(folded) &&
    !names.has(folded)
  );
}

/** The last word of the street's name; `at` itself where no name follows. */
function nameAfter(tokens: Token[], at: number, lists: Lists): number {
  let last = at;
  let named = false;
  for (let next = at + 1; next <= at + LONGEST && follows(tokens[next]); next += 1) {
    const token = tokens[next];
    if (!token || token.number || token.instead !== undefined || (named && lists.keep.has(token.folded))) break;
    const particle = lists.particles.has(token.folded);
    if (!particle && lists.small.has(token.folded)) break;
    // After the first word of the name only capital letters go on, or words up to a house number.
    if (named && !token.capital && houseWithin(tokens, next, lists) === undefined) break;
    if (!particle) {
      last = next;
      named = true;
    }
  }
  return last;
}

function houseWithin(tokens: Token[], from: number, lists: Lists): number | undefined {
  for (let next = from; next < from + 3; next += 1) {
    const token = tokens[next];
    if (!token || (next > from && !follows(token) && !token.number)) return undefined;
    if (isHouse(tokens, next, lists)) return next;
    if (lists.small.has(token.folded) && !lists.particles.has(token.folded)) return undefined;
  }
  return undefined;
}

/** "12", ", 12", "n. 12", "nr 12/b"; -1 where there is none. */
function houseAfter(tokens: Token[], at: number, lists: Lists): number {
  const word = tokens[at + 1]?.folded ?? '';
  const next = /^(?:n|nr|num|numero|no|civico|d|bud|д|буд|дом)$/.test(word) ? at + 2 : at + 1;
  if (!isHouse(tokens, next, lists) || !/^[\s,.:°º-]{0,3}$/.test(tokens[next]?.gap ?? '')) return -1;
  const letter = tokens[next + 1];
  return letter && /^\p{L}$/u.test(letter.text) && /^[\s/-]?$/.test(letter.gap) && !lists.small.has(letter.folded)
    ? next + 1
    : next;
}

function isHouse(tokens: Token[], at: number, lists: Lists): boolean {
  const token = tokens[at];
  const number = token !== undefined && (token.number || /^\d{1,4}\p{L}$/u.test(token.text));
  return number && !token.mark && !lists.units.has(tokens[at + 1]?.folded ?? '');
}

/** "12 High Street", "Mill Road". */
function takeStreetBefore(tokens: Token[], at: number, lists: Lists): void {
  let from = at;
  while (from > 0 && at - from < 3 && follows(tokens[from]) && isStreetWord(tokens[from - 1], lists)) from -= 1;
  if (from === at) return;
  const numbered = isHouse(tokens, from - 1, lists) && follows(tokens[from]);
  if (numbered) mark(tokens, from - 1, at);
  else if (tokens.slice(from, at).some((token) => token.capital && !token.first)) mark(tokens, from, at);
}

function isStreetWord(token: Token | undefined, lists: Lists): boolean {
  return token !== undefined && !token.number && !token.mark && !lists.small.has(token.folded);
}

function mark(tokens: Token[], from: number, to: number): void {
  for (const token of tokens.slice(from, to + 1)) token.mark = 'address';
}
