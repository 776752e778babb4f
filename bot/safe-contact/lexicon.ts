// Loads the words of words.yaml: for each language, which phrase means what for how and when somebody may be contacted.
// How a sentence is cut into them is left to tokens.ts, what it then says to clauses.ts.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What a word may be about; the lists of words.yaml bear these names. */
export const CONCEPTS = [
  'never',
  'except',
  'only',
  'ok',
  'can',
  'all',
  'also',
  'and',
  'but',
  'reason',
  'condition',
  'risk',
  'lack',
  'person',
  'self',
  'call',
  'contact',
  'write',
  'app',
  'mail',
  'voicemail',
  'place',
  'holiday',
  'before',
  'after',
  'on',
  'from',
  'to',
  'between',
  'half',
  'quarter',
  'pm',
  'am',
  'hour',
  'fill',
] as const;
export type Concept = (typeof CONCEPTS)[number];

/** Minutes of the day, from midnight in Europe/Rome; `to` is at most 1440. */
export interface Span {
  from: number;
  to: number;
}

/** A part of the day: when it surely is, and when it may be. */
export interface DayPart {
  allow: Span[];
  ban: Span[];
}

export type Meaning =
  { kind: Concept } | { kind: 'days'; days: number[] } | { kind: 'part'; part: DayPart } | { kind: 'time'; at: number };

export interface Lexicon {
  /** A phrase may mean two things: "del pomeriggio" is a part of the day, and tells which four o'clock. */
  phrases: ReadonlyMap<string, Meaning[]>;
  /** Words of the longest phrase. */
  longest: number;
}

interface Words {
  parts: Record<string, { allow: string[]; ban: string[] }>;
  languages: Record<string, Language>;
}
type Language = Record<Concept, string[]> & {
  days: Record<string, number[]>;
  parts: Record<string, string>;
  numbers: Record<string, number>;
};

export const LEXICONS: ReadonlyMap<string, Lexicon> = load();

function load(): Map<string, Lexicon> {
  const words: Words = parse(readFileSync(new URL('words.yaml', import.meta.url), 'utf8'));
  return new Map(Object.entries(words.languages).map(([language, lists]) => [language, lexiconOf(lists, words)]));
}

function lexiconOf(lists: Language, words: Words): Lexicon {
  const phrases = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning): void =>
    void phrases.set(phrase, [...(phrases.get(phrase) ?? []), meaning]);
  for (const kind of CONCEPTS) for (const phrase of lists[kind]) add(phrase, { kind });
  for (const [phrase, days] of Object.entries(lists.days)) add(phrase, { kind: 'days', days });
  for (const [phrase, name] of Object.entries(lists.parts)) add(phrase, { kind: 'part', part: partOf(words, name) });
  for (const [phrase, hour] of Object.entries(lists.numbers)) add(phrase, { kind: 'time', at: hour * 60 });
  return { phrases, longest: Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length)) };
}

function partOf({ parts }: Words, name: string): DayPart {
  const found = parts[name];
  if (!found) throw new Error(`words.yaml names a part of the day it does not describe: ${name}`);
  return { allow: found.allow.map(spanOf), ban: found.ban.map(spanOf) };
}

function spanOf(text: string): Span {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { from, to };
}
