// Finds danger in what a person writes: signs first, in every language on every text, then the trained ear.
// The signs themselves are left to signs/*.yaml, what the ear has learned to corpus/, the answer to answer.ts.
import { loadEar } from './ear.ts';
import type { Heard } from './ear.ts';
import { END, readings, tokens } from './normalise.ts';
import { find, mayMatch } from './pattern.ts';
import type { Pattern, Places, Row, Span } from './pattern.ts';
import { loadSigns } from './signs.ts';
import { DANGERS } from './types.ts';
import type { Danger, DetectDanger, FloorHit } from './types.ts';

/** A word of film, book or news speaks of the sign that follows it within so many words. */
const REACH = 14;

const signs = loadSigns();
const ear = loadEar();
/** In fewer words than these the ear hears nothing; the signs still see. */
const FEWEST_WORDS = 4;
/** A figure of speech of this length leaves no room for anything else. */
const FIGURE_WORDS = 6;
/** A piece of a sentence of fewer words is not judged by itself; nor what stands beyond so many characters. */
const FEWEST_IN_PIECE = 2;
const LONGEST = 20_000;

/** 0 to 1: how likely the words are a cry for help, as the ear alone hears them. For measurements and for `npm run decode`. */
export function likelihoodOfDanger(text: string): number {
  return ear.likelihood(text);
}

/** Whether the one who writes says or shows to be under 18, danger or none. */
export function isByMinor(text: string): boolean {
  const all = readings(text, (joined) => signs.lexicon.undo(joined));
  return all.some((words) => any(signs.contexts.minor_writes, read(words)));
}

export const detectDanger: DetectDanger = (text) => {
  const found = new Set<Danger>();
  const all = readings(text, (joined) => signs.lexicon.undo(joined));
  const who = { minorWrites: false, child: false, exploited: false, unpaid: false, afraid: false, man: false };
  for (const words of all) {
    const reading = read(words);
    for (const danger of DANGERS) if (!found.has(danger) && isDanger(danger, reading)) found.add(danger);
    who.minorWrites ||= any(signs.contexts.minor_writes, reading);
    who.child ||= any(signs.contexts.child_named, reading);
    who.exploited ||= any(signs.contexts.exploited, reading);
    who.unpaid ||= any(signs.contexts.unpaid, reading);
    who.afraid ||= any(signs.contexts.afraid, reading);
    who.man ||= any(signs.contexts.man, reading);
  }
  if (who.exploited) found.add('violence');
  if (found.size > 0) {
    const hit = toHit(found, who);
    return hit && isDoubted(text, all, who.exploited) ? { ...hit, maybe: true } : hit;
  }
  const heard = listen(text, all[0] ?? []) ?? listenUndisguised(all) ?? listenToSentences(text);
  const hit = heard && toHit(new Set(heard.dangers), who);
  const sure = heard?.certainty === 'sure';
  if (hit && (sure || !who.unpaid)) return { ...hit, heard: true, ...(sure ? {} : { maybe: true }) };
  // Work that is not paid may be no more than that: the line against exploitation is offered, nothing is stopped.
  if (!who.unpaid && who.afraid) {
    // A fear of whom one lives with may be all that is said of it.
    const feared = toHit(new Set<Danger>(['violence']), who);
    return feared && { ...feared, afraid: true, maybe: true };
  }
  const offered = who.unpaid ? toHit(new Set<Danger>(['violence']), { ...who, exploited: true }) : null;
  return offered && { ...offered, maybe: true };
};

/** A sign, none of the certain ones, in words that are otherwise as calm as words can be: its numbers are only offered. */
function isDoubted(text: string, all: string[][], exploited: boolean): boolean {
  const [words = []] = all;
  if (all.length > 1 || exploited || words.filter((word) => word !== END).length < FEWEST_WORDS) return false;
  const reading = read(words);
  if (DANGERS.some((danger) => any(signs.dangers[danger].certain, reading))) return false;
  // A cry among calm sentences stays a cry.
  return [text, ...sentencesOf(text)].every((part) => ear.isCalm(part));
}

/** Pieces long enough to be judged alone. */
function sentencesOf(text: string): string[] {
  const pieces = text.slice(0, LONGEST).split(/[.!?;,:\n\u2026\u3002\uff0c\u060c\u061f]+/u);
  return pieces.filter((piece) => piece.trim().split(/\s+/u).length >= FEWEST_IN_PIECE);
}

