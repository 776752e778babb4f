// How many working days of its desk a request waited. Closings are looked up once each: a year of requests shares them.
// Hours, feasts and patron saints are left to the calendar.
import { wallOf } from '../cases/clock/wall.ts';
import { deskOf } from '../cases/desk-of.ts';
import type { Case } from '../cases/types.ts';
import type { Environment } from '../talk.ts';

/** 0 on the same day, 1 by the desk's closing on the next working day, and so on; `MOST_DAYS`: so many or more. */
export type DaysBetween = (made: Pick<Case, 'deskId' | 'comune'>, from: Date, to: Date) => number;

export const MOST_DAYS = 10;

export function createDaysBetween({ directory, calendar }: Pick<Environment, 'directory' | 'calendar'>): DaysBetween {
  const closings = new Map<string, Date>();
  const nextClosing = (made: Pick<Case, 'deskId' | 'comune'>, at: Date): Date => {
    const key = `${made.deskId} ${made.comune} ${wallOf(at).day}`;
    const closing = closings.get(key) ?? calendar.afterWorkingDays(deskOf({ directory }, made), made.comune, at, 1);
    closings.set(key, closing);
    return closing;
  };
  return (made, from, to) => {
    if (wallOf(from).day === wallOf(to).day) return 0;
    let closing = from;
    for (let days = 1; days < MOST_DAYS; days += 1) {
      closing = nextClosing(made, closing);
      if (to <= closing) return days;
    }
    return MOST_DAYS;
  };
}
