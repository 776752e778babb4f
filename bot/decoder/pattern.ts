// The small language in which the lexicon is written, and a matcher whose time grows only with the text.
// Which patterns exist and what they mean is left to lexicon/*.yaml, read by lexicon.ts.
//
//   sfratt*           a word that begins so           luce|gas         one of these words
//   {elder}           one of the words of that set    <65-110>         a number in that range
//   mi? ha            an optional word                a .. b           at most four words between, in one clause
//   a & b             both, in any order, at most twenty words apart
import { cleanse, foldAccents, tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';

const GAP = 4;
const REACH = 20;
/** Patterns with more words than this are refused: they would never meet a real sentence. */
const MAX_ELEMENTS = 9;

export interface Found<T> {
  tag: T;
  source: string;
  /** First word, and the word after the last. */
  start: number;
  end: number;
}

interface Element {
  words: Set<string>;
  prefixes: string[];
  ranges: [number, number][];
  optional: boolean;
  /** Words that may stand before this element. */
  gap: number;
}

interface Part {
  elements: Element[];
  pattern: number;
  /** Place among the parts joined by `&`. */
  index: number;
}

interface Compiled<T> {
  tag: T;
  source: string;
  parts: number;
}

interface Forms {
  forms: string[];
  clause: boolean;
}

export type Sets = Record<string, string[]>;

/** Finds many patterns at once: one look per word and form, whatever the number of patterns. */
export class Matcher<T> {
  readonly problems: string[] = [];
  #patterns: Compiled<T>[] = [];
  #exact = new Map<string, Part[]>();
  #prefix = new Map<string, Part[]>();
  #numbers: Part[] = [];

  /** A source that cannot be read is noted in `problems` and left out. */
  add(source: string, tag: T, sets: Sets = {}): void {
    for (const variant of spellings(source)) {
      const pattern = this.#patterns.length;
      const parts = variant.split(' & ').map((part) => parsePart(part, sets));
      const problem = parts
        .map((part) => (typeof part === 'string' ? part : checkPart(part)))
        .find((text) => text !== '');
      if (problem !== undefined) {
        this.problems.push(`"${source}": ${problem}`);
        return;
      }
      this.#patterns.push({ tag, source, parts: parts.length });
      for (const [index, elements] of parts.entries())
        if (typeof elements !== 'string') this.#index({ elements, pattern, index });
    }
  }

  /** Every pattern found, in order of place; the shortest reading of each at each place. */
  find(tokens: Token[]): Found<T>[] {
    const forms: Forms[] = tokens.map((token) => ({ forms: formsOf(token), clause: token.clause }));
    const joined = new Map<number, { index: number; start: number; end: number }[]>();
    const found: Found<T>[] = [];
    for (const [start, own] of forms.entries())
      for (const part of this.#startingWith(own.forms)) {
        const end = matchFrom(part.elements, 0, forms, start);
        const compiled = this.#patterns[part.pattern];
        if (end < 0 || compiled === undefined) continue;
        if (compiled.parts === 1) found.push({ tag: compiled.tag, source: compiled.source, start, end });
        else
          joined.set(part.pattern, [...(joined.get(part.pattern) ?? []).slice(-50), { index: part.index, start, end }]);
      }
    for (const [pattern, places] of joined) found.push(...this.#join(pattern, places));
    return found.sort((a, b) => a.start - b.start);
  }

  #join(pattern: number, places: { index: number; start: number; end: number }[]): Found<T>[] {
    const compiled = this.#patterns[pattern];
    if (compiled === undefined) return [];
    for (const first of places.filter((place) => place.index === 0)) {
      const near = places.filter((place) => Math.abs(place.start - first.start) <= REACH);
      if (new Set(near.map((place) => place.index)).size < compiled.parts) continue;
      return [{ tag: compiled.tag, source: compiled.source, start: first.start, end: first.end }];
    }
    return [];
  }

  #index(part: Part): void {
    for (const element of leading(part.elements)) {
      for (const word of element.words) push(this.#exact, word, part);
      for (const prefix of element.prefixes) push(this.#prefix, prefix, part);
      if (element.ranges.length > 0) this.#numbers.push(part);
    }
  }

  #startingWith(forms: string[]): Iterable<Part> {
    const lists: Part[][] = [];
    const take = (list: Part[] | undefined): unknown => list && lists.push(list);
    for (const form of forms) {
      take(this.#exact.get(form));
      for (let length = 1; length <= Math.min(form.length, 16); length += 1)
        take(this.#prefix.get(form.slice(0, length)));
      if (NUMBER.test(form)) take(this.#numbers);
    }
    return lists.length > 1 ? new Set(lists.flat()) : (lists[0] ?? []);
  }
}

const NUMBER = /^\d{1,6}$/;

/** The word in the forms that patterns are tried on; Arabic words also without article and joined particles. */
function formsOf(token: Token): string[] {
  const forms = token.doubled === token.folded ? [token.folded] : [token.folded, token.doubled];
  if (!/^\p{Script=Arabic}/u.test(token.folded)) return forms;
  const bare = token.folded.replace(/^[وفبلك]{0,2}ال|^[وفبلك]/u, '');
  if (bare.length > 1 && bare !== token.folded) forms.push(bare);
  return forms;
}

function matchFrom(elements: Element[], at: number, forms: Forms[], place: number): number {
  const element = elements[at];
  if (element === undefined) return place;
  const reach = at === 0 ? 0 : element.gap;
  for (let next = place; next <= place + reach && next < forms.length; next += 1) {
    // Words left out stay inside one clause; what stands on both sides of a comma is joined by `&`.
    if (next > place && forms[next]?.clause === true) break;
    const end = accepts(element, forms[next]?.forms ?? []) ? matchFrom(elements, at + 1, forms, next + 1) : -1;
    if (end >= 0) return end;
    if (forms[next]?.clause === true) break;
  }
  return element.optional ? matchFrom(elements, at + 1, forms, place) : -1;
}

function accepts(element: Element, forms: string[]): boolean {
  return forms.some(
    (form) =>
      element.words.has(form) ||
      element.prefixes.some((prefix) => form.startsWith(prefix)) ||
      (element.ranges.length > 0 &&
        /^\d{1,6}$/.test(form) &&
        element.ranges.some(([low, high]) => Number(form) >= low && Number(form) <= high)),
  );
}

/** The elements a match can begin with: the first, and those after it as long as they may be left out. */
function leading(elements: Element[]): Element[] {
  const needed = elements.findIndex((element) => !element.optional);
  return elements.slice(0, needed + 1);
}

/** A source as it may be typed: an apostrophe divides two words, or is left out ("can't", "cant"). */
function spellings(source: string): string[] {
  let variants = [''];
  for (const word of source.replaceAll('\u2019', "'").trim().split(/\s+/)) {
    const choices = word.split('|');
    const divided = choices
      .filter((choice) => choice.includes("'"))
      .map((choice) => choice.replaceAll("'", ' ').trim());
    const joined = choices.map((choice) => choice.replaceAll("'", '')).join('|');
    variants = [joined, ...divided].flatMap((form) => variants.map((before) => `${before} ${form}`.trim()));
  }
  return variants;
}

function parsePart(text: string, sets: Sets): Element[] | string {
  const elements: Element[] = [];
  let gap = 0;
  for (const word of text.split(/\s+/).filter((piece) => piece !== '')) {
    if (word === '..') {
      gap = GAP;
      continue;
    }
    const read = /\p{Script=Han}{2}/u.test(word) ? parseHan(word, gap) : [parseWord(word, gap, sets)];
    for (const element of read) {
      if (typeof element === 'string') return element;
      elements.push(element);
    }
    gap = 0;
  }
  return elements;
}

/** Han characters are words of their own, next to each other. */
function parseHan(word: string, gap: number): Element[] {
  return tokenise(word).map((token, index) => ({
    words: new Set([token.folded]),
    prefixes: [],
    ranges: [],
    optional: false,
    gap: index === 0 ? gap : 0,
  }));
}

function parseWord(word: string, gap: number, sets: Sets): Element | string {
  const element: Element = { words: new Set(), prefixes: [], ranges: [], optional: word.endsWith('?'), gap };
  for (const choice of word.replace(/\?$/, '').split('|')) {
    const set = /^\{(\w+)\}$/.exec(choice);
    const words = set === null ? [choice] : sets[set[1] ?? ''];
    if (words === undefined) return `no set is called ${choice}`;
    for (const one of words) if (!addChoice(element, one)) return `cannot read ${one === '' ? 'an empty word' : one}`;
  }
  return element;
}

function addChoice(element: Element, choice: string): boolean {
  const range = /^<(\d+)-(\d+)>$/.exec(choice);
  if (range !== null) {
    element.ranges.push([Number(range[1]), Number(range[2])]);
    return true;
  }
  const stem = foldAccents(cleanse(choice).toLowerCase().replace(/\*$/, ''));
  if (!/^[\p{L}\p{N}\p{M}]+$/u.test(stem)) return false;
  if (choice.endsWith('*')) element.prefixes.push(stem);
  else element.words.add(stem);
  return true;
}

function checkPart(elements: Element[]): string {
  if (elements.length === 0) return 'has no words';
  if (elements.length > MAX_ELEMENTS) return `has more than ${MAX_ELEMENTS} words`;
  return elements.every((element) => element.optional) ? 'needs one word that is not optional' : '';
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