interface Who {
  minorWrites: boolean;
  child: boolean;
  exploited: boolean;
  man: boolean;
}

/** What the ear makes of words that no sign was written for. A known figure of speech among them makes it doubt. */
function listen(text: string, words: string[]): Heard | null {
  const count = words.filter((word) => word !== END).length;
  const heard = count < FEWEST_WORDS ? null : ear.hear(text);
  if (!heard) return null;
  const reading = read(words);
  const figurative = DANGERS.some((danger) => any(signs.dangers[danger].calm, reading));
  if (!figurative) return heard;
  return heard.certainty === 'sure' && count > FIGURE_WORDS ? { ...heard, certainty: 'maybe' } : null;
}

/** Letters set apart or exchanged for signs ("m u o i o", "m0r1re") are heard as they are meant. */
function listenUndisguised([plain = [], opened]: string[][]): Heard | null {
  return opened && opened.length < plain.length ? listen(opened.join(' '), opened) : null;
}

/** One sentence that cries for help is not drowned by calm ones; heard alone, without what is around it, it is only likely. */
function listenToSentences(text: string): Heard | null {
  const ends = text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}`;
  const sentences = ends.split(/[.!?\n\u2026\u3002\u061f]+/u).filter((sentence) => /\p{L}/u.test(sentence));
  if (sentences.length < 2) return null;
  for (const sentence of sentences) {
    const heard = listen(sentence, tokens(sentence));
    if (heard?.certainty === 'sure') return { ...heard, certainty: 'maybe' };
  }
  return null;
}

/** A minor who is hit, threatened or locked in is a child in danger: the lines for children answer. */
function toHit(found: Set<Danger>, { minorWrites, child, exploited, man }: Who): FloorHit | null {
  if (minorWrites && found.delete('violence')) found.add('child');
  const [first, ...others] = DANGERS.filter((danger) => found.has(danger));
  if (!first) return null;
  return {
    dangers: [first, ...others],
    minorWrites,
    child: child || minorWrites || found.has('child'),
    ...(exploited ? { exploited: true } : {}),
    ...(man && found.has('violence') ? { man: true } : {}),
  };
}

interface Reading {
  row: Row;
  places: Places;
}

function read(words: string[]): Reading {
  const known = new Map<string, ReadonlySet<number>>();
  const places = new Map<number, number[]>();
  const row = words.map((word, at) => {
    if (word === END) return null;
    const numbers = known.get(word) ?? new Set(signs.lexicon.numbers(word));
    known.set(word, numbers);
    for (const number of numbers) {
      const here = places.get(number);
      if (here) here.push(at);
      else places.set(number, [at]);
    }
    return numbers;
  });
  return { row, places };
}

function isDanger(danger: Danger, reading: Reading): boolean {
  const { certain, signs: plain, once, calm } = signs.dangers[danger];
  if (any(certain, reading)) return true;
  const open = { ...reading, row: rubOut(reading.row, spans(calm, reading)) };
  const now = spans(plain, open);
  const before = spans(once, open);
  if (now.length + before.length === 0) return false;
  if (any(signs.contexts.still, reading)) return true;
  const past = spans(signs.contexts.past, reading);
  const unreal = spans(signs.contexts.unreal, reading);
  const told = (span: Span): boolean =>
    unreal.some(
      (mark) => mark.end <= span.start && span.start - mark.end <= REACH && together(mark, span, reading.row),
    );
  const over = (span: Span): boolean => past.some((mark) => together(mark, span, reading.row));
  return now.some((span) => !told(span) && !over(span)) || (past.length === 0 && before.some((span) => !told(span)));
}

/** Both in one sentence. */
function together(a: Span, b: Span, row: Row): boolean {
  return !row.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)).includes(null);
}

function any(patterns: Pattern[], { row, places }: Reading): boolean {
  return patterns.some((pattern) => mayMatch(pattern, places) && find(pattern, row, places).length > 0);
}

function spans(patterns: Pattern[], { row, places }: Reading): Span[] {
  return patterns.flatMap((pattern) => (mayMatch(pattern, places) ? find(pattern, row, places) : []));
}

const RUBBED: ReadonlySet<number> = new Set();

/** The row without the words of the calm phrases; the ends of sentences stay. */
function rubOut(row: Row, calm: Span[]): Row {
  const rubbed = new Set(calm.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));
  return row.map((word, at) => (word !== null && rubbed.has(at) ? RUBBED : word));
}
