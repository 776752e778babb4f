// By when a desk that was asked has to answer: the reminder, the second inbox, the limit; and what the person is promised of it.
// What is done at each of these moments is left to waiting.ts, which days and hours are worked to working.ts.
import type { Environment } from '../../talk.ts';
import { urgencyOf } from '../../mail/request.ts';
import type { Case } from '../types.ts';
import { wallOf } from './wall.ts';
import { afterDays, afterHours, afterOfficeDays, earlier, nextClosing } from './working.ts';

const EMERGENCY_HOURS = 2;
/** Working days of the desk, and of its comune's offices where those pass first. */
const REMIND = [2, 4] as const;
const SECOND = [4, 6] as const;
const LIMIT = [5, 8] as const;

export interface Step {
  at: () => Date;
  /** For the trail: the working days it stands for. */
  after?: number;
}

export interface Schedule {
  remind?: Step;
  second: Step;
  limit: Step;
}

/** In order, none before the one above it. */
export function scheduleOf(env: Environment, made: Case, from: Date): Schedule {
  const urgency = urgencyOf(made.details);
  if (urgency === 'urgent') return urgentOf(env, made, from);
  if (urgency === 'emergency') {
    const step = { at: once(() => afterHours(env, made, from, EMERGENCY_HOURS)) };
    return { second: step, limit: step };
  }
  const step = ([own, offices]: readonly [number, number]): Step => ({
    at: once(() => earlier(afterDays(env, made, from, own), afterOfficeDays(env, made, from, offices))),
    after: own,
  });
  return { remind: step(REMIND), second: step(SECOND), limit: step(LIMIT) };
}

/** "If nobody has answered by then, call": the first moment at which the clock of a request made at `at` does something. */
export function promiseOf(env: Environment, made: Case, at: Date): Date {
  const { remind, limit } = scheduleOf(env, made, at);
  return (remind ?? limit).at();
}

/**
 * The end of the first day on which offices work, or the desk's own closing that day where it is sooner; before that a reminder
 * when the desk closes, if it opens on an earlier day.
 */
function urgentOf(env: Environment, made: Case, from: Date): Schedule {
  const [closing, end] = [nextClosing(env, made, from), afterOfficeDays(env, made, from, 1)];
  const sameDay = wallOf(closing).day === wallOf(end).day;
  const limit = { at: () => (sameDay ? earlier(closing, end) : end), after: 1 };
  const remind = { at: () => closing, after: 0 };
  return { ...(closing < end && !sameDay ? { remind } : {}), second: limit, limit };
}

/** Several things are due at one moment, and reckoning it is slow. */
function once(reckon: () => Date): () => Date {
  let found: Date | undefined;
  return () => (found ??= reckon());
}
