// Turns a text into numbers a linear model can weigh: pieces of words, words, pairs, and what the lexicon found in it.
// What each number says of the need is learnt by train.ts, and read back by model.ts.
import type { Thing } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import type { Meaning } from './gloss.ts';
import type { Judged } from './judge.ts';
import type { Token } from './normalise.ts';
import { add, addAll, addPieces, hash, pairOf, toFeatures } from './vector.ts';
import type { Features } from './vector.ts';

/** Words beyond this many say nothing new of the need. */
const MOST_WORDS = 300;
const LONGEST_WORD = 24;
/** Things so many words apart are said together. */
const NEAR = 7;

/** Weight of each kind of feature, all of a kind taken together. */
const SHARES = {
  pieces: 1,
  words: 0.9,
  things: 2,
  pairs: 0.7,
  meanings: 1.5,
  together: 0.7,
  families: 1,
  lexicon: 0.5,
};
/** Meanings so many words apart are said together; families, a little more. */
const NEXT_MEANINGS = 3;
const NEXT_FAMILIES = 4;
/** Of the sizes of families the one whose pairs are counted: neither too wide nor too narrow. */
const PAIRED_SIZE = 1;
/** Kinds of pairs, so that two of different kinds are never one feature. */
const PAIR = { next: 1, skip: 2, phrase: 3, meanings: 4, families: 5 };

export interface Found {
  evidence: Evidence;
  judged: Judged;
  things: readonly Thing[];
  meanings: readonly Meaning[];
}

/** Without `found` the words alone are read. */
export function featuresOf(tokens: readonly Token[], found: Found | undefined): Features {
  const said = tokens.filter((_, at) => found?.evidence.denied.has(at) !== true);
  const words = said.slice(0, MOST_WORDS).map(({ folded }) => folded.slice(0, LONGEST_WORD));
  const vector = new Map<number, number>();
  addAll(vector, pieces(words), SHARES.pieces);
  addAll(vector, wordsAndPairs(words), SHARES.words);
  if (found !== undefined) {
    const things = found.things.filter(({ at }) => !found.evidence.denied.has(at));
    addAll(vector, new Set(things.map(({ name }) => hash(`C${name}`))), SHARES.things, 4);
    addAll(vector, pairs(things), SHARES.pairs);
    addMeanings(
      vector,
      found.meanings.filter(({ at }) => !found.evidence.denied.has(at)),
    );
    for (const [name, value] of told(found)) add(vector, hash(`L${name}`), value * SHARES.lexicon);
  }
  return toFeatures(vector);
}

/** Two to five letters of a word, its beginning and end marked: half of a misspelt word is still read. */
function pieces(words: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const word of words) addPieces(found, 'P', `_${word}_`, 2, 5);
  return found;
}

function wordsAndPairs(words: readonly string[]): Set<number> {
  const found = new Set<number>();
  const ids = words.map((word) => hash(`W${word}`));
  for (const [at, word] of words.entries()) {
    const [here = 0, next, after] = ids.slice(at, at + 3);
    found.add(here);
    found.add(hash(`S${sound(word)}`));
    if (next !== undefined) found.add(pairOf(PAIR.next, here, next));
    if (next === undefined || after === undefined) continue;
    found.add(
      isSign(word) ? pairOf(PAIR.phrase, pairOf(PAIR.next, here, next), after) : pairOf(PAIR.skip, here, after),
    );
  }
  return found;
}

/** Things named near each other, in order: "no money", "husband hits", "sleep car". */
function pairs(things: readonly Thing[]): Set<number> {
  const found = new Set<number>();
  for (const [at, first] of things.entries())
    for (const second of things.slice(at + 1, at + 12))
      if (second.at - first.at <= NEAR && second.name !== first.name) found.add(hash(`D${first.name}>${second.name}`));
  return found;
}

/** What the words mean, whatever the language; what meanings, and families of them, stand near each other. */
function addMeanings(vector: Map<number, number>, meanings: readonly Meaning[]): void {
  addAll(vector, new Set(meanings.map(({ id }) => id)), SHARES.meanings, 6);
  const near = new Set<number>();
  const families = new Set<number>();
  for (let at = 0; at < meanings.length; at += 1)
    for (let gap = 1; gap <= NEXT_FAMILIES && at + gap < meanings.length; gap += 1) {
      const [first, second] = [meanings[at], meanings[at + gap]];
      if (first === undefined || second === undefined) continue;
      if (gap <= NEXT_MEANINGS) near.add(pairOf(PAIR.meanings, first.id, second.id));
      const [a, b] = [first.families[PAIRED_SIZE], second.families[PAIRED_SIZE]];
      if (a !== undefined && b !== undefined && a !== b)
        families.add(pairOf(PAIR.families, Math.min(a, b), Math.max(a, b)));
    }
  addAll(vector, near, SHARES.together);
  for (const size of [0, 1, 2])
    addAll(vector, new Set(meanings.flatMap((one) => one.families[size] ?? [])), SHARES.families, 6);
  addAll(vector, families, SHARES.together);
}

/** As it is heard, roughly: no doubled letters, no h, k for c and q, i for y. "Boleta" is "bolletta". */
function sound(word: string): string {
  return word.replace(/(.)\1/gu, '$1').replace(/h/g, '').replace(/[cq]/g, 'k').replace(/y|j/g, 'i').slice(0, 8);
}

/** One character that is a word: two of them make a pair, three a phrase. */
function isSign(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
}

/** What the lexicon and its rules found, each with how much. */
function told({ evidence, judged }: Found): [string, number][] {
  const said: [string, number][] = [
    [`need ${judged.need ?? 'none'}`, 2],
    [`area ${judged.area}`, 1],
    [`urgency ${judged.urgency}`, 1.5],
    [`whom ${judged.forWhom}`, 1.5],
    [`second ${judged.secondaryArea ?? 'none'}`, 1],
    [`length ${Math.min(5, Math.floor(Math.log2(evidence.tokens.length + 1)))}`, 0.5],
  ];
  for (const need of judged.otherNeeds) said.push([`other ${need}`, 1]);
  for (const { need, score, emergency, urgent } of evidence.needs) {
    said.push([`score ${need}`, Math.min(score, 8) / 4]);
    if (emergency) said.push([`emergency ${need}`, 1]);
    else if (urgent) said.push([`urgent ${need}`, 1]);
  }
  for (const sign of evidence.signs.keys()) said.push([`sign ${sign}`, 1]);
  for (const [question, values] of evidence.answers)
    for (const value of values) said.push([`${question} ${value}`, 0.7]);
  return said;
}
