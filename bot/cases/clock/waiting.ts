// What is due while a desk has been asked and has not answered. Everything in working time of that desk, from `life.since`
// or the request; a desk that has spoken is left to plan.ts, what is done to acts.ts.
//
//              reminder to the desk   second inbox, coordinator   the person is told, coordinator, desk
// plain        2 working days         4 working days              5 working days
// urgent       1 working day          2 working days              2 working days
// emergency    -                      2 opening hours             2 opening hours
//
// "2 working days" is the desk's closing on its second working day after the day it was asked. After the last column a
// reminder to the desk every week (emergency: reminder and coordinator at every closing of a working day). After 60 days the
// case expires: the person is told how to begin again, the desk that it is too late.
//
// The mail did not arrive (dead, or it came back): at once the second inbox, the coordinator and, by day, the person. From
// then on the second inbox stands in for the first in all of the above, as long as no mail arrives the coordinator.
import type { Urgency } from '../../../flows/types.ts';
import { urgencyOf } from '../../mail/request.ts';
import type { Environment } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import type { Case } from '../types.ts';
import type { Act, Due, Line } from './due.ts';
import { daysAfter, laterByDays, wallOf } from './wall.ts';
import { afterDays, afterHours, closingFrom } from './working.ts';

const EMERGENCY_HOURS = 2;
const LIFE_DAYS = 60;

/** Working days of the desk; 0: not days, `EMERGENCY_HOURS` of its opening. */
interface Schedule {
  remind?: number;
  second: number;
  limit: number;
}

const SCHEDULES: Record<Urgency, Schedule> = {
  none: { remind: 2, second: 4, limit: 5 },
  urgent: { remind: 1, second: 2, limit: 2 },
  emergency: { second: 0, limit: 0 },
};

export function waitingLines(env: Environment, made: Case): Line[] {
  const from = new Date(made.life.clock?.from ?? made.requestedAt ?? made.createdAt);
  const urgency = urgencyOf(made.details);
  const { remind, second, limit } = SCHEDULES[urgency];
  const after = (days: number) => (): Date =>
    days === 0 ? afterHours(env, made, from, EMERGENCY_HOURS) : afterDays(env, made, from, days);
  const end = laterByDays(from, LIFE_DAYS);
  const again = urgency === 'emergency' ? daily : weekly;
  return [
    [
      ...(remind === undefined ? [] : [toDesk(env, made, 'remind', 'remind', after(remind), passed(remind))]),
      toDesk(env, made, 'second', 'second', after(second), passed(second)),
      toDesk(env, made, 'second.alert', 'alert', after(second), passed(second)),
      toDesk(env, made, 'limit.desk', 'unanswered', after(limit), passed(limit)),
      toDesk(env, made, 'limit.alert', 'alert', after(limit), passed(limit)),
    ],
    again(env, made, after(limit), end),
    lostLine(made),
    [
      ...(knowsWhomToCall(made) ? [] : [limitOf(after(limit), end, passed(limit))]),
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

function limitOf(at: () => Date, until: Date, after: After): Due {
  return { id: 'limit', act: 'limit', at, until, must: true, ...after };
}

type After = Pick<Due, 'after'>;

function passed(days: number): After {
  return days === 0 ? {} : { after: days };
}

function toDesk(env: Environment, made: Case, id: string, act: Act, at: () => Date, after: After = {}): Due {
  return { id, act: instead(env, made, act), at, ...after };
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
    yield { ...toDesk(env, made, `week.${days / 7}`, 'remind', at), until };
  }
}

function* daily(env: Environment, made: Case, limitAt: () => Date, until: Date): Generator<Due> {
  const limit = limitAt();
  for (let day = 1; day < LIFE_DAYS; day += 1) {
    const at = (): Date => afterDays(env, made, limit, day);
    yield { ...toDesk(env, made, `day.${day}`, 'remind', at), until };
    yield { ...toDesk(env, made, `day.${day}.alert`, 'alert', at), until };
  }
}
