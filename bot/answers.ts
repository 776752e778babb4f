// Puts into the answers what a person's own words say: need, place, for whom. Small pure steps on the list of answers.
// What the words mean was decided by the decoder; what is asked next by the flows.
import { AREAS, NEEDS } from '../flows/types.ts';
import type { Answer, Area, Need } from '../flows/types.ts';
import { areaOf, referralOf } from '../flows/walk.ts';
import type { Decoded } from './decoder/types.ts';

/** The list with that question answered so; an earlier answer to it is replaced in its place, its age kept. */
export function withAnswer(answers: readonly Answer[], answer: Answer): Answer[] {
  const index = answers.findIndex((one) => one.question === answer.question);
  return index < 0 ? [...answers, answer] : answers.with(index, answer);
}

export function withoutAnswer(answers: readonly Answer[], question: string): Answer[] {
  return answers.filter((answer) => answer.question !== question);
}

export function valuesOf(answers: readonly Answer[], question: string): string[] {
  return answers.find((answer) => answer.question === question)?.values ?? [];
}

/** Whether the words name a need or an area clearly enough to act on. */
export function tellsNeed(decoded: Decoded): boolean {
  return decoded.area !== 'unclear';
}

/** All needs of the words, the main one first. */
function needsOf(decoded: Decoded): Need[] {
  return [...(decoded.need ? [decoded.need] : []), ...decoded.otherNeeds];
}

/**
 * The answers with everything the words say. A need named replaces what was known of the areas; a place named replaces
 * the page's guess; an answer the person gave by hand is kept, unless it is the very question that is being asked.
 */
export function mergeWords(answers: readonly Answer[], decoded: Decoded, asking: string | undefined): Answer[] {
  let merged = tellsNeed(decoded) ? withNeeds(answers, decoded, asking) : [...answers];
  for (const [question, value] of Object.entries(decoded.answers))
    if (question in ONLY_HINTS || by(merged, question) !== 'person' || question === asking)
      merged = question in ONLY_HINTS ? merged : withAnswer(merged, fromWords(question, [value], question === asking));
  if (decoded.comune !== 'none' && !decoded.ambiguousPlaces)
    merged = withAnswer(merged, fromWords('access.comune', [decoded.comune], asking === 'access.comune'));
  const forWhom = { self: undefined, unknown: undefined, other: 'relative', client: 'client' }[decoded.forWhom];
  if (forWhom && tellsNeed(decoded) && by(merged, 'access.for_whom') !== 'person')
    merged = withAnswer(merged, fromWords('access.for_whom', [forWhom], false));
  return merged;
}

/** Found in words, but not the answer to a question of a flow. */
const ONLY_HINTS: Record<string, true> = { 'economic.bonus': true, 'triage.off_topic': true };

function withNeeds(answers: readonly Answer[], decoded: Decoded, asking: string | undefined): Answer[] {
  const bonus = decoded.answers['economic.bonus'] === 'info';
  const needs = bonus ? (['documents_isee'] satisfies Need[]) : needsOf(decoded);
  const known = namedNeeds(answers);
  if (known.length > 0 && asking !== undefined && !/^triage\.|\.need$/.test(asking))
    return withMoreNeeds(
      answers,
      needs.filter((need) => !known.includes(need)),
      decoded.confidence,
    );
  return withNewNeeds(answers, needs, decoded, asking);
}

/** In the middle of one need another comes up: it is kept beside it, none is dropped. */
function withMoreNeeds(answers: readonly Answer[], more: readonly Need[], confidence: number): Answer[] {
  if (more.length === 0 || confidence < SURE) return [...answers];
  return withAnswer(answers, fromWords('triage.also', [...valuesOf(answers, 'triage.also'), ...more], false));
}

/** Below this a second need heard in passing is not taken for one. */
const SURE = 0.6;

