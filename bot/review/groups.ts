// The not-understood queue as a reviewer reads it: the same words once, the most frequent first, each with a number.
// Where the phrases come from is left to the store, how they are printed to print.ts.
import { normalise } from '../decoder/normalise.ts';
import type { UnclearPhrase } from '../ports.ts';

export interface Reading {
  why: UnclearPhrase['why'];
  said: UnclearPhrase['said'];
  corrected: UnclearPhrase['corrected'];
  count: number;
}

export interface Group {
  /** Five digits that depend on the words alone: the same at each listing, whatever else comes or goes. */
  number: number;
  lang: string;
  /** As it was written by one of them. */
  text: string;
  count: number;
  readings: Reading[];
  firstDay: string;
  lastDay: string;
  ids: string[];
}

const SMALLEST = 10_000;
const NUMBERS = 90_000;

export function groupPhrases(phrases: readonly UnclearPhrase[]): Group[] {
  const alike = new Map<string, UnclearPhrase[]>();
  for (const phrase of phrases) {
    const key = `${phrase.lang} ${normalise(phrase.text).folded}`;
    alike.set(key, [...(alike.get(key) ?? []), phrase]);
  }
  const taken = new Set<number>();
  const groups = [...alike]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, ones]) => toGroup(key, ones, taken));
  return groups.toSorted((a, b) => b.count - a.count || (a.lastDay < b.lastDay ? 1 : -1));
}

function toGroup(key: string, phrases: readonly UnclearPhrase[], taken: Set<number>): Group[] {
  const [first] = phrases;
  if (!first) return [];
  const days = phrases.map(({ day }) => day).toSorted();
  return [
    {
      number: numberOf(key, taken),
      lang: first.lang,
      text: first.text,
      count: phrases.length,
      readings: readingsOf(phrases),
      firstDay: days[0] ?? first.day,
      lastDay: days.at(-1) ?? first.day,
      ids: phrases.map(({ id }) => id),
    },
  ];
}

function readingsOf(phrases: readonly UnclearPhrase[]): Reading[] {
  const readings = new Map<string, Reading>();
  for (const { why, said, corrected } of phrases) {
    const key = [why, said, corrected].join(' ');
    const count = (readings.get(key)?.count ?? 0) + 1;
    readings.set(key, { why, said, corrected, count });
  }
  return [...readings.values()].toSorted((a, b) => b.count - a.count);
}

function numberOf(key: string, taken: Set<number>): number {
  let hash = 0;
  for (const letter of key) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  let number = SMALLEST + (hash % NUMBERS);
  while (taken.has(number)) number = SMALLEST + ((number - SMALLEST + 1) % NUMBERS);
  taken.add(number);
  return number;
}
