// Gathers what a text says: scores of needs, signs and answers, with what is only negated, figurative or past taken out.
// What it all means together is left to judge.ts.
import type { Need } from '../../flows/types.ts';
import type { Lexicon, Sign, Tag } from './lexicon.ts';
import { WEIGHTS } from './lexicon.ts';
import type { Token } from './normalise.ts';
import type { Found } from './pattern.ts';

/** How much, and how soon, the text speaks of one need. */
export interface NeedEvidence {
  need: Need;
  score: number;
  emergency: boolean;
  urgent: boolean;
  /** First word that spoke of it. */
  at: number;
}

export interface Evidence {
  tokens: Token[];
  needs: NeedEvidence[];
  signs: Map<Sign, Found<Tag>[]>;
  /** Values found, by question, in the order of the lexicon file. */
  answers: Map<string, string[]>;
  /** Places of the words that are only named to be ruled out: "it is not an eviction". */
  denied: Set<number>;
}

/** Words between "it is not" and the need that it rules out. */
const NEGATION_REACH = 2;
/** Words within which "two years ago" makes a danger past. */
const PAST_REACH = 12;

export function gather(tokens: Token[], lexicons: Lexicon[]): Evidence {
  const found = findAll(tokens, lexicons);
  const signs = new Map<Sign, Found<Tag>[]>();
  const ranked = new Map<string, Map<number, string>>();
  for (const hit of found) {
    const { tag } = hit;
    if (tag.kind === 'sign') put(signs, tag.sign, hit);
    if (tag.kind === 'answer')
      ranked.set(tag.question, (ranked.get(tag.question) ?? new Map<number, string>()).set(tag.rank, tag.value));
  }
  const answers = new Map([...ranked].map(([question, values]) => [question, inOrder(values)]));
  const negations = signs.get('negation') ?? [];
  const isDenied = (hit: Found<Tag>): boolean => negations.some((negation) => rulesOut(negation, hit, tokens));
  const standing = found.filter((hit) => !isDenied(hit));
  const denied = new Set(found.filter(isDenied).flatMap(({ start, end }) => [...tokens.keys()].slice(start, end)));
  return { tokens, needs: weigh(standing, signs), signs, answers, denied };
}

/** Words of a figure of speech ("to die of laughing") are made unreadable, so that nothing else is read in them. */
function findAll(tokens: Token[], lexicons: Lexicon[]): Found<Tag>[] {
  const find = (words: Token[]): Found<Tag>[] => lexicons.flatMap((lexicon) => lexicon.matcher.find(words));
  const found = find(tokens);
  const hidden = new Set<number>();
  for (const { tag, start, end } of found)
    if (tag.kind === 'sign' && tag.sign === 'lookalike') for (let at = start; at < end; at += 1) hidden.add(at);
  if (hidden.size === 0) return found;
  return find(tokens.map((token, at) => (hidden.has(at) ? { ...token, folded: '_', doubled: '_' } : token)));
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Values in the order of the lexicon file: the first that applies is the one that counts. */
function inOrder(values: Map<number, string>): string[] {
  return [...values].sort(([a], [b]) => a - b).map(([, value]) => value);
}

function rulesOut(negation: Found<Tag>, hit: Found<Tag>, tokens: Token[]): boolean {
  if (hit.tag.kind !== 'need' || hit.start <= negation.start || hit.start - negation.end > NEGATION_REACH) return false;
  return !tokens.slice(negation.end, hit.start + 1).some((token) => token.clause);
}

function weigh(found: Found<Tag>[], signs: Map<Sign, Found<Tag>[]>): NeedEvidence[] {
  const needs = new Map<Need, NeedEvidence & { weights: number[]; seen: Set<string> }>();
  const past = signs.has('again') ? [] : (signs.get('past') ?? []);
  for (const hit of found) {
    if (hit.tag.kind !== 'need') continue;
    const { need, strength } = hit.tag;
    const known = needs.get(need) ?? {
      need,
      score: 0,
      emergency: false,
      urgent: false,
      at: hit.start,
      weights: [],
      seen: new Set<string>(),
    };
    needs.set(need, known);
    if (known.seen.has(hit.source)) continue;
    known.seen.add(hit.source);
    const over = past.some((sign) => Math.abs(sign.start - hit.start) <= PAST_REACH);
    known.emergency ||= strength === 'emergency' && !over;
    known.urgent ||= (strength === 'urgent' || strength === 'emergency') && !over;
    known.weights.push(over && strength === 'emergency' ? WEIGHTS.strong : WEIGHTS[strength]);
  }
  return [...needs.values()].map(({ need, weights, emergency, urgent, at }) => ({
    need,
    score: sum(weights),
    emergency,
    urgent,
    at,
  }));
}

/** The strongest sign counts whole, each further one half of the one before: many words for one thing are one thing. */
function sum(weights: number[]): number {
  return weights.sort((a, b) => b - a).reduce((total, weight, at) => total + weight * 0.5 ** at, 0);
}
