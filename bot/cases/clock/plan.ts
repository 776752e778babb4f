// Everything that is due, or will be, in the stretch of life a case is in; nothing here happens, nothing is left out.
// Waiting for a first answer is left to waiting.ts, appointments to appointments.ts, check-ins to checks.ts.
//
// taken, not met   5 (8) working days without a word of the desk: a reminder; 10 (14): the person is told that they may call.
// moved            2 (4) working days: a reminder to propose another time; 5 (8): the person may call.
// forward asked    the person is asked again after 2 days; 5 (8) working days: a reminder to the desk.
// met              10 (14) working days: a reminder to say how it ended.
//
// Working days of the desk, or so many () on which the offices of its comune work, where those pass first. Of what is urgent:
// one day of the offices for the reminder, two for the person; the coordinator hears of it then.
// all of these     a reminder every fourth week; after five months in which neither desk nor person did anything the case
//                  ends, both are told. An appointment still to come holds it. So nothing is kept open for more than 180 days
//                  after the last thing that happened, also where the person may be written to on few days only.
import { isOver } from '../../../flows/case.ts';
import { urgencyOf } from '../../mail/request.ts';
import type { Environment } from '../../talk.ts';
import { lifeState } from '../life.ts';
import type { Case } from '../types.ts';
import { confirmedLines, proposedLines } from './appointments.ts';
import { checkLine } from './checks.ts';
import type { Act, Due, Line } from './due.ts';
import { isWaiting } from './phase.ts';
import { daysAfter, laterByDays, wallOf } from './wall.ts';
import { lostLine, waitingLines } from './waiting.ts';
import { afterDays, afterOfficeDays, closingFrom, earlier } from './working.ts';

const ASK_AFTER_DAYS = 2;
/** Working days of the desk, and of its comune's offices. */
type Days = readonly [number, number];
const SOON: Days = [2, 4];
const LATER: Days = [5, 8];
const LATE: Days = [10, 14];
/** Of the offices alone, where it is urgent. */
const URGENT = { remind: 1, call: 2 };
const REST_WEEKS = 4;
const REST_DAYS = 150;

/** Of a case whose stretch is up to date (`wind`). */
export function planOf(env: Environment, made: Case): Line[] {
  const state = lifeState(made.state);
  const checks = checkLine(env, made);
  if (!state || isOver(state)) return [checks];
  if (isWaiting(made)) return [...waitingLines(env, made), checks];
  return [...withTheDesk(env, made), ...rest(env, made), lostLine(made), checks];
}

function withTheDesk(env: Environment, made: Case): Line[] {
  const { state, life } = made;
  const from = new Date(life.clock?.from ?? made.createdAt);
  const { appointment } = life;
  if (state === 'proposed' && appointment) return [...proposedLines(appointment, from), ...silence(env, made)];
  if (state === 'confirmed' && appointment) return confirmedLines(env, made, appointment, from);
  if (state === 'moved') return silence(env, made, { desk: SOON, person: LATER, act: 'quiet_moved' });
  if (state === 'met') return [[dueIn(env, made, 'remind', LATE)]];
  if (state !== 'forward_asked') return silence(env, made);
  const ask: Due = { id: 'answer', act: 'answer_forward', at: () => laterByDays(from, ASK_AFTER_DAYS) };
  if (isPressing(made)) return [[ask], [pressing(env, made, 'remind'), pressing(env, made, 'alert')]];
  return [[ask], [dueIn(env, made, 'remind', LATER)]];
}

interface Silence {
  desk: Days;
  person: Days;
  act: Act;
}

/** The desk says nothing: it is reminded, then the person may call. */
function silence(
  env: Environment,
  made: Case,
  { desk, person, act }: Silence = { desk: LATER, person: LATE, act: 'quiet' },
): Line[] {
  if (!isPressing(made))
    return [[dueIn(env, made, 'remind', desk)], [{ ...dueIn(env, made, act, person), id: 'quiet', must: true }]];
  return [
    [pressing(env, made, 'remind'), pressing(env, made, 'alert')],
    [{ ...pressing(env, made, act), id: 'quiet', must: true }],
  ];
}

const isPressing = ({ details }: Case): boolean => urgencyOf(details) !== 'none';

function dueIn(env: Environment, made: Case, act: Act, [own, offices]: Days): Due {
  const from = fromOf(made);
  const at = (): Date => earlier(afterDays(env, made, from, own), afterOfficeDays(env, made, from, offices));
  return { id: `${act}.${own}`, act, at, after: own };
}

/** Whatever days the desk keeps. */
function pressing(env: Environment, made: Case, act: Act): Due {
  const after = act === 'remind' ? URGENT.remind : URGENT.call;
  return { id: `${act}.${after}`, act, at: () => afterOfficeDays(env, made, fromOf(made), after), after };
}

function rest(env: Environment, made: Case): Line[] {
  const from = fromOf(made);
  const { day } = wallOf(from);
  const until = laterByDays(lastOf(made), REST_DAYS);
  return [monthly(env, made, day, until), [{ id: 'end', act: 'end', at: () => until, must: true }]];
}

function* monthly(env: Environment, made: Case, first: string, until: Date): Generator<Due> {
  for (let days = REST_WEEKS * 7; days < REST_DAYS; days += REST_WEEKS * 7) {
    const at = (): Date => closingFrom(env, made, daysAfter(first, days));
    yield { id: `month.${days}`, act: 'remind', at, until };
  }
}

/** Since when the desk says nothing; for an appointment that is past, since its end. */
function fromOf({ state, life, createdAt }: Case): Date {
  const from = new Date(life.clock?.from ?? createdAt);
  const end = new Date(life.appointment?.end ?? 0);
  const counts = (state === 'proposed' || state === 'confirmed') && end > from;
  return counts ? end : from;
}

/** The last thing that happened, or is still to happen: what desk or person did, or an appointment. */
function lastOf({ life, createdAt }: Case): Date {
  const { clock, appointment } = life;
  const end = appointment && appointment.state !== 'cancelled' ? [appointment.end] : [];
  const all = [clock?.from ?? createdAt, ...(clock?.heard === undefined ? [] : [clock.heard]), ...end];
  return new Date(Math.max(...all.map((one) => new Date(one).getTime())));
}
