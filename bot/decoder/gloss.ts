// Reads each word of a text as the plain English word that means the same: lexicon/gloss/<language>.tsv.
// So what is learnt in one language holds in all; what the words together mean is left to features.ts and train.ts.
import { existsSync, readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';
import { romanise } from './romanise.ts';
import { hash } from './vector.ts';

export interface Meaning {
  /** An English word in its plain form. */
  name: string;
  /** Of the name, as features are numbered (vector.ts). */
  id: number;
  /** Its family of like words, of each size from wide to narrow, numbered too; none where the word is in no family. */
  families: readonly number[];
  /** Place of the word in the text. */
  at: number;
}

/** The meanings of the words, looked for in the first language, then in those after it. */
export type FindMeanings = (tokens: readonly Token[], langs: readonly string[]) => Meaning[];

/** One language: whole words and beginnings, each with its meanings; misspelt words lead to those they may be. */
interface Gloss {
  whole: Map<string, readonly string[]>;
  begins: Map<string, readonly string[]>;
  /** The same words and beginnings with one letter left out. */
  nearWhole: Map<string, readonly string[]>;
  nearBegins: Map<string, readonly string[]>;
  /** How all of these begin: most words that are not known are told by this alone. */
  heads: Set<string>;
}

const LONGEST = 16;
const LONGEST_HAN = 4;
/** Shorter words are never taken for misspelt: too many others are near. */
const LONG_ENOUGH = 5;
/** Letters by which words are told apart first: the fewest that a word has from which a letter was left out. */
const HEAD = LONG_ENOUGH - 1;
export const GLOSSES = new URL('lexicon/gloss/', import.meta.url);

/** A language's table is read when it is first met. Throws ConfigError, naming the line, where one cannot be read. */
export function createFindMeanings(folder: URL = GLOSSES): FindMeanings {
  const same = new Map(readPairs(new URL('synonyms.tsv', folder)));
  const families = readFamilies(new URL('families.tsv', folder));
  const tables = new Map<string, Gloss>();
  const tableOf = (lang: string): Gloss => {
    const table = tables.get(lang) ?? readGloss(new URL(`${lang}.tsv`, folder), same, lang);
    tables.set(lang, table);
    return table;
  };
  const remembered = new Map<string, Match>();
  const known = new Map<string, Omit<Meaning, 'at'>>();
  const wordOf = (name: string): Omit<Meaning, 'at'> => {
    const word = known.get(name) ?? { name, id: hash(`G${name}`), families: families.get(name) ?? [] };
    known.set(name, word);
    return word;
  };
  return (tokens, langs) => {
    const found = langs.map(tableOf);
    const meanings: Meaning[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const { names, words } = remember(remembered, tokens, at, langs, () => meaningAt(tokens, at, found));
      for (const name of names) meanings.push({ ...wordOf(name), at });
      at += words - 1;
    }
    return meanings;
  };
}

interface Match {
  names: readonly string[];
  /** Tokens it takes; a Chinese word is several. */
  words: number;
}

/** The same words come again and again, and misspelt ones are costly to look for. */
function remember(
  known: Map<string, Match>,
  tokens: readonly Token[],
  at: number,
  langs: readonly string[],
  find: () => Match,
): Match {
  const word = tokens[at]?.folded ?? '';
  if (isHan(word) || word.length > LONGEST) return find();
  const key = `${langs.join()} ${word}`;
  const match = known.get(key) ?? find();
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(key, match);
  return match;
}

const MOST_REMEMBERED = 20_000;
const NOTHING: Match = { names: [], words: 1 };

function meaningAt(tokens: readonly Token[], at: number, tables: readonly Gloss[]): Match {
  const word = (tokens[at]?.folded ?? '').slice(0, 40);
  if (isHan(word)) return hanMeaning(tokens, at, tables);
  for (const look of [exactly, misspelt])
    for (const table of tables) {
      const names = look(word, table);
      if (names !== undefined) return { names, words: 1 };
    }
  return NOTHING;
}

/** The word itself, else its longest known beginning. */
function exactly(word: string, { whole, begins }: Gloss): readonly string[] | undefined {
  for (const form of formsOf(word)) {
    const names = whole.get(form);
    if (names !== undefined) return names;
    for (let size = Math.min(LONGEST, form.length); size >= 2; size -= 1) {
      const beginning = begins.get(form.slice(0, size));
      if (beginning !== undefined) return beginning;
    }
  }
  return undefined;
}

/** A known word, or beginning, in which one letter was lost, added, changed or exchanged with the next. */
function misspelt(word: string, { whole, begins, nearWhole, nearBegins, heads }: Gloss): readonly string[] | undefined {
  if (word.length < LONG_ENOUGH) return undefined;
  const forms = [word, ...shorter(word)].filter((form) => heads.has(form.slice(0, HEAD)));
  for (const form of forms) {
    const names = nearWhole.get(form) ?? whole.get(form);
    if (names !== undefined) return names;
  }
  // The forms of a beginning are the beginnings of the forms.
  for (let size = Math.min(LONGEST, word.length); size > LONG_ENOUGH && forms.length > 0; size -= 1) {
    for (const form of forms) {
      const start = form.slice(0, form === word ? size : size - 1);
      const names = nearBegins.get(start) ?? begins.get(start);
      if (names !== undefined) return names;
    }
  }
  return undefined;
}

function shorter(word: string): string[] {
  return Array.from(word.slice(0, LONGEST), (_, at) => word.slice(0, at) + word.slice(at + 1));
}

function hanMeaning(tokens: readonly Token[], at: number, tables: readonly Gloss[]): Match {
  const signs = tokens.slice(at, at + LONGEST_HAN).map(({ folded }) => folded);
  for (let size = signs.length; size > 0; size -= 1) {
    const word = signs.slice(0, size).join('');
    for (const { whole } of tables) {
      const names = whole.get(word);
      if (names !== undefined) return { names, words: size };
    }
  }
  return NOTHING;
}

/** Arabic writes "and", "to", "the" at the head of a word: the word without them is looked for too. */
function formsOf(word: string): string[] {
  if (!/^[\u0600-\u06FF]/u.test(word)) return [word];
  const bare = word.replace(/^[وف]?(?:[بلك]?ال|لل)/u, '');
  const short = word.replace(/^[وفبلك]/u, '');
  return [...new Set([word, bare, short])].filter((form) => form.length > 1);
}

function isHan(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
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

function readFamilies(file: URL): Map<string, readonly number[]> {
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

function readGloss(file: URL, same: Map<string, string>, lang: string): Gloss {
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
