// One step on one case in the making: the case as it changes and all that the step causes, until it is committed.
// What a step does is in desk-steps.ts, person-steps.ts and clock/; who commits it is left to office.ts or to a turn.
import type { CaseStep } from '../../flows/case.ts';
import type { Environment } from '../talk.ts';
import { noChange } from './change.ts';
import type { CaseChange } from './change.ts';
import { alarmOf } from './clock/alarm.ts';
import { wind } from './clock/phase.ts';
import { eventOf, moved } from './life.ts';
import type { Actor, Case, CaseEventType, CaseLife } from './types.ts';

export interface CaseWork {
  env: Environment;
  at: Date;
  made: Case;
  /** The other parts of the same request, as they stand. */
  siblings: readonly Case[];
  /** Everything but `made` itself, which `finished` adds. */
  change: CaseChange;
}

/** `others`: cases among which its other parts are. */
export function beginWork(env: Environment, made: Case, at: Date, others: readonly Case[] = []): CaseWork {
  const siblings = others.filter(({ id, code }) => id !== made.id && code !== null && code === made.code);
  return { env, at, made, siblings, change: noChange() };
}

/** What to commit: each case as it now stands, with its next alarm; what a desk did begins its silence anew. */
export function finished({ env, at, made, change }: CaseWork): CaseChange {
  const others = change.cases.filter(({ id }) => id !== made.id);
  const cases = [...others, made].map((one) => {
    const doers = change.events.filter(({ caseId }) => caseId === one.id).map(({ by }) => by);
    const heard = doers.includes('desk') ? 'desk' : doers.includes('person') ? 'person' : undefined;
    const wound = wind(one, at, heard);
    return { ...wound, dueAt: alarmOf(env, wound, at) };
  });
  return { ...change, cases };
}

/** Moves the case along its machine; false, and nothing changed, where that may not happen now. */
export function step(work: CaseWork, what: CaseStep): boolean {
  const next = moved(work.made, what);
  if (next) work.made = next;
  return next !== undefined;
}

export function record(work: CaseWork, type: CaseEventType, by: Actor, data?: Record<string, string | number>): void {
  work.change.events.push(eventOf(work.made, type, by, work.at, data));
}

export function changeLife(work: CaseWork, part: Partial<CaseLife>): void {
  work.made = { ...work.made, life: { ...work.made.life, ...part } };
}
