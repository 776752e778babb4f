// What the last words were taken to mean, and the buttons that put it right in one tap while that is not sure.
// What such a button does is left to correct.ts, the words of the question beside it to prompt.ts.
import type { Need } from '../flows/types.ts';
import { areaOf } from '../flows/walk.ts';
import { namedNeeds } from './answers.ts';
import type { Decoded } from './decoder/types.ts';
import type { Choice } from './message.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { toldNow } from './unclear.ts';

/** From this probability on a need counts as understood, and nothing stands beside the question's own buttons. */
export const SURE = 0.85;
/** Needs less likely than this are not offered instead. */
const PLAUSIBLE = 0.05;
/** Corrections offered beside "no, it is something else"; one only where the question has many buttons itself. */
const MOST = 2;
const MANY = 4;

/** Where somebody is asked how they are tonight, or whether they want to live, nothing stands beside the answers. */
const DELICATE = ['housing.tonight', 'relational.mood', 'health.mind', 'health.exhaustion'];

/** After words that claim a need were taken in: remembers what they were taken for. `before`: needs known until then. */
export function noteDoubt(talk: Talk, before: readonly Need[]): void {
  const { decoded, state } = talk;
  const needs = namedNeeds(state.answers).filter((need) => !before.includes(need));
  if (!decoded?.need || needs.length === 0) return;
  const sure = decoded.likely.find(({ need }) => need === decoded.need)?.sure ?? decoded.confidence;
  const next = decoded.likely
    .filter((likely) => !namedNeeds(state.answers).includes(likely.need) && likely.sure >= PLAUSIBLE)
    .map(({ need }) => need);
  // In a danger nobody is asked to put words right.
  const open = sure < SURE && !isDetailed(decoded) && !state.floor && (talk.hit?.maybe ?? true);
  state.doubt = { needs, next: next.slice(0, MOST), open, told: toldNow(talk) };
}

/** Words that also answer a question about the need were well understood, however unlikely the need alone. */
function isDetailed({ need, answers }: Decoded): boolean {
  return need !== null && Object.keys(answers).some((question) => question.startsWith(`${areaOf(need)}.`));
}

/** Whether the corrections stand, or may still stand, beside the question `at` (`result`: the card). */
export function doubts(talk: Talk, at: string): boolean {
  const { doubt, floor } = talk.state;
  return doubt !== null && doubt.open && !floor && !DELICATE.includes(at) && (doubt.at ?? at) === at;
}

/** The buttons that correct, beside the `own` ones of the question `at`; at any further question they are gone. */
export function corrections(talk: Talk, at: string, own: number): Choice[] {
  const { doubt } = talk.state;
  if (!doubt) return [];
  if (!doubts(talk, at)) {
    if (!talk.state.floor) doubt.open = false;
    return [];
  }
  doubt.at = at;
  const words = say(talk);
  const most = own > MANY ? 1 : MOST;
  const short = (need: Need): string => words(`unsure:short.${need}`);
  // Of two needs that were understood the wrong one may be left out.
  const only = doubt.needs.length === 2 && most === MOST ? doubt.needs : [];
  const offered =
    doubt.needs.length > 1
      ? only.map((need) => ({ id: `correct.only.${need}`, label: words('unsure:only', { need: short(need) }) }))
      : doubt.next
          .slice(0, most)
          .map((need) => ({ id: `correct.${need}`, label: words('unsure:no', { need: short(need) }) }));
  return [...offered, { id: 'correct.other', label: words('unsure:no_other') }];
}
