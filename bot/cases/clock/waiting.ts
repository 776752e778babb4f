// What is due while a desk has been asked and has not answered, from `life.since` or the request on.
// When each step falls is left to schedule.ts, a desk that has spoken to plan.ts, what is done to acts.ts.
//
//              reminder to the desk   second inbox, coordinator   the person is told, coordinator, desk
// plain        2 (4) working days     4 (6) working days          5 (8) working days
// urgent       its closing that day   1 office day                1 office day
// emergency    -                      2 hours                     2 hours
//
// Plain: working days of the desk, "2" being its closing on the second after the day it was asked; or so many (4) of the
// comune's offices, Monday to Friday until 13, where those pass first: a desk open twice a week is not waited for three weeks.
// Urgent: days of the offices, whatever days the desk keeps. Emergency: hours of the desk or of the offices.
// After the last column a reminder to the desk every week; urgent and emergency: reminder and coordinator on the next five days
// the offices work, then every week, and of what is urgent the person is told once more, on the third day.
// After 60 days the case expires: the person is told how to begin again, the desk that it is too late.
//
// The mail did not arrive (dead, or it came back): at once the second inbox, the coordinator and, by day, the person. From
// then on the second inbox stands in for the first in all of the above, as long as no mail arrives the coordinator.
import { urgencyOf } from '../../mail/request.ts';
import type { Environment } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import type { Case } from '../types.ts';
import type { Act, Due, Line } from './due.ts';
import { scheduleOf } from './schedule.ts';
import type { Step } from './schedule.ts';
import { daysAfter, laterByDays, wallOf } from './wall.ts';
import { afterOfficeDays, closingFrom, officesFrom } from './working.ts';

const LIFE_DAYS = 60;
/** Office days after which the person hears once more that nobody has answered what is urgent. */
const AGAIN = 3;
/** Office days on which desk and coordinator hear of what is urgent every day; then every week: who hears too often hears nothing. */
const DAILY = 5;

export function waitingLines(env: Environment, made: Case): Line[] {
  const from = new Date(made.life.clock?.from ?? made.requestedAt ?? made.createdAt);
  const { remind, second, limit } = scheduleOf(env, made, from);
  const end = laterByDays(from, LIFE_DAYS);
  const repeat = urgencyOf(made.details) === 'none' ? weekly : dailyThenWeekly;
  return [
    [
      ...(remind ? [toDesk(env, made, 'remind', 'remind', remind)] : []),
      toDesk(env, made, 'second', 'second', second),
      toDesk(env, made, 'second.alert', 'alert', second),
      toDesk(env, made, 'limit.desk', 'unanswered', limit),
      toDesk(env, made, 'limit.alert', 'alert', limit),
    ],
    repeat(env, made, limit.at, end),
    lostLine(made),
    [
      ...(knowsWhomToCall(made) ? [] : limitLine(env, made, from, limit, end)),
      { id: 'expire', act: 'expire', at: () => end, must: true },
    ],
  ];
}

/** Once in a stretch of the life, whatever else fails. */
export function lostLine({ life }: Case): Line {
  const lostAt = life.clock?.lostAt;
  return lostAt === undefined ? [] : [{ id: 'lost', act: 'lost', at: () => new Date(lostAt), must: true }];
}

/** Who was told that the mail never arrived; where days are left to answer, whether anybody has is told as well. */
function knowsWhomToCall({ state, details, life }: Case): boolean {
  return state === 'undeliverable' || (life.clock?.lostAt !== undefined && urgencyOf(details) === 'emergency');
}

function limitLine(env: Environment, made: Case, from: Date, limit: Step, until: Date): Due[] {
  const again: Due = {
    id: 'limit.again',
    act: 'limit',
    at: () => afterOfficeDays(env, made, from, AGAIN),
    after: AGAIN,
  };
  return [
    { id: 'limit', act: 'limit', ...limit, until, must: true },
    // Who heard that the mail did not arrive has been told twice already.
    ...(urgencyOf(made.details) === 'urgent' && made.life.clock?.lostAt === undefined ? [{ ...again, until }] : []),
  ];
}

function toDesk(env: Environment, made: Case, id: string, act: Act, step: Step): Due {
  return { id, act: instead(env, made, act), ...step };
}

/** To an inbox that takes no mail, or is no more, nothing is sent: the second one hears of it, or the coordinator. */
function instead(env: Environment, made: Case, act: Act): Act {
  if (made.state === 'undeliverable') return 'alert';
  const { inbox, secondInbox } = deskOf(env, made);
  if ((inbox && made.life.clock?.lostAt === undefined) || act === 'alert') return act;
  return secondInbox ? 'second' : 'alert';
}

function* weekly(env: Environment, made: Case, limitAt: () => Date, until: Date): Generator<Due> {
  for (const [week, at] of weeks(env, made, limitAt, closingFrom))
    yield { ...toDesk(env, made, `week.${week}`, 'remind', { at }), until };
}

function* dailyThenWeekly(env: Environment, made: Case, limitAt: () => Date, until: Date): Generator<Due> {
  const limit = limitAt();
  const both = (name: string, at: () => Date): Due[] => [
    { ...toDesk(env, made, name, 'remind', { at }), until },
    { ...toDesk(env, made, `${name}.alert`, 'alert', { at }), until },
  ];
  for (let day = 1; day <= DAILY; day += 1) yield* both(`day.${day}`, () => afterOfficeDays(env, made, limit, day));
  const last = (): Date => afterOfficeDays(env, made, limit, DAILY);
  for (const [week, at] of weeks(env, made, last, officesFrom)) yield* both(`week.${week}`, at);
}

/** The first day that `worked` finds, every week after that moment. */
function* weeks(
  env: Environment,
  made: Case,
  after: () => Date,
  worked: typeof closingFrom,
): Generator<[number, () => Date]> {
  const first = wallOf(after()).day;
  for (let week = 1; week * 7 < LIFE_DAYS; week += 1) yield [week, () => worked(env, made, daysAfter(first, week * 7))];
}
