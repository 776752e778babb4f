// Which language the bot answers in: the page's first, then the writer's, until the person chooses one.
// Telling a text's language is left to the decoder.
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import type { Words } from './words.ts';

/** Fewer words than this are no reason to change language. */
const ENOUGH_WORDS = 3;

/** `it-IT` to `it`; undefined where the bot does not speak it. */
export function readLanguage(words: Words, tag: string | undefined): string | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return words.languages.find((spoken) => spoken === language);
}

/** Switches to the writer's language; says once, in two languages, when it is one the bot cannot write, unless `quiet`. */
export function followLanguage(talk: Talk, quiet: boolean): void {
  const { state, decoded } = talk;
  if (!decoded || state.languageChosen || state.request) return;
  if (!enough(talk) || decoded.lang === state.language) return;
  if (talk.env.words.languages.includes(decoded.lang)) {
    state.language = decoded.lang;
    return;
  }
  if (quiet || state.noticed.includes('language_missing')) return;
  state.noticed.push('language_missing');
  reply(talk, say(talk)('common:language_missing'), { choices: state.offered });
}

/** The language a cry for help is answered in, where it is not the talk's: the writer's own, if the floor speaks it. */
export function languageOfCry(talk: Talk): string | undefined {
  const { state, decoded, env } = talk;
  if (!decoded || state.languageChosen || decoded.lang === state.language || !enough(talk)) return undefined;
  return env.words.floorLanguages.find((language) => language === decoded.lang);
}

function enough({ incoming }: Talk): boolean {
  return incoming.text.trim().split(/\s+/).length >= ENOUGH_WORDS || !/[a-z]/i.test(incoming.text);
}
