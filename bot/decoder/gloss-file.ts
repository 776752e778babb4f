// Reads the files of lexicon/gloss/: words and what they mean, English words that stand for others, families of words.
// Finding the words of a text in them is left to gloss.ts.
import { existsSync, readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { tokenise } from './normalise.ts';
import { romanise } from './romanise.ts';
import { hash } from './vector.ts';

export const GLOSSES = new URL('lexicon/gloss/', import.meta.url);
/** Letters of a word that are looked at. */
export const LONGEST = 16;
/** Shorter words are never taken for misspelt: too many others are near. */
export const LONG_ENOUGH = 5;
/** Letters by which words are told apart first: the fewest that a word has from which a letter was left out. */
export const HEAD = LONG_ENOUGH - 1;

/** One language: whole words and beginnings, each with its meanings; misspelt words lead to those they may be. */
export interface Gloss {
  whole: Map<string, readonly string[]>;
  begins: Map<string, readonly string[]>;
  /** The same words and beginnings with one letter left out. */
  nearWhole: Map<string, readonly string[]>;
  nearBegins: Map<string, readonly string[]>;
  /** How all of these begin: most words that are not known are told by this alone. */
  heads: Set<string>;
}

/** Pairs of columns: what is written, what it stands for. */
export function readPairs(file: URL): [string, string][] {
  if (!existsSync(file)) return [];
  const problems: string[] = [];
  const pairs = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, at): [string, string][] => {
      if (line === '' || line.startsWith('#')) return [];
      const [form = '', meaning = '', ...more] = line.split('\t');
      if (form === '' || meaning === '' || more.length > 0)
        problems.push(`${file.pathname} line ${at + 1}: a word, a tab and what it means are expected`);
      return [[form, meaning]];
    });
  if (problems.length > 0) throw new ConfigError(problems);
  return pairs;
}

/** The families of each English word, numbered as features are. */
export function readFamilies(file: URL): Map<string, readonly number[]> {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number[]] => {
        const [word = '', ...numbers] = line.split('\t');
        return [word, numbers.map((number, size) => hash(`CL${size}.${number}`))];
      }),
  );
}

/** Throws ConfigError, naming the line, where the file cannot be read. */
export function readGloss(file: URL, same: Map<string, string>, lang: string): Gloss {
  const gloss: Gloss = {
    whole: new Map(),
    begins: new Map(),
    nearWhole: new Map(),
    nearBegins: new Map(),
    heads: new Set(),
  };
  const pairs = readPairs(file);
  // Cyrillic words are known in Latin letters too, after those that are listed as they are written.
  const latin = pairs.map(([form, meaning]): [string, string] => [romanised(form, lang), meaning]);
  for (const [form, meaning] of [...latin.filter(([form]) => form !== ''), ...pairs]) {
    const key = tokenise(form)
      .map(({ folded }) => folded)
      .join('');
    const names = [...new Set(meaning.split(/\s+/).map((name) => same.get(name) ?? name))];
    if (key === '') continue;
    const isBeginning = form.endsWith('*') && !isHan(key);
    (isBeginning ? gloss.begins : gloss.whole).set(key.slice(0, LONGEST), names);
    if (key.length < LONG_ENOUGH || isHan(key) || (isBeginning && key.length === LONG_ENOUGH)) continue;
    for (const one of shorter(key)) (isBeginning ? gloss.nearBegins : gloss.nearWhole).set(one, names);
  }
  for (const table of [gloss.whole, gloss.begins, gloss.nearWhole, gloss.nearBegins])
    for (const form of table.keys()) gloss.heads.add(form.slice(0, HEAD));
  return gloss;
}

function romanised(form: string, lang: string): string {
  return (lang === 'uk' || lang === 'ru') && /\p{Script=Cyrillic}/u.test(form) ? romanise(form, lang) : '';
}

/** The word without each of its letters in turn. */
export function shorter(word: string): string[] {
  return Array.from(word.slice(0, LONGEST), (_, at) => word.slice(0, at) + word.slice(at + 1));
}

export function isHan(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
}
