// Reads the words by which names and addresses are known (words.yaml, names.yaml), and which words everybody uses.
// What is made of them is left to names.ts, addresses.ts and shapes.ts.
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { parse } from 'yaml';
import { foldAccents } from '../decoder/normalise.ts';

type Words = ReadonlySet<string>;

/** All folded: small letters without accents; `births`, `months` and `digits` as they are in the file. */
export interface Lists {
  introductions: string[][];
  presenting: string[][];
  titles: Words;
  shortTitles: Words;
  names: Words;
  capitalNames: Words;
  surnames: Words;
  streets: Words;
  looseStreets: Words;
  streetsAfter: Words;
  doors: Words;
  particles: Words;
  small: Words;
  units: Words;
  keep: Words;
  commonPlaces: Words;
  births: string[];
  months: string[];
  digits: string[];
  /** Words that several voices of the corpus (or files of the lexicon) write in small letters: nobody's name. */
  common: Words;
  /** Words that one voice at least writes so: hardly anybody's name. */
  heard: Words;
}

/** A word is everybody's when so many voices write it. */
const SEVERAL = 2;
const DECODER = new URL('../decoder/', import.meta.url);

/** Throws where a list is missing: the files are part of the program. A corpus that cannot be read only redacts more. */
export async function readLists(decoder: URL = DECODER): Promise<Lists> {
  const words = listsOf('words.yaml');
  const names = listsOf('names.yaml');
  const set = (text: string): Words => new Set(wordsIn(text).map(fold));
  const phrases = (text: string): string[][] =>
    text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [wordsIn(line).map(fold)]));
  const voices = await countVoices(decoder);
  const writtenBy = (least: number): Words =>
    new Set([...voices].flatMap(([word, count]) => (count >= least ? [word] : [])));
  return {
    introductions: phrases(words('introductions')),
    presenting: phrases(words('presenting')),
    titles: set(words('titles')),
    shortTitles: set(words('short_titles')),
    names: set(names('names')),
    capitalNames: set(names('capital_names')),
    surnames: set(names('surnames')),
    streets: set(words('streets')),
    looseStreets: set(words('loose_streets')),
    streetsAfter: set(words('streets_after')),
    doors: set(words('doors')),
    particles: set(words('particles')),
    small: set(words('small')),
    units: set(words('units')),
    keep: set(`${words('keep')} ${words('months')}`),
    commonPlaces: set(words('common_places')),
    births: wordsIn(words('births')),
    months: wordsIn(words('months')),
    digits: wordsIn(words('digits')),
    common: writtenBy(SEVERAL),
    heard: writtenBy(1),
  };
}

export function fold(word: string): string {
  return foldAccents(word.toLowerCase());
}

export function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

function listsOf(file: string): (name: string) => string {
  const read: unknown = parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  return (name) => {
    const text: unknown = typeof read === 'object' && read !== null ? Reflect.get(read, name) : undefined;
    if (typeof text !== 'string') throw new Error(`${file} has no list "${name}"`);
    return text;
  };
}

/** Read one file after the other, so that turns pass in between; a file with mistakes is read as far as it goes. */
async function countVoices(decoder: URL): Promise<Map<string, number>> {
  const voices = new Map<string, number>();
  try {
    for (const folder of ['corpus/', 'lexicon/'])
      for (const name of await readdir(new URL(folder, decoder), { recursive: true })) {
        if (!/\.(?:tsv|yaml)$/.test(name)) continue;
        const text = await readFile(new URL(folder + name, decoder), 'utf8');
        for (const word of smallWords(folder === 'corpus/' ? sentences(text) : text))
          voices.set(word, (voices.get(word) ?? 0) + 1);
      }
  } catch {
    return voices;
  }
  return voices;
}

function sentences(voice: string): string {
  const lines = voice.split('\n').filter((line) => !line.startsWith('#'));
  return lines.map((line) => line.split('\t')[0]).join('\n');
}

function smallWords(text: string): Set<string> {
  const words = wordsIn(text).filter((word) => !/^\p{Lu}/u.test(word));
  return new Set(words.map(fold));
}
