// Tells the language of a text: script first, then greetings, then how its words look (learnt) and what fastText says.
// Whether the conversation follows it is left to bot/.
import { readFileSync } from 'node:fs';
import { getLIDModel } from 'fasttext.wasm.js';
import type { IdentifyLang } from 'fasttext.wasm.js';
import { parse } from 'yaml';
import { languageFeatures } from './language-features.ts';
import { softmax } from './learn.ts';
import { section } from './lexicon.ts';
import { tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';
import { unpackTable } from './table.ts';

/** ISO 639-1 of the text; `hint` where the text is too short to tell and its script does not. Never throws. */
export type DetectLanguage = (text: string, hint?: string, tokens?: readonly Token[]) => Promise<string>;

export const LANGUAGES = ['it', 'en', 'ro', 'sq', 'ar', 'uk', 'fr', 'es', 'si', 'zh', 'pt', 'ru'];
const CYRILLIC = ['uk', 'ru'];
/** Fewer words than this never change the language. */
const ENOUGH_WORDS = 3;
const DEFAULT = 'it';
const MODEL_TEXT = 600;
/** How much fastText's word weighs beside the learnt table's, and the least probability it can give. */
const FASTTEXT_SHARE = 0.25;
const LEAST = 0.01;
/** Words that look so plainly of one language need no second opinion. */
const PLAIN = 0.99;

export const LANGUAGE_TABLE = new URL('model/language.bin', import.meta.url);

export interface LanguageHeader {
  /** Of the rows it was learnt from. */
  corpus: string;
  rows: number;
}

type Words = Map<string, Set<string>>;
type FastText = Awaited<ReturnType<typeof getLIDModel>>;

/** How languages look is read at once, fastText's model (about 100 ms) at the first text that needs it. */
export function createLanguageDetector(file = new URL('lexicon/languages.yaml', import.meta.url)): DetectLanguage {
  const greetings = readWords(section(parse(readFileSync(file, 'utf8')))['greetings']);
  const table = unpackTable<LanguageHeader>(readFileSync(LANGUAGE_TABLE), 'npm run train');
  let fastText: Promise<FastText | undefined> | undefined;
  return async (text, hint, tokens = tokenise(text)) => {
    const script = scriptOf(tokens);
    if (script !== 'latin' && script !== 'cyrillic') return script;
    // Digits are of no language: a telephone number or a date must not be taken for words of one.
    const words = tokens.filter(({ raw }) => /\p{L}/u.test(raw)).map(({ folded }) => folded);
    if (words.length < ENOUGH_WORDS && script === 'latin') return hint ?? mostFound(greetings, words) ?? DEFAULT;
    const greeted = words.length < ENOUGH_WORDS + 2 ? mostFound(greetings, words) : undefined;
    if (greeted !== undefined && (script === 'latin' || CYRILLIC.includes(greeted))) return greeted;
    const allowed = script === 'cyrillic' ? CYRILLIC : LANGUAGES;
    const looks = looksOf(table.sums(languageFeatures(tokens)), allowed);
    const [first] = looks;
    if (first !== undefined && first.likely >= PLAIN) return first.lang;
    fastText ??= loadFastText();
    return likeliest(looks, await askFastText(await fastText, tokens));
  };
}

interface Look {
  lang: string;
  likely: number;
}

/** What the words look like, likeliest first. */
function looksOf(sums: Float64Array, allowed: readonly string[]): Look[] {
  softmax(sums);
  return LANGUAGES.map((lang, at) => ({ lang, likely: sums[at] ?? 0 }))
    .filter(({ lang }) => allowed.includes(lang))
    .sort((a, b) => b.likely - a.likely);
}

/** How the words look, learnt from the corpus, counts most; fastText has read more, but not what people here write. */
function likeliest(looks: readonly Look[], seen: Map<string, number>): string {
  const score = ({ lang, likely }: Look): number =>
    Math.log(likely) + FASTTEXT_SHARE * Math.log(Math.max(LEAST, seen.get(lang) ?? 0));
  return looks.reduce((a, b) => (score(b) > score(a) ? b : a)).lang;
}

/** A language whose script no other of ours has, or the script that several share. */
export function scriptOf(tokens: readonly Token[]): 'zh' | 'si' | 'ar' | 'uk' | 'ru' | 'cyrillic' | 'latin' {
  const text = tokens.map(({ raw }) => raw.toLowerCase()).join(' ');
  const letters = (script: RegExp): number => text.match(script)?.length ?? 0;
  const latin = letters(/\p{Script=Latin}/gu);
  // A Han or Sinhala sign carries more than a Latin letter: names in Latin letters do not outweigh it.
  if (letters(/\p{Script=Han}/gu) * 3 > latin) return 'zh';
  if (letters(/\p{Script=Sinhala}/gu) * 2 > latin) return 'si';
  if (letters(/\p{Script=Arabic}/gu) > latin) return 'ar';
  if (letters(/\p{Script=Cyrillic}/gu) <= latin) return 'latin';
  if (/[іїєґ]/u.test(text)) return 'uk';
  return /[ыэъё]/u.test(text) ? 'ru' : 'cyrillic';
}

async function loadFastText(): Promise<FastText | undefined> {
  try {
    const model = await getLIDModel();
    await model.load();
    return model;
  } catch {
    return undefined;
  }
}

/** Its probabilities, by language; none where it could not be loaded. */
async function askFastText(model: FastText | undefined, tokens: readonly Token[]): Promise<Map<string, number>> {
  const text = tokens.map(({ raw }) => raw.toLowerCase()).join(' ');
  if (model === undefined || text === '') return new Map();
  try {
    const results = await model.identify(text.slice(0, MODEL_TEXT), 10);
    return new Map(results.map(({ alpha2, possibility }: IdentifyLang) => [alpha2 ?? '', Number(possibility)]));
  } catch {
    return new Map();
  }
}

/** The language of which most words are there; none where there is not one. */
function mostFound(lists: Words, words: string[]): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [lang, list] of lists) {
    const count = new Set(words.filter((word) => list.has(word))).size;
    if (count > most) [best, most] = [lang, count];
  }
  return best;
}

function readWords(value: unknown): Words {
  return new Map(
    Object.entries(section(value)).map(([lang, text]) => [
      lang,
      new Set(tokenise(String(text)).map(({ folded }) => folded)),
    ]),
  );
}
