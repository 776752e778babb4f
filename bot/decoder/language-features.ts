// The features by which a language shows: its words and the pieces of them, with accents and without.
// What they weigh is learnt by train-language.ts.
import type { Token } from './normalise.ts';
import { addAll, addPieces, hash, toFeatures } from './vector.ts';
import type { Features } from './vector.ts';

/** A language shows in its first words. */
const MOST_WORDS = 60;
const LONGEST_WORD = 24;
/** Fewer than for needs: a language shows in few pieces. */
export const LANGUAGE_BUCKETS = 2 ** 16;

export function languageFeatures(tokens: readonly Token[]): Features {
  const found = new Set<number>();
  for (const { raw, folded } of tokens.slice(0, MOST_WORDS)) {
    const word = raw.toLowerCase().slice(0, LONGEST_WORD);
    found.add(hash(`LW${word}`));
    for (const form of new Set([`_${word}_`, `_${folded.slice(0, LONGEST_WORD)}_`])) addPieces(found, 'LP', form, 1, 4);
  }
  const vector = new Map<number, number>();
  addAll(vector, new Set(Array.from(found, (id) => id % LANGUAGE_BUCKETS)), 1, 20);
  return toFeatures(vector);
}
