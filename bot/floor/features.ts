// A text as numbered features for the floor's ear: words, pairs, pieces, and what they mean, hashed into one table.
// What the numbers weigh is left to the trained table (ear.ts), how they are learned to train.ts.
import { createFindMeanings } from '../decoder/gloss.ts';
import type { Meaning } from '../decoder/gloss.ts';
import { createLikelyLanguages } from '../decoder/languages-likely.ts';
import { tokenise } from '../decoder/normalise.ts';
import { tokens } from './normalise.ts';

/** Size of the table: a power of two, so that a hash is cut by a mask. */
export const BUCKETS = 1 << 17;

/** Longer texts are heard at both ends: what matters is said first or last, and the time stays bounded. */
const MOST_WORDS = 400;
/** More characters than so many words have. */
const LONGEST = 6_000;
/** Pairs are taken across so many words: "mi ha ... picchiata". */
const REACH = 3;
/** Meanings so many words apart stand together. */
const NEAR = 3;
/** Of the sizes of families the one whose pairs are counted. */
const PAIRED_SIZE = 1;

const findMeanings = createFindMeanings();
const likelyLanguages = createLikelyLanguages();

/** Distinct feature numbers below BUCKETS, in order of appearance. */
export function featuresOf(whole: string): number[] {
  const text = whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST / 2)} ${whole.slice(-LONGEST / 2)}`;
  const words = twoEnds(tokens(text));
  const found = new Set<number>();
  const add = (kind: string, value: string): void => void found.add(hash(kind + value));
  for (const [at, word] of words.entries()) {
    add('w', word);
    for (let gap = 1; gap <= REACH; gap += 1) {
      const other = words[at + gap];
      if (other !== undefined) add(gap === 1 ? 'b' : 's', `${word} ${other}`);
    }
    const third = words[at + 2];
    if (third !== undefined) add('t', `${word} ${words[at + 1]} ${third}`);
    const edged = `_${word.slice(0, 24)}_`;
    for (let size = 3; size <= 5; size += 1)
      for (let from = 0; from + size <= edged.length; from += 1) add('c', edged.slice(from, from + size));
  }
  addMeanings(text, add);
  return [...found];
}

function twoEnds<T>(all: T[]): T[] {
  return all.length <= MOST_WORDS ? all : [...all.slice(0, MOST_WORDS / 2), ...all.slice(-MOST_WORDS / 2)];
}

/** What the words mean, so that what was learned in one language is heard in another. A wrong language loses only these. */
function addMeanings(text: string, add: (kind: string, value: string) => void): void {
  const words = twoEnds(tokenise(text));
  const meanings = findMeanings(words, likelyLanguages(words));
  for (const [at, one] of meanings.entries()) {
    add('m', one.name);
    for (const family of one.families) add('f', String(family));
    for (const other of meanings.slice(at + 1, at + 1 + NEAR)) addPair(one, other, add);
  }
}

function addPair(one: Meaning, other: Meaning, add: (kind: string, value: string) => void): void {
  add('mm', `${one.name} ${other.name}`);
  const pair = [one.families[PAIRED_SIZE], other.families[PAIRED_SIZE]];
  if (pair[0] !== undefined && pair[1] !== undefined) add('ff', pair.join(' '));
}

/** FNV-1a over UTF-16 units, cut to the table. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  value ^= value >>> 15;
  return (value >>> 0) & (BUCKETS - 1);
}
