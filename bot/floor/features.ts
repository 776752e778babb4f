// A text as numbered features for the floor's ear: words, pairs of words, pieces of words, hashed into one table.
// What the numbers weigh is left to the trained table (ear.ts), how they are learned to train.ts.
import { tokens } from './normalise.ts';

/** Size of the table: a power of two, so that a hash is cut by a mask. */
export const BUCKETS = 1 << 17;

/** Longer texts are heard at both ends: what matters is said first or last, and the time stays bounded. */
const MOST_WORDS = 400;
/** Pairs are taken across so many words: "mi ha ... picchiata". */
const REACH = 3;

/** Distinct feature numbers below BUCKETS, in order of appearance. */
export function featuresOf(text: string): number[] {
  const all = tokens(text);
  const words = all.length <= MOST_WORDS ? all : [...all.slice(0, MOST_WORDS / 2), ...all.slice(-MOST_WORDS / 2)];
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
  return [...found];
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
