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
 * A bubble before the answer, which is then given in the talk's own language. Said once in a conversation; that words
 * cannot be read, of all that cannot.
 */
export function tellUnwritten(talk: Talk, language: string): void {
  const { state, env } = talk;
  const read = env.words.floorLanguages.includes(language);
  const told = state.noticed.includes(TOLD);
  if (told && read) return;
  // The buttons on offer stay those of the question that the words may answer.
  const bubble = { kind: 'text', lang: state.language, case: null } as const;
  if (told)
    return void talk.replies.push({ ...bubble, choices: [], text: unread(talk, language).join('\n'), links: [] });
  state.noticed.push(TOLD);
  const { lines, links } = numbers(talk);
  const text = [
    ...(read ? [] : unread(talk, language)),
    env.words.say(read ? language : state.language)('floor:not_written'),
    ...lines,
    ...(read ? [say(talk)('common:language_missing', { language: nameOf(language, state.language) })] : []),
  ].join('\n');
  talk.replies.push({ ...bubble, choices: [], text, links });
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
function unread({ env, state }: Talk, language: string): string[] {
  const { languages, floorLanguages } = env.words;
  const both = [state.language, state.language === 'en' ? 'it' : 'en'];
  const readable = [...languages, ...floorLanguages.filter((one) => !languages.includes(one))];
  return [
    ...both.map((one) => env.words.say(one)('common:language_unread', { language: nameOf(language, one) })),
    readable.map(ownName).join(', '),
    ...both.map((one) => env.words.say(one)('common:greeting_danger')),
  ];
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
