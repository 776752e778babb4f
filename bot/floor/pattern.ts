// Reads a sign as it is written in signs/*.yaml and finds it among the tokens of a text, in bounded time.
// What the signs are is left to the YAML files; what a find means to detect.ts.
import type { Lexicon } from './lexicon.ts';
import { END, tokens } from './normalise.ts';

/** Words that may lie between two steps: `..` few, `...` more. */
const GAPS: Record<string, number> = { '..': 3, '...': 7 };

interface Step {
  /** Ways to say it, each a row of word numbers. */
  ways: number[][];
  optional: boolean;
  /** Words that may come before it. */
  gap: number;
}

export interface Pattern {
  source: string;
  steps: Step[];
}

/** Tokens from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** What each token of a text is: the word numbers it answers to, `null` at the end of a sentence. */
export type Row = (ReadonlySet<number> | null)[];

/** `groups` are the `@name` lists. Throws on a sign that cannot be read, naming it. */
export function readPattern(source: string, groups: Record<string, string[]>, lexicon: Lexicon): Pattern {
  const steps: Step[] = [];
  let gap = 0;
  for (const item of source.trim().split(/\s+/)) {
    const wide = GAPS[item];
    if (wide !== undefined) {
      gap = wide;
      continue;
    }
    const optional = item.endsWith('?');
    const ways = item
      .replace(/\?$/, '')
      .split('|')
      .flatMap((way) => expand(way, groups, source));
    steps.push({ ways: ways.map((way) => wordNumbers(way, lexicon, source)), optional, gap });
    gap = 0;
  }
  if (steps.length === 0 || steps[0]?.optional) throw new Error(`sign "${source}": its first word may not be optional`);
  return { source, steps };
}

function expand(way: string, groups: Record<string, string[]>, source: string): string[] {
  if (!way.startsWith('@')) return [way];
  const group = groups[way.slice(1)];
  if (!group) throw new Error(`sign "${source}": there is no group "${way}"`);
  return group.flatMap((member) => expand(String(member), groups, source));
}

function wordNumbers(way: string, lexicon: Lexicon, source: string): number[] {
  const words = tokens(way.replaceAll('_', ' ').replace('*', ''));
  if (words.length === 0 || words.includes(END)) throw new Error(`sign "${source}": "${way}" is not a word`);
  return words.map((word, at) => lexicon.add(word, way.endsWith('*') && at === words.length - 1));
}

/** Whether every needed step has a word somewhere in the text: a quick look before the search. */
export function mayMatch(pattern: Pattern, places: Places): boolean {
  return pattern.steps.every((step) => step.optional || step.ways.some((way) => way.every((word) => places.has(word))));
}

/** Where each word number stands in a text. */
export type Places = ReadonlyMap<number, number[]>;

/** Every place where the pattern begins, with its farthest end. */
export function find(pattern: Pattern, row: Row, places: Places): Span[] {
  const starts = new Set(pattern.steps[0]?.ways.flatMap(([first = -1]) => places.get(first) ?? []));
  return [...starts].flatMap((start) => {
    const end = farthestEnd(pattern, row, start);
    return end === undefined ? [] : [{ start, end }];
  });
}

function farthestEnd(pattern: Pattern, row: Row, start: number): number | undefined {
  let ends = new Set([start]);
  for (const step of pattern.steps) {
    const next = new Set<number>(step.optional ? ends : []);
    for (const from of ends) {
      for (let at = from; at <= from + step.gap && at < row.length && row[at] !== null; at++) {
        for (const way of step.ways) if (way.every((word, i) => row[at + i]?.has(word))) next.add(at + way.length);
      }
    }
    if (next.size === 0) return undefined;
    ends = next;
  }
  return Math.max(...ends);
}
