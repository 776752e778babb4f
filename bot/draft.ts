// The draft of a request: opened for a desk, filled one thing at a time, read back before it goes.
// What is asked and in which order is left to flows/request.ts; the talk about it to request-steps.ts.
import type { Arrival } from '../flows/walk.ts';
import type { ComuneId } from '../flows/types.ts';
import { valuesOf } from './answers.ts';
import { newLife } from './cases/life.ts';
import { partsOf } from './desks.ts';
import type { Destination } from './desks.ts';
import { ageTold, isForPuntoInsieme, namesHospital } from './punto-insieme.ts';
import { requestParts } from './request-parts.ts';
import type { Case, CaseDetails, Slot } from './ports.ts';
import { findCase, saveCase } from './talk.ts';
import type { Talk } from './talk.ts';

/** Opens a draft for the desk that a request would go to; an open one is moved there, its contents kept. */
export function openDraft(talk: Talk, arrival: Arrival, comune: ComuneId, to: Destination): Case | undefined {
  const desk = to.requestTo;
  if (!desk) return undefined;
  const open = currentDraft(talk);
  const details = { ...(open?.details ?? { preferred: [], ...ageTold(talk) }), ...whatIsKnown(talk, arrival, comune) };
  const draft: Case = {
    id: open?.id ?? talk.env.ids.uuid(),
    code: null,
    part: 1,
    conversationId: talk.incoming.conversationId,
    channel: talk.incoming.channel,
    comune,
    deskId: desk.id,
    state: 'draft',
    details: open && open.deskId !== desk.id ? { ...details, preferred: [] } : details,
    life: open?.life ?? newLife(),
    version: open?.version ?? 0,
    createdAt: open?.createdAt ?? talk.at,
    requestedAt: null,
    dueAt: null,
  };
  saveCase(talk, draft);
  return draft;
}

export function currentDraft(talk: Talk): Case | undefined {
  return talk.state.request ? findCase(talk, talk.state.request.caseId) : undefined;
}

export function fillDraft(talk: Talk, draft: Case, part: Partial<CaseDetails>): Case {
  const filled = { ...draft, details: { ...draft.details, ...part } };
  saveCase(talk, filled);
  return filled;
}

export function fillThirdParty(talk: Talk, draft: Case, part: NonNullable<CaseDetails['thirdParty']>): Case {
  return fillDraft(talk, draft, { thirdParty: { ...draft.details.thirdParty, ...part } });
}

/** Leaves the request: the draft and all that was typed into it are forgotten. */
export function dropDraft(talk: Talk): void {
  const { request } = talk.state;
  if (!request) return;
  talk.cases = talk.cases.filter((one) => one.id !== request.caseId);
  talk.dropCases.push(request.caseId);
  talk.state.request = null;
}

/** Facts that decide a branch of flows/request.ts. */
export function requestFacts(talk: Talk, draft: Case): string[] {
  const { forWhom, needs, thirdParty, puntoInsieme } = draft.details;
  const form = requestParts(talk, draft).some(isForPuntoInsieme);
  const asked = (question: string): boolean => valuesOf(talk.state.request?.answers ?? [], question).length > 0;
  return [
    ...(forWhom === 'self' ? [] : [forWhom]),
    ...(thirdParty?.role === undefined || asked('request.role') ? [] : ['role']),
    ...(needs.some(({ need }) => need === 'violence') ? ['sensitive'] : []),
    ...(form ? ['punto_insieme'] : []),
    ...(form && (puntoInsieme?.age === undefined || asked('request.age')) ? ['ask_age'] : []),
    ...(form && namesHospital(talk, draft) ? ['hospital'] : []),
    ...(talk.state.told ? ['told'] : []),
  ];
}

/** Times inside the desk's real hours that leave the operator time to read. */
export function offeredSlots(talk: Talk, draft: Case): Slot[] {
  const desk = talk.env.directory.desk(draft.deskId);
  const soon = new Date(talk.at.getTime() + 2 * 3_600_000);
  return desk ? talk.env.calendar.slots(desk, draft.comune, soon, 4) : [];
}

function whatIsKnown(talk: Talk, arrival: Arrival, comune: ComuneId): Omit<CaseDetails, 'preferred'> {
  const { answers, language } = talk.state;
  return {
    needs: needsByDesk(talk, arrival, comune),
    answers: answers.filter((answer) => arrival.trail.includes(answer.question)),
    language,
    forWhom: arrival.forWhom ?? 'self',
    ...(arrival.followed ? { followed: arrival.followed } : {}),
    ...(valuesOf(answers, 'access.resident_elsewhere').length > 0 ? { residentElsewhere: true } : {}),
  };
}

/** Kept with the draft: what is said meanwhile of other things does not change who gets what. */
function needsByDesk(talk: Talk, { referrals }: Arrival, comune: ComuneId): CaseDetails['needs'] {
  const parts = partsOf(talk.env.directory, referrals, comune);
  return referrals.map((referral) => {
    const { area, need, urgency } = referral;
    const part = parts.find((one) => one.referrals.includes(referral));
    return { area, need, urgency, ...(part ? { desk: part.desk.id } : {}) };
  });
}
