// Reads lexicon/<language>.yaml: which words speak for which need, urgency, person or answer.
// How the signs are weighed against each other is left to evidence.ts and judge.ts.
import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { NEEDS } from '../../flows/types.ts';
import type { Area, Need } from '../../flows/types.ts';
import { ConfigError } from '../errors.ts';
import { Matcher } from './pattern.ts';
import type { Sets } from './pattern.ts';

/** What a pattern of a need weighs. `emergency` and `urgent` also tell how soon. */
export const WEIGHTS = { emergency: 6, urgent: 5, strong: 4, good: 2, hint: 1 } as const;
export type Strength = keyof typeof WEIGHTS;

/** Signs about the person and the moment, not about one need. */
export const SIGNS = [
  'negation',
  'past',
  'again',
  'lookalike',
  'frail',
  'small_child',
  'child',
  'days',
  'later',
  'first_person',
  'other_person',
  'household',
  'client',
  'close_person',
  'victim',
  'own_age',
  'minor_writes',
  'followed',
  'off_topic',
  'thanks',
  'info',
] as const;
export type Sign = (typeof SIGNS)[number];

export type Tag =
  | { kind: 'need'; need: Need; strength: Strength }
  | { kind: 'sign'; sign: Sign }
  | { kind: 'answer'; question: string; value: string; rank: number };

export interface Lexicon {
  lang: string;
  matcher: Matcher<Tag>;
}

const AREA_OF = new Map<string, Area>();
for (const area of ['economic', 'housing', 'relational', 'health'] as const)
  for (const need of NEEDS[area]) AREA_OF.set(need, area);

export function areaOf(need: Need): Area {
  return AREA_OF.get(need) ?? 'economic';
}

/** All lexicons of a folder, by language. Throws ConfigError naming every file and pattern that cannot be read. */
export function readLexicons(folder: URL = new URL('lexicon/', import.meta.url)): Map<string, Lexicon> {
  const lexicons = new Map<string, Lexicon>();
  const problems: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const lang = /^([a-z]{2})\.yaml$/.exec(file)?.[1];
    if (lang === undefined) continue;
    const matcher = new Matcher<Tag>();
    const wrong = fill(matcher, readFileSync(new URL(file, folder), 'utf8'));
    problems.push(...[...wrong, ...matcher.problems].map((problem) => `${file}: ${problem}`));
    lexicons.set(lang, { lang, matcher });
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return lexicons;
}

function fill(matcher: Matcher<Tag>, text: string): string[] {
  const problems: string[] = [];
  const file = section(parse(text));
  const sets = readSets(file['sets']);
  for (const [need, strengths] of Object.entries(section(file['needs']))) {
    if (!isNeed(need)) problems.push(`needs: ${need} is not a need`);
    else
      for (const [strength, patterns] of Object.entries(section(strengths))) {
        if (!isStrength(strength))
          problems.push(`${need}: ${strength} must be one of ${Object.keys(WEIGHTS).join(', ')}`);
        else for (const source of lines(patterns)) matcher.add(source, { kind: 'need', need, strength }, sets);
      }
  }
  for (const [sign, patterns] of Object.entries(section(file['signs']))) {
    if (!isSign(sign)) problems.push(`signs: ${sign} is not a sign`);
    else for (const source of lines(patterns)) matcher.add(source, { kind: 'sign', sign }, sets);
  }
  for (const [question, values] of Object.entries(section(file['answers'])))
    for (const [rank, [value, patterns]] of Object.entries(section(values)).entries())
      for (const source of lines(patterns)) matcher.add(source, { kind: 'answer', question, value, rank }, sets);
  return problems;
}

function readSets(value: unknown): Sets {
  return Object.fromEntries(
    Object.entries(section(value)).map(([name, words]) => [name, String(words).trim().split(/\s+/)]),
  );
}

export function section(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** One pattern a line; lines that begin with # are remarks. */
export function lines(value: unknown): string[] {
  return String(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export function isNeed(text: string): text is Need {
  return AREA_OF.has(text);
}

function isStrength(text: string): text is Strength {
  return Object.hasOwn(WEIGHTS, text);
}

function isSign(text: string): text is Sign {
  return SIGNS.some((sign) => sign === text);
}
