// What is due around an appointment: the person who has not answered, the two reminders, the question to the desk afterwards.
// Calendar files and news are left to the steps of desk and person.
//
// proposed   the person is asked again two days later, or a day before it if that comes first; once it is past, the desk
//            is reminded.
// confirmed  48 hours before on the wall's clocks, moved to the nearest moment of the day (9 to 19.30); in the morning from
//            8, an hour before at the latest; where it begins before 9, the evening before. Neither within three hours of its being
//            fixed. A working day after its end the desk is asked how it went.
import type { Environment } from '../../talk.ts';
import type { Appointment, Case } from '../types.ts';
import type { Due, Line } from './due.ts';
import { atWall, daysAfter, laterByDays, wallOf } from './wall.ts';
import { afterDays } from './working.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What was just said need not be said again. */
const APART = 3 * HOUR;
/** With less than this left, whoever goes is on the way. */
const TOO_LATE = 30 * MINUTE;
/** Minutes of the day. */
const DAY = { from: 9 * 60, to: 19 * 60 + 30 };
const MORNING = { earliest: 8 * 60, usual: 9 * 60, evening: 18 * 60 };
const ASK_AFTER_DAYS = 2;

export function proposedLines(appointment: Appointment, from: Date): Line[] {
  const start = new Date(appointment.start);
  const until = new Date(start.getTime() - TOO_LATE);
  const asked = Math.min(laterByDays(from, ASK_AFTER_DAYS).getTime(), laterByDays(start, -1).getTime());
  const ask: Due = { id: 'answer', act: 'answer_time', at: () => new Date(asked), until };
  return [
    asked >= from.getTime() + APART ? [ask] : [],
    [{ id: 'past', act: 'remind', at: () => new Date(appointment.end), after: 0 }],
  ];
}

export function confirmedLines(env: Environment, made: Case, appointment: Appointment, from: Date): Line[] {
  const start = new Date(appointment.start);
  const [early, late] = [twoDaysBefore(start), onTheDay(start)];
  const reminders: Due[] = [
    { id: 'two_days', act: 'two_days', at: () => early, until: new Date(late.getTime() - APART) },
    { id: 'morning', act: 'morning', at: () => late, until: new Date(start.getTime() - TOO_LATE) },
  ];
  const end = new Date(appointment.end);
  return [
    ...reminders.filter(({ at }) => at().getTime() >= from.getTime() + APART).map((one) => [one]),
    [{ id: 'met', act: 'ask_met', at: () => afterDays(env, made, end, 1), after: 1 }],
  ];
}

/** The nearest moment of the day to the same hour two days before. */
function twoDaysBefore(start: Date): Date {
  const { day, minutes } = wallOf(start);
  return atWall({ day: daysAfter(day, -2), minutes: Math.min(Math.max(minutes, DAY.from), DAY.to) });
}

function onTheDay(start: Date): Date {
  const { day, minutes } = wallOf(start);
  const latest = minutes - 60;
  if (latest < MORNING.earliest) return atWall({ day: daysAfter(day, -1), minutes: MORNING.evening });
  return atWall({ day, minutes: Math.min(latest, MORNING.usual) });
}
