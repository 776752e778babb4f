// How to be contacted, in the person's own words: at the question about it, or beside the number they leave.
// What the words allow is read in bot/safe-contact; keeping them is left to request-safe.ts.
import { withAnswer } from './answers.ts';
import { besideContact } from './contact.ts';
import { fillDraft } from './draft.ts';
import { allOf, isPhrase, plain } from './options.ts';
import type { Case } from './ports.ts';
import { safeAs, withWish } from './request-safe.ts';
import {
  isAboutContact,
  isBesideWish,
  isMannersOnly,
  isPlainRefusal,
  isRuledWish,
  isTimeWish,
  isWayWish,
} from './safe-contact/notice.ts';
import { rulesInWords } from './safe-contact/in-words.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

/** `value`: the answer to the question that was asked, and what is said before the next one. */
export type Heard = { option: string } | { value: string; before: string } | 'no';

const LONGEST = 500;

/** At "is there anything to be careful about?", all words but a plain yes or no, or the label of a button, are the wish. */
export function hearSafe(talk: Talk, draft: Case, question: string, text: string): Heard {
  const first = question === 'request.safe_first';
  const button = buttonNamed(talk.state, question, text);
  if (button) return { option: button };
  const wish = withoutYes(talk, text);
  if (wish === '') return { option: first ? 'any' : 'limits' };
  if (first && isPlainRefusal(text, talk.state.language)) return { option: 'never' };
  if (!first && saysNothing(talk, text)) return { option: 'any' };
  if (isElse(talk, wish)) return 'no';
  return { value: 'limits', before: note(talk, draft, question, wish) };
}

/** At "when and how?": a bare yes or no is none. */
export function hearWishes(talk: Talk, draft: Case, question: string, text: string): Heard {
  if (isBare(talk, text) || saysNothing(talk, text)) return 'no';
  const wish = withoutYes(talk, text);
  return { value: 'given', before: note(talk, draft, question.replace('wishes', 'safe'), wish) };
}

/** What was said beside the number is kept, and said back; empty where it is no wish. `alone`: there is no number. */
export function noteBeside(talk: Talk, draft: Case, text: string, kind: 'phone' | 'email' | undefined): string {
  const { language } = talk.state;
  const beside = besideContact(text);
  const sensitive = draft.details.needs.some(({ need }) => need === 'violence');
  const is = kind
    ? isBesideWish(beside, language, kind === 'email' || sensitive)
    : isWayWish(beside, language) || isTimeWish(beside, language);
  return is ? noteWish(talk, draft, beside) : '';
}

/** Where a name is asked for, what is plainly a wish; a name alone never is one. Empty where it is none. */
export function noteAtName(talk: Talk, draft: Case, text: string): string {
  const { language } = talk.state;
  const is = isWayWish(text, language) || isTimeWish(text, language) || isRuledWish(text, language);
  return is ? noteWish(talk, draft, text) : '';
}

/** Kept beside what was said before, and read back. */
function noteWish(talk: Talk, draft: Case, said: string): string {
  const sensitive = draft.details.needs.some(({ need }) => need === 'violence');
  const wish = said.slice(0, LONGEST);
  const question = sensitive ? 'request.safe_first' : 'request.safe';
  const safe = withWish(talk, draft, wish);
  fillDraft(talk, draft, { safe });
  answer(talk, question, 'limits');
  answer(talk, question.replace('safe', 'wishes'), 'given');
  return readBack(talk, wish, safe.rules ?? {});
}

function note(talk: Talk, draft: Case, question: string, said: string): string {
  const wish = said.slice(0, LONGEST);
  const safe = safeAs(talk, draft, wish);
  fillDraft(talk, draft, { safe });
  answer(talk, question.replace('safe', 'wishes'), 'given');
  return readBack(talk, wish, safe.rules ?? {});
}

function readBack(talk: Talk, wishes: string, rules: Parameters<typeof rulesInWords>[0]): string {
  const words = say(talk);
  const rule = rulesInWords(rules, words, talk.state.language);
  return words('safe:noted', { line: words('safe:read_back', { wishes, rule }) });
}

function answer({ state }: Talk, question: string, value: string): void {
  if (state.request)
    state.request.answers = withAnswer(state.request.answers, { question, values: [value], by: 'person' });
}

/** Two words and more that all stand on one button: "meglio che chiami io". */
function buttonNamed({ offered }: Talk['state'], question: string, text: string): string | undefined {
  const said = plain(text).split(' ');
  if (said.length < 2) return undefined;
  const own = offered.filter(({ id }) => id.startsWith(`${question}.`));
  const found = own.filter(({ label }) => said.every((word) => plain(label).split(' ').includes(word)));
  return found.length === 1 ? found[0]?.id.slice(question.length + 1) : undefined;
}

/** "Sì, non lasciate messaggi": the yes only says that there is something. */
function withoutYes(talk: Talk, text: string): string {
  const openers = allOf('yes', talk.env.words).filter((yes) => !/\s/.test(yes));
  const [, first = '', rest = ''] = /^\s*([\p{L}']+)(?=[\s,.;:!–-]|$)[\s,.;:!–-]*(.*)$/su.exec(text) ?? [];
  if (!openers.some((yes) => plain(yes) === plain(first))) return text.trim();
  const left = rest.trim();
  return isPhrase(plain(left), 'thanks', talk.env.words) || isBare(talk, left) ? '' : left;
}

function isBare(talk: Talk, text: string): boolean {
  return ['yes', 'no', 'unsure'].some((key) => isPhrase(plain(text), key, talk.env.words));
}

/** "Niente di particolare", "no, va bene sempre". */
function saysNothing({ env, state }: Talk, text: string): boolean {
  const said = plain(text);
  const nothing = env.words.languages.flatMap((language) => env.words.list(language, 'request:safe.nothing'));
  return nothing.some((phrase) => plain(phrase) === said) || isMannersOnly(text, state.language);
}

/** A doubt, a question back, a place put right: none of it about being contacted. */
function isElse(talk: Talk, wish: string): boolean {
  if (isBare(talk, wish)) return true;
  if (isAboutContact(wish, talk.state.language)) return false;
  return wish.includes('?') || (talk.decoded !== undefined && talk.decoded.comune !== 'none');
}
