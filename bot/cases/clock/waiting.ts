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
// After the last column a reminder to the desk every week; urgent and emergency: reminder and coordinator on every day the
// offices work, and of what is urgent the person is told once more, on the third. After 60 days the case expires: the person
// is told how to begin again, the desk that it is too late.
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
import { afterOfficeDays, closingFrom } from './working.ts';

const LIFE_DAYS = 60;
/** Office days after which the person hears once more that nobody has answered what is urgent. */
const AGAIN = 3;

export function waitingLines(env: Environment, made: Case): Line[] {
  const from = new Date(made.life.clock?.from ?? made.requestedAt ?? made.createdAt);
  const { remind, second, limit } = scheduleOf(env, made, from);
  const end = laterByDays(from, LIFE_DAYS);
  const repeat = urgencyOf(made.details) === 'none' ? weekly : daily;
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

/** To an inbox that takes no mail nothing more is sent: the second one hears of it, or the coordinator. */
function instead(env: Environment, made: Case, act: Act): Act {
  if (made.state === 'undeliverable') return 'alert';
  if (made.life.clock?.lostAt === undefined || act === 'alert') return act;
  return deskOf(env, made).secondInbox ? 'second' : 'alert';
}

function* weekly(env: Environment, made: Case, limitAt: () => Date, until: Date): Generator<Due> {
  const first = wallOf(limitAt()).day;
  for (let days = 7; days < LIFE_DAYS; days += 7) {
    const at = (): Date => closingFrom(env, made, daysAfter(first, days));
    yield { ...toDesk(env, made, `week.${days / 7}`, 'remind', { at }), until };
  }
}

function* daily(env: Environment, made: Case, limitAt: () => Date, until: Date): Generator<Due> {
  const limit = limitAt();
  for (let day = 1; day < LIFE_DAYS; day += 1) {
    const at = (): Date => afterOfficeDays(env, made, limit, day);
    yield { ...toDesk(env, made, `day.${day}`, 'remind', { at }), until };
    yield { ...toDesk(env, made, `day.${day}.alert`, 'alert', { at }), until };
  }
}
