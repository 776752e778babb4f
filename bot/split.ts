// The one question that splits the needs unclear words may mean: "la bolletta, l'affitto o altro?", a button for each.
// How likely each need is was decided by the decoder; what the answer does is left to correct.ts.
import type { Question } from '../flows/play.ts';
import type { Need } from '../flows/types.ts';
import { areaOf, walk } from '../flows/walk.ts';
import { mergePlace, mergeWords, withAnswer } from './answers.ts';
import type { Decoded } from './decoder/types.ts';
import { listed } from './list-marks.ts';
import { needLabel } from './need-label.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { toldNow } from './unclear.ts';

/** A need is offered from this probability on, the question is asked where those offered hold so much together. */
const PLAUSIBLE = 0.1;
const TOGETHER = 0.5;
const MOST = 4;

/** At these questions a person may say anything: a need unclear there is worth a question of its own. */
function isOpen(question: string): boolean {
  return /^triage\.|\.need$/.test(question);
}

/**
 * The needs to be asked apart, where the words claim none but may mean two to four of them; else none. `besides`: needs
 * that it is not. The same needs are never asked twice in a row.
 */
export function toSplit({ decoded, state }: Talk, besides: readonly Need[] = []): Need[] {
  const { asking, split, floor, request } = state;
  if (!decoded || decoded.need !== null || floor || request) return [];
  if (asking.kind !== 'flow' || !isOpen(asking.question)) return [];
  if (decoded.ambiguousPlaces || decoded.answers['triage.off_topic'] === 'yes') return [];
  const needs = plausible(decoded).filter((need) => !besides.includes(need));
  // A need that was heard clearly is not lost in a question about others.
  if (decoded.otherNeeds.some((need) => !needs.includes(need))) return [];
  return needs.length < 2 || needs.every((need) => split?.needs.includes(need)) ? [] : needs;
}

/** Takes in what else the words say, and remembers which needs are to be asked apart. False where there are none. */
export function openSplit(talk: Talk, besides: readonly Need[] = []): boolean {
  const { decoded, state } = talk;
  const needs = toSplit(talk, besides);
  if (!decoded || needs.length === 0) return false;
  const told = toldNow(talk);
  mergeArea(talk, needs);
  mergeRest(talk);
  state.told = { text: talk.incoming.text.slice(0, 1000), lang: decoded.lang };
  const road = walk(state.answers);
  state.split = road.arrived ? null : { needs, at: road.question.id, told };
  return state.split !== null;
}

/** Whether the splitting question is what this question of a flow has to give way to. */
export function splits(talk: Talk, question: Question): boolean {
  return talk.state.split?.at === question.id;
}

export function askSplit(talk: Talk, before = ''): void {
  const { split } = talk.state;
  if (!split) return;
  const words = say(talk);
  talk.state.asking = { kind: 'flow', question: split.at };
  const parts = split.needs.map((need) => words('unsure:part', { need: words(`unsure:short.${need}`) }));
  const list = listed(parts, talk.state.language, 'part');
  const choices = split.needs.map((need) => ({ id: `split.${need}`, label: needLabel(talk, need) }));
  reply(talk, [before, words('unsure:split', { list })].filter((part) => part !== '').join('\n\n'), {
    choices: [...choices, { id: 'split.other', label: words('unsure:other') }],
  });
}

function plausible(decoded: Decoded): Need[] {
  const likely = decoded.likely.filter(({ sure }) => sure >= PLAUSIBLE).slice(0, MOST);
  const together = likely.reduce((sum, { sure }) => sum + sure, 0);
  return together >= TOGETHER ? likely.map(({ need }) => need) : [];
}

/** What else the words say: place, for whom, details, but no need. */
export function mergeRest(talk: Talk): void {
  const { decoded, state } = talk;
  if (!decoded) return;
  const asking = state.asking.kind === 'flow' ? state.asking.question : undefined;
  const rest: Decoded = { ...decoded, area: 'unclear', secondaryArea: null, need: null, otherNeeds: [] };
  state.answers = mergeWords(state.answers, rest, asking);
  const whom = { self: undefined, unknown: undefined, other: 'relative', client: 'client' }[decoded.forWhom];
  if (whom && !state.answers.some(({ question, by }) => question === 'access.for_whom' && by === 'person'))
    state.answers = withAnswer(state.answers, { question: 'access.for_whom', values: [whom], by: 'words' });
  state.answers = mergePlace(state.answers, decoded);
}

/** The area too, where every need it may be lies in it: "altro" then asks on from there. */
function mergeArea({ decoded, state }: Talk, needs: readonly Need[]): void {
  if (!decoded || state.asking.kind !== 'flow' || needs.some((need) => areaOf(need) !== decoded.area)) return;
  state.answers = mergeWords(state.answers, { ...decoded, otherNeeds: [] }, state.asking.question);
}
