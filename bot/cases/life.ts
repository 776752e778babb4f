// Moves a case along its machine and writes the line of its trail; everything else a step does is in the steps beside.
// Which step may happen when is left to flows/case.ts.
import { afterStep, CASE_STATES } from '../../flows/case.ts';
import type { CaseLifeState, CaseStep } from '../../flows/case.ts';
import type { Actor, Case, CaseEvent, CaseEventType, CaseLife, CaseState } from './types.ts';

export function newLife(): CaseLife {
  return { linkEpoch: 0, reminded: [], waiting: [] };
}

/** The state as the machine knows it; `undefined` for what never reached a desk. */
export function lifeState(state: CaseState): CaseLifeState | undefined {
  return CASE_STATES.find((one) => one === state);
}

export function may(made: Case, step: CaseStep): boolean {
  const state = lifeState(made.state);
  return state !== undefined && afterStep(state, step) !== undefined;
}

/** The case after that step; `undefined` where it may not happen now. */
export function moved(made: Case, step: CaseStep): Case | undefined {
  const state = lifeState(made.state);
  const next = state && afterStep(state, step);
  return next && { ...made, state: next };
}

/** One line of the trail. */
export function eventOf(
  made: Case,
  type: CaseEventType,
  by: Actor,
  at: Date,
  data?: Record<string, string | number>,
): CaseEvent {
  return { caseId: made.id, at, type, by, ...(data ? { data } : {}) };
}
