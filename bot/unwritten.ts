// Said once to who writes in a language the bot does not write, or does not read: which it is, who to call, which to change to.
// Which language a text is in is left to the decoder and to foreign.ts; what the words say is answered as ever.
import { COMUNI } from '../flows/types.ts';
import { callLine } from './desk-lines.ts';
import { callLinks, comuneOf, mainDesk, switchboards } from './human.ts';
import type { Link } from './message.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

const TOLD = 'language_missing';

/**
 * Bubbles before the answer, which is then given in the talk's own language. Said once in a conversation; that words
 * cannot be read, of all that cannot.
 */
export function tellUnwritten(talk: Talk, language: string): void {
  const { state, env } = talk;
  const read = env.words.floorLanguages.includes(language);
  const told = state.noticed.includes(TOLD);
  if (!read) tellUnread(talk, language);
  if (told) return;
  state.noticed.push(TOLD);
  const { lines, links } = numbers(talk);
  const answers = (read ? [language] : inTwo(talk)).map((one) => env.words.say(one)('floor:not_written'));
  push(talk, read ? language : state.language, [...answers, ...lines], links);
  if (!read) return;
  push(talk, state.language, [say(talk)('common:language_missing', { language: nameOf(language, state.language) })]);
}

/** Each bubble in one language. The buttons on offer stay those of the question that the words may answer. */
function push(talk: Talk, lang: string, lines: string[], links: Link[] = []): void {
  talk.replies.push({ kind: 'text', text: lines.join('\n'), lang, choices: [], links, case: null });
}

/** The last bubble of a turn that told so holds the languages to change to. `before`: what had been told until then. */
export function offerLanguages(talk: Talk, before: readonly string[]): void {
  const { state, env, decoded } = talk;
  const last = talk.replies.at(-1);
  if (!state.noticed.includes(TOLD) || !last || last.kind === 'floor') return;
  if (before.includes(TOLD) && (!decoded || env.words.floorLanguages.includes(decoded.lang))) return;
  const others = env.words.languages.filter((language) => language !== state.language);
  const offered = others.map((language) => ({
    id: `command.language.${language}`,
    label: say(talk)(`common:language_${language}`),
  }));
  last.choices = [...last.choices, ...offered];
  state.offered = last.choices;
}

/**
 * In two languages: that it cannot be read, in which languages one may write, and what to do in danger, for the words
 * may have been a cry.
 */
function tellUnread(talk: Talk, language: string): void {
  const { env } = talk;
  const { languages, floorLanguages } = env.words;
  const readable = [...languages, ...floorLanguages.filter((one) => !languages.includes(one))];
  for (const one of inTwo(talk)) {
    const words = env.words.say(one);
    push(talk, one, [
      words('common:language_unread', { language: nameOf(language, one) }),
      readable.map(ownName).join(', '),
      words('common:greeting_danger'),
    ]);
  }
}

/** For whom neither may be their own: English, and the talk's language last, as the buttons are in it. */
function inTwo({ state }: Talk): string[] {
  return [state.language === 'en' ? 'it' : 'en', state.language];
}

/** The desk of the comune that the words or the page name; where none is known, the switchboard of each. */
function numbers(talk: Talk): { lines: string[]; links: Link[] } {
  const comune = COMUNI.find((id) => id === talk.decoded?.comune) ?? comuneOf(talk);
  if (!comune) return switchboards(talk);
  const desk = mainDesk(talk, comune);
  return { lines: [callLine(talk, desk, comune)], links: callLinks(talk, [desk]) };
}

/** "tedesco (Deutsch)": for who reads the talk's language, and for who does not. */
function nameOf(language: string, inLanguage: string): string {
  const name = new Intl.DisplayNames([inLanguage, 'it'], { type: 'language' }).of(language) ?? language;
  return `${name} (${ownName(language)})`;
}

function ownName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
