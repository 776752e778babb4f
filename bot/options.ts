// From what was typed to one of the buttons on offer: its words, its number, "il secondo", "quella della luce".
// Whole messages only, never a word inside a sentence. Meaning beyond the buttons is left to the decoder.
import type { Choice } from './message.ts';
import type { Words } from './words.ts';

/** Lower case, no accents, no punctuation, single spaces: the form in which typed words and labels are compared. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}

/** The choice that the text names beyond doubt: its id, its label, its number or its place. */
export function namedChoice(text: string, offered: readonly Choice[], words: Words): string | undefined {
  const said = plain(text);
  if (said === '') return undefined;
  const exact = offered.find((choice) => choice.id === text.trim() || plain(choice.label) === said);
  if (exact) return exact.id;
  const own = ownChoices(offered);
  if (isPhrase(said, 'last', words)) return own.at(-1)?.id;
  const index = placeNamed(said, offered.length, words);
  if (index !== undefined) return offered[index]?.id;
  for (const answer of ['yes', 'no', 'all', 'unsure'] as const)
    if (isPhrase(said, answer, words)) return byMeaning(own, answer, words);
  return undefined;
}

/** The one choice that shares a telling word with the text; none where two do. */
export function likelyChoice(text: string, offered: readonly Choice[], words: Words): string | undefined {
  const stop = new Set(allOf('stopwords', words));
  const said = telling(text, stop);
  const scored = ownChoices(offered).map((choice) => {
    const label = telling(choice.label, stop);
    return { id: choice.id, score: said.filter((word) => label.some((other) => sameWord(word, other))).length };
  });
  const [best, next] = scored.toSorted((a, b) => b.score - a.score);
  return best && best.score > 0 && best.score > (next?.score ?? 0) ? best.id : undefined;
}

/** The labels, by their place, that a word of the text names and no other label has: "bolletta e affitto" names two. */
export function namedByWords(text: string, labels: readonly string[], words: Words): number[] {
  const stop = new Set(allOf('stopwords', words));
  const each = labels.map((label) => telling(label, stop));
  const owners = telling(text, stop).map((said) =>
    each.flatMap((label, index) => (label.some((word) => sameWord(said, word)) ? [index] : [])),
  );
  return [...new Set(owners.flatMap((found) => (found.length === 1 ? found : [])))];
}

/** Buttons that correct stand beside the question's own: "no", "the last" or a word in passing never mean them. */
function ownChoices(offered: readonly Choice[]): Choice[] {
  return offered.filter(({ id }) => !id.startsWith('correct.'));
}

/** The command that the whole text is, for example `restart`; never one that a sentence only contains. */
export function namedCommand(text: string, words: Words): string | undefined {
  const said = plain(text);
  const languages = words.languages.map((language) => `language_${language}`);
  return [...COMMANDS, ...languages].find((command) => isPhrase(said, command, words));
}

/** The languages in which the whole text is a command. */
export function commandLanguages(text: string, words: Words): string[] {
  const said = plain(text);
  return words.languages.filter((language) =>
    COMMANDS.some((key) => words.list(language, `commands:${key}`).some((phrase) => plain(phrase) === said)),
  );
}

/** Beside these: `language_<code>` for every language spoken. */
export const COMMANDS = [
  'restart',
  'back',
  'change',
  'language',
  'human',
  'erase',
  'what',
  'privacy',
  'withdraw',
  'status',
  'move',
  'contact',
  'copy',
  'sheet',
  'thanks',
  'greeting',
  'help',
] as const;

/** The numbers in "1, 3" or "1 e 3", when the text holds nothing else. */
export function numbersNamed(text: string, count: number): number[] {
  const said = plain(text);
  if (!/^\d+( (e |and )?\d+)*$/.test(said)) return [];
  const numbers = (said.match(/\d+/g) ?? []).map((digits) => Number(digits) - 1);
  return numbers.every((number) => number >= 0 && number < count) ? numbers : [];
}

function placeNamed(said: string, count: number, words: Words): number | undefined {
  if (/^\d{1,2}$/.test(said)) return Number(said) >= 1 && Number(said) <= count ? Number(said) - 1 : undefined;
  for (const language of words.languages) {
    const ordinals = words.list(language, 'commands:ordinals');
    const index = ordinals.findIndex((names) => names.split('|').some((name) => plain(name) === said));
    if (index >= 0 && index < count) return index;
  }
  return undefined;
}

/** "sì" chooses the one label that begins with a yes; "non so" the one option that is made for it. */
function byMeaning(
  offered: readonly Choice[],
  meaning: 'yes' | 'no' | 'all' | 'unsure',
  words: Words,
): string | undefined {
  const endings = { yes: ['send'], no: ['skip'], all: ['any'], unsure: ['unsure', 'other'] }[meaning];
  const opens = (choice: Choice): boolean => isPhrase(plain(choice.label.split(/[,:،]/)[0] ?? ''), meaning, words);
  const found = offered.filter((choice) => opens(choice) || endings.includes(choice.id.split('.').at(-1) ?? ''));
  if (found.length === 1) return found[0]?.id;
  const [only] = offered;
  // A bare "sì" never leaves the floor.
  return meaning === 'yes' && offered.length === 1 && !only?.id.startsWith('floor.') ? only?.id : undefined;
}

function telling(phrase: string, stop: ReadonlySet<string>): string[] {
  return plain(phrase)
    .split(/[ ']/)
    .filter((word) => word.length > 2 && !stop.has(word));
}

/** Whether the whole text, in its plain form, is one of the phrases listed under that key. */
export function isPhrase(said: string, key: string, words: Words): boolean {
  return allOf(key, words).some((phrase) => plain(phrase) === said);
}

export function allOf(key: string, words: Words): string[] {
  return words.languages.flatMap((language) => words.list(language, `commands:${key}`));
}

function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  // Italian endings: bolletta, bollette; sfratto, sfratti.
  return a.length > 4 && b.length > 4 && a.slice(0, -1) === b.slice(0, -1);
}
