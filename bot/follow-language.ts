// Which language the bot answers in: the page's first, then the writer's, until the person chooses one.
// Telling a text's language is left to the decoder.
import type { Decoded } from './decoder/types.ts';
import { commandLanguages, namedCommand, plain } from './options.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { tellUnwritten } from './unwritten.ts';
import type { Words } from './words.ts';

/** Fewer words than this are no reason to change language. */
const ENOUGH_WORDS = 3;
/** Nor are fewer than this for who has already written in the language of the talk: a few words are often misread. */
const MANY_WORDS = 6;

/** `it-IT` to `it`; undefined where the bot does not speak it. */
export function readLanguage(words: Words, tag: string | undefined): string | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return words.languages.find((spoken) => spoken === language);
}

/**
 * Switches to the writer's language and says how to change it back; says once when it is one the bot cannot write, or
 * cannot even read. Neither is said while `quiet` or while a danger is open.
 */
export function followLanguage(talk: Talk, quiet: boolean): void {
  const { state, decoded } = talk;
  if (!decoded || state.request) return;
  // Whoever chose the page's language too has to know that their words cannot be read.
  if (state.languageChosen && isRead(talk, decoded)) return;
  const asked = namedCommand(talk.incoming.text, talk.env.words)?.replace('language_', '');
  // The command itself will say so: until then the numbers of a danger are already in that language.
  if (asked && talk.env.words.languages.includes(asked)) return void (state.language = asked);
  if (!enough(talk)) return;
  const language = languageOf(talk, decoded);
  const settled = state.noticed.includes('language_heard');
  if (talk.env.words.languages.includes(language)) {
    const many = count(talk) >= MANY_WORDS;
    if (!settled && (many || language === state.language)) state.noticed.push('language_heard');
    if (language === state.language || (settled && !many)) return;
    state.language = language;
    if (!quiet && !state.floor) tellChange(talk);
    return;
  }
  if (!quiet && !state.floor) tellUnwritten(talk, language);
}

function isRead({ env }: Talk, { lang }: Decoded): boolean {
  return env.words.floorLanguages.includes(lang);
}

/** A button's label is of the talk's language and a command's phrase of one that lists it, whatever else they resemble. */
function languageOf({ incoming, state, env }: Talk, { lang }: Decoded): string {
  const said = plain(incoming.text);
  if (state.offered.some(({ label }) => plain(label) === said)) return state.language;
  const listed = commandLanguages(incoming.text, env.words);
  return listed.includes(state.language) ? state.language : (listed[0] ?? lang);
}

/** One line before the answer. The buttons on offer stay those of the question that the words may answer. */
function tellChange(talk: Talk): void {
  const text = say(talk)('common:language_followed');
  talk.replies.push({ kind: 'text', text, lang: talk.state.language, choices: [], links: [], case: null });
}

/** The language a cry for help is answered in, where it is not the talk's: the writer's own, if the floor speaks it. */
export function languageOfCry(talk: Talk): string | undefined {
  const { state, decoded, env } = talk;
  if (!decoded || state.languageChosen || decoded.lang === state.language || !enough(talk)) return undefined;
  return env.words.floorLanguages.find((language) => language === decoded.lang);
}

function enough(talk: Talk): boolean {
  const { text } = talk.incoming;
  return count(talk) >= ENOUGH_WORDS || (/\p{L}/u.test(text) && !/[a-z]/i.test(text));
}

/** Words with a letter: a telephone number, a date or an amount is of no language. */
function count({ incoming }: Talk): number {
  return incoming.text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
}
