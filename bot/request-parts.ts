// A request that goes to several desks: who gets which part, and who is left out. While it is written it is one draft.
// Which desk answers for a need is left to desks.ts; sending the parts to request-send.ts.
import { areaOf } from '../flows/walk.ts';
import type { Answer, ForWhom, Need } from '../flows/types.ts';
import { valuesOf, withAnswer } from './answers.ts';
import { isForPuntoInsieme } from './punto-insieme.ts';
import type { Case, CaseDetails, Desk } from './ports.ts';
import type { Talk } from './talk.ts';

/** What one desk is asked for. */
export interface RequestPart {
  desk: Desk;
  needs: CaseDetails['needs'];
}

/** Kept among the answers of the request; no question of its own. */
const WITHOUT = 'request.without';

/** Every part there is, also those the person left out, the most urgent first. */
export function allParts(talk: Talk, draft: Case): RequestPart[] {
  const parts: RequestPart[] = [];
  for (const need of draft.details.needs) {
    const desk = talk.env.directory.desk(need.desk ?? draft.deskId);
    const same = parts.find((part) => part.desk.id === desk?.id);
    if (same) same.needs.push(need);
    else if (desk) parts.push({ desk, needs: [need] });
  }
  return parts;
}

/** The parts that go: at least one, if there is any. */
export function requestParts(talk: Talk, draft: Case): RequestPart[] {
  const left = leftOut(talk);
  const parts = allParts(talk, draft);
  const kept = parts.filter(({ desk }) => !left.includes(desk.id));
  return kept.length > 0 ? kept : parts;
}

function leftOut(talk: Talk): string[] {
  return valuesOf(talk.state.request?.answers ?? [], WITHOUT);
}

/** That desk gets nothing. False where it gets nothing anyway, or nobody else would. */
export function leaveOut(talk: Talk, draft: Case, index: number): boolean {
  const parts = requestParts(talk, draft);
  const desk = parts[index]?.desk;
  if (!talk.state.request || !desk || parts.length < 2) return false;
  const values = [...leftOut(talk), desk.id];
  talk.state.request.answers = withAnswer(talk.state.request.answers, { question: WITHOUT, values, by: 'person' });
  return true;
}

/** The cases of one code: each with its own needs and answers, the note only for the first. */
export function splitCase(talk: Talk, draft: Case): Case[] {
  const whole = allParts(talk, draft).length < 2;
  return requestParts(talk, draft).map((part, index) => ({
    ...draft,
    id: index === 0 ? draft.id : talk.env.ids.uuid(),
    version: index === 0 ? draft.version : 0,
    part: index + 1,
    deskId: part.desk.id,
    details: whole ? { ...draft.details, needs: plainNeeds(part) } : detailsOf(talk, draft, part, index === 0),
  }));
}

function detailsOf(talk: Talk, draft: Case, part: RequestPart, first: boolean): CaseDetails {
  const { note, puntoInsieme, preferred, answers, ...shared } = draft.details;
  const named = part.needs.flatMap(({ need }) => (need === 'unclear' ? [] : [need]));
  // A time was chosen in the hours of the first desk: another gets it only if it is open then.
  const open = ({ start }: { start: string }): boolean =>
    talk.env.calendar.opening(part.desk, draft.comune, new Date(start))?.open === true;
  return {
    ...shared,
    needs: plainNeeds(part),
    answers: answers.filter((answer) => isAbout(answer, named, answers)),
    preferred: first || preferred.every(open) ? preferred : [],
    ...(note && first ? { note } : {}),
    ...(puntoInsieme && isForPuntoInsieme(part) ? { puntoInsieme } : {}),
  };
}

/** Whom a need goes to was of the draft: the case itself is at that desk. */
function plainNeeds({ needs }: RequestPart): CaseDetails['needs'] {
  return needs.map(({ area, need, urgency }) => ({ area, need, urgency }));
}

/** Where the person lives, to everybody; what was asked about a need, to the desk of that need alone. */
function isAbout({ question }: Answer, needs: readonly Need[], answers: readonly Answer[]): boolean {
  const [flow = ''] = question.split('.');
  if (flow === 'access') return true;
  const asked = valuesOf(answers, `${flow}.need`).at(-1);
  return needs.some((need) => areaOf(need) === flow && need === asked);
}

/** Whose voice the questions have: for oneself, for somebody close, for somebody one follows by profession. */
export function voiceOf({ details }: { details: { forWhom: ForWhom } }): '' | '_other' | '_client' {
  return ({ self: '', relative: '_other', client: '_client' } as const)[details.forWhom];
}
