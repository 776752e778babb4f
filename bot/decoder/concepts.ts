// Finds the things a text speaks of (money, landlord, cold, night), whatever the language: lexicon/concepts.tsv.
// What things said together mean is learnt by train.ts; which need a phrase names is left to the lexicon.
import { readFileSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { isHan } from './gloss-file.ts';
import { formsOf } from './gloss.ts';
import { tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';

export interface Thing {
  name: string;
  /** Place of the word in the text. */
  at: number;
}

/** The things named in the words of these languages, in the order of the text. */
export type FindThings = (tokens: readonly Token[], langs: readonly string[]) => Thing[];

/** One language: beginnings and whole words, each with the things it names. */
interface Words {
  begins: Map<string, string[]>;
  whole: Map<string, string[]>;
}

const LONGEST = 14;
/** Han words are of at most so many characters, and every character is a word to us. */
const LONGEST_HAN = 4;

/** Throws ConfigError, naming the line, where the table cannot be read. */
export function createFindThings(file = new URL('lexicon/concepts.tsv', import.meta.url)): FindThings {
  const table = readTable(readFileSync(file, 'utf8'));
  return (tokens, langs) => {
    const words = langs.flatMap((lang) => table.get(lang) ?? []);
    const things: Thing[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const names = words.flatMap((one) => namesAt(tokens, at, one));
      if (names.length > 0) for (const name of new Set(names)) things.push({ name, at });
    }
    return things;
  };
}

function namesAt(tokens: readonly Token[], at: number, words: Words): string[] {
  const word = (tokens[at]?.folded ?? '').slice(0, 40);
  if (isHan(word)) return hanNames(tokens, at, words);
  return formsOf(word).flatMap((form) => {
    const names = [...(words.whole.get(form) ?? [])];
    for (let size = 2; size <= Math.min(LONGEST, form.length); size += 1)
      names.push(...(words.begins.get(form.slice(0, size)) ?? []));
    return names;
  });
}

function hanNames(tokens: readonly Token[], at: number, words: Words): string[] {
  const names: string[] = [];
  let joined = '';
  for (let next = at; next < Math.min(tokens.length, at + LONGEST_HAN); next += 1) {
    const sign = tokens[next]?.folded ?? '';
    if (!isHan(sign)) break;
    joined += sign;
    names.push(...(words.begins.get(joined) ?? []), ...(words.whole.get(joined) ?? []));
  }
  return names;
}

function readTable(text: string): Map<string, Words> {
  const [header = '', ...rows] = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const langs = header.split('\t').slice(1);
  const table = new Map(langs.map((lang): [string, Words] => [lang, { begins: new Map(), whole: new Map() }]));
  const problems: string[] = [];
  for (const row of rows) {
    const [name = '', ...cells] = row.split('\t');
    if (cells.length !== langs.length) problems.push(`concepts.tsv: ${name} has ${cells.length} columns`);
    for (const [column, cell] of cells.entries())
      for (const word of cell.split(' ').filter((one) => one !== '')) put(table.get(langs[column] ?? ''), word, name);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return table;
}

/** "euro." is that word alone, "denar" every word that begins so. */
function put(words: Words | undefined, word: string, name: string): void {
  const key = tokenise(word)
    .map(({ folded }) => folded)
    .join('');
  const list = word.endsWith('.') ? words?.whole : words?.begins;
  if (key !== '') list?.set(key, [...(list.get(key) ?? []), name]);
}
