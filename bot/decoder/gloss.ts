// Reads each word of a text as the plain English word that means the same: lexicon/gloss/<language>.tsv.
// So what is learnt in one language holds in all. The files are read by gloss-file.ts; what words together mean is left to features.ts.
import {
  GLOSSES,
  HEAD,
  isHan,
  LONG_ENOUGH,
  LONGEST,
  readFamilies,
  readGloss,
  readPairs,
  shorter,
} from './gloss-file.ts';
import type { Gloss } from './gloss-file.ts';
import type { Token } from './normalise.ts';
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

const LONGEST_HAN = 4;

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
export function formsOf(word: string): string[] {
  if (!/^[\u0600-\u06FF]/u.test(word)) return [word];
  const bare = word.replace(/^[وف]?(?:[بلك]?ال|لل)/u, '');
  const short = word.replace(/^[وفبلك]/u, '');
  return [...new Set([word, bare, short])].filter((form) => form.length > 1);
}
