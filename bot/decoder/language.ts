// Tells the language of a text: script first, then a few telling words, then the fastText model.
// Whether the conversation follows it is left to bot/.
import { readFileSync } from 'node:fs';
import { getLIDModel } from 'fasttext.wasm.js';
import { parse } from 'yaml';
import { section } from './lexicon.ts';
import { tokenise } from './normalise.ts';

/** ISO 639-1 of the text; `hint` where the text is too short to tell and its script does not. Never throws. */
export type DetectLanguage = (text: string, hint?: string) => Promise<string>;

export const LANGUAGES = ['it', 'en', 'ro', 'sq', 'ar', 'uk', 'fr', 'es', 'si', 'zh', 'pt', 'ru'];
const LATIN = ['it', 'en', 'ro', 'sq', 'fr', 'es', 'pt'];
/** Fewer words than this never change the language. */
const ENOUGH_WORDS = 3;
const DEFAULT = 'it';
const MODEL_TEXT = 600;

type Words = Map<string, Set<string>>;
type Model = Awaited<ReturnType<typeof getLIDModel>>;

/** The model (about 100 ms) is loaded once, at the first text that needs it. Without it the hint or Italian stands. */
export function createLanguageDetector(file = new URL('lexicon/languages.yaml', import.meta.url)): DetectLanguage {
  const data = section(parse(readFileSync(file, 'utf8')));
  const greetings = readWords(data['greetings']);
  const markers = readWords(data['markers']);
  let model: Promise<Model | undefined> | undefined;
  return async (text, hint) => {
    const tokens = tokenise(text);
    const words = tokens.map(({ folded }) => folded);
    const script = byScript(tokens.map(({ raw }) => raw.toLowerCase()).join(' '));
    if (script !== undefined && script !== 'cyrillic') return script;
    const marked = mostFound(markers, words.map(ofDarija), 2);
    if (marked !== undefined) return marked;
    if (words.length < ENOUGH_WORDS && script === undefined) return hint ?? mostFound(greetings, words, 1) ?? DEFAULT;
    const allowed = script === 'cyrillic' ? ['uk', 'ru'] : LATIN;
    const greeted = words.length < ENOUGH_WORDS + 2 ? mostFound(greetings, words, 1) : undefined;
    if (greeted !== undefined && allowed.includes(greeted)) return greeted;
    model ??= loadModel();
    const guesses = await guess(await model, tokens.map(({ raw }) => raw.toLowerCase()).join(' '));
    return guesses.find((lang) => allowed.includes(lang)) ?? (script === 'cyrillic' ? 'uk' : (hint ?? DEFAULT));
  };
}

/** Darija in Latin letters writes sounds with digits inside words (3, 7, 9): any such word is a sign of it. */
function ofDarija(word: string): string {
  return /[a-z][379][a-z]/.test(word) ? 'dyali' : word;
}

function byScript(text: string): string | undefined {
  const letters = (script: RegExp): number => text.match(script)?.length ?? 0;
  const latin = letters(/\p{Script=Latin}/gu);
  // A Han or Sinhala sign carries more than a Latin letter: names in Latin letters do not outweigh it.
  if (letters(/\p{Script=Han}/gu) * 3 > latin) return 'zh';
  if (letters(/\p{Script=Sinhala}/gu) * 2 > latin) return 'si';
  if (letters(/\p{Script=Arabic}/gu) > latin) return 'ar';
  if (letters(/\p{Script=Cyrillic}/gu) <= latin) return undefined;
  if (/[іїєґ]/u.test(text)) return 'uk';
  return /[ыэъё]/u.test(text) ? 'ru' : 'cyrillic';
}

async function loadModel(): Promise<Model | undefined> {
  try {
    const model = await getLIDModel();
    await model.load();
    return model;
  } catch {
    return undefined;
  }
}

async function guess(model: Model | undefined, text: string): Promise<string[]> {
  if (model === undefined || text === '') return [];
  try {
    const results = await model.identify(text.slice(0, MODEL_TEXT), 10);
    return results.map((result: { alpha2: string | null }) => result.alpha2 ?? '');
  } catch {
    return [];
  }
}

function mostFound(lists: Words, words: string[], atLeast: number): string | undefined {
  let best: string | undefined;
  let most = atLeast - 1;
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