function withNewNeeds(
  answers: readonly Answer[],
  needs: Need[],
  decoded: Decoded,
  asking: string | undefined,
): Answer[] {
  const told = needs.length === 0 && decoded.area !== 'unclear' ? [decoded.area] : [];
  const open =
    decoded.secondaryArea === null || decoded.answers['economic.bonus'] ? told : [...told, decoded.secondaryArea];
  const costATurn = by(answers, 'triage.areas') === 'person' || (asking ?? '').startsWith('triage.');
  // Asked about one of several areas, the person speaks of that one: what is known of the others stays.
  const others = namedAreas(answers).filter((area) => asking?.endsWith('.need') && asking !== `${area}.need`);
  if (others.length > 0) {
    const kept = namedNeeds(answers).filter((need) => others.includes(areaOf(need)));
    return withTheseNeeds(answers, [...kept, ...needs], [...others, ...open], costATurn, asking);
  }
  const rest = answers.filter(({ question }) => !/^(triage|economic|housing|relational|health)\./.test(question));
  const details = Object.entries(decoded.answers).map(([question, value]) => fromWords(question, [value], false));
  return [...rest, ...needAnswers(mostUrgentFirst(needs, details), open, costATurn, asking)];
}

/**
 * The answers with these needs, and these areas still to be asked about, instead of what they named. Details, place and
 * for whom stay. `asked`: it cost the person a turn.
 */
export function withTheseNeeds(
  answers: readonly Answer[],
  needs: readonly Need[],
  areas: readonly Area[],
  asked: boolean,
  asking?: string,
): Answer[] {
  const rest = answers.filter(({ question }) => !/^triage\.|\.need$/.test(question));
  const fresh = needAnswers(mostUrgentFirst(needs, rest), areas, asked, asking);
  const same = (one: Answer): Answer | undefined =>
    answers.find(({ question, values }) => question === one.question && values.join() === one.values.join());
  return [...rest, ...fresh.map((one) => same(one) ?? one)];
}

/** Needs by urgency, as far as the answers tell it; of two alike the first stays first. */
export function mostUrgentFirst(needs: readonly Need[], answers: readonly Answer[]): Need[] {
  const rank = (need: Need): number => ['emergency', 'urgent', 'none'].indexOf(referralOf(need, answers).urgency);
  return needs.toSorted((a, b) => rank(a) - rank(b));
}

/** One need an area is the area's answer; a further one of the same area is kept beside it. */
function needAnswers(needs: readonly Need[], open: readonly Area[], costATurn: boolean, asking?: string): Answer[] {
  const areas = [...new Set([...needs.map(areaOf), ...open])];
  const firsts = areas.flatMap((area) => needs.find((need) => areaOf(need) === area) ?? []);
  const also = [...new Set(needs.filter((need) => !firsts.includes(need)))];
  return [
    ...triageAnswers(areas, costATurn),
    ...firsts.map((need) => fromWords(`${areaOf(need)}.need`, [need], asking === `${areaOf(need)}.need`)),
    ...(also.length > 0 ? [fromWords('triage.also', also, false)] : []),
  ];
}

function triageAnswers(areas: readonly Area[], asked: boolean): Answer[] {
  const [only, ...others] = areas;
  if (!only) return [];
  if (others.length === 0) return [fromWords('triage.areas', [only], asked)];
  return [fromWords('triage.areas', ['several'], asked), fromWords('triage.several', [...areas, 'done'], false)];
}

/** An answer given in words to the question just asked has cost the person a turn, as a tap would. */
function fromWords(question: string, values: string[], asked: boolean): Answer {
  return { question, values, by: asked ? 'person' : 'words' };
}

function by(answers: readonly Answer[], question: string): Answer['by'] | undefined {
  return answers.find((answer) => answer.question === question)?.by;
}

/** What the words say of the place beyond its comune. */
export function mergePlace(answers: readonly Answer[], { place, residentElsewhere }: Decoded): Answer[] {
  const placed = place ? withAnswer(answers, fromWords('access.place', [place], false)) : [...answers];
  return residentElsewhere ? withAnswer(placed, fromWords('access.resident_elsewhere', ['yes'], false)) : placed;
}

/** The areas that the answers name. */
export function namedAreas(answers: readonly Answer[]): Area[] {
  const values = [...valuesOf(answers, 'triage.areas'), ...valuesOf(answers, 'triage.several')];
  return AREAS.filter((area) => values.includes(area));
}

/** Every need that the answers name, for the sentence "capisco: ...". */
export function namedNeeds(answers: readonly Answer[]): Need[] {
  const values = [...AREAS.flatMap((area) => valuesOf(answers, `${area}.need`)), ...valuesOf(answers, 'triage.also')];
  return Object.values(NEEDS)
    .flat()
    .filter((need) => values.includes(need));
}
