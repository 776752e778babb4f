// Telegram keeps what is written there: at violence, despair or health this is said once, with a private page and a number.
// Nothing stops here: the numbers of a danger came first, and whoever stays is asked on as before.
import { areaOf } from '../../flows/walk.ts';
import { namedAreas, namedNeeds } from '../answers.ts';
import { callLine } from '../desk-lines.ts';
import type { Danger } from '../floor/types.ts';
import { callLinks, comuneOf, mainDesk } from '../human.ts';
import type { Reply } from '../message.ts';
import type { Talk } from '../talk.ts';

/** Dangers whose words nobody else should find on a telephone. */
const DELICATE: Danger[] = ['violence', 'child', 'suicide'];

/** Puts one bubble after the numbers, before the question. The buttons on offer stay the same, under the last bubble. */
export function offerPrivacy(talk: Talk): void {
  const { env, state, incoming, at, replies } = talk;
  if (!env.carry || incoming.channel !== 'telegram' || state.carry !== null || !isDelicate(talk)) return;
  if (talk.eraseLog || incoming.kind === 'start') return;
  const id = env.ids.uuid();
  const { conversationId } = incoming;
  const language = languageOf(talk);
  const url = env.carry.url({ id, conversationId, comune: comuneOf(talk), language, at });
  state.carry = id;
  const notice = bubble(talk, language, url);
  const index = replies.findLastIndex(({ kind }) => kind === 'floor') + 1;
  const last = index === replies.length ? replies.at(-1) : undefined;
  if (last) [notice.choices, last.choices] = [last.choices, []];
  talk.replies = replies.toSpliced(index, 0, notice);
}

function bubble(talk: Talk, language: string, url: string): Reply {
  const { env, at } = talk;
  const words = env.words.say(language);
  const view = { env, at, state: { language } };
  const comune = comuneOf(talk);
  // Beside numbers for a danger no other number is needed.
  const desk =
    comune && !talk.state.floor && !talk.state.noticed.includes('minor') ? mainDesk(talk, comune) : undefined;
  const call = comune && desk ? [words('carry:call', { line: callLine(view, desk, comune) })] : [];
  const minor = talk.state.noticed.includes('minor');
  const text = [
    words(minor ? 'carry:telegram_minor' : 'carry:telegram'),
    ...call,
    words(minor ? 'carry:stay_minor' : 'carry:stay'),
  ].join('\n');
  const links = [
    { label: words(minor ? 'carry:open_minor' : 'carry:open'), url },
    ...(desk ? callLinks(view, [desk]) : []),
  ];
  return { kind: 'text', text, lang: language, choices: [], links, case: null, delicate: true };
}

function isDelicate({ state }: Talk): boolean {
  if (state.floor?.hit.dangers.some((danger) => DELICATE.includes(danger))) return true;
  const needs = namedNeeds(state.answers);
  return (
    needs.some((need) => need === 'violence' || areaOf(need) === 'health') ||
    namedAreas(state.answers).includes('health')
  );
}

/** Said in the language of the numbers, where that is one the talk can go on in. */
function languageOf({ env, state }: Talk): string {
  const cried = state.floor?.language;
  return cried !== undefined && env.words.languages.includes(cried) ? cried : state.language;
}
