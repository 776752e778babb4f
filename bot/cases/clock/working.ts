// The working time of a case's desk: so many working days or hours on, and the weekdays on which offices work.
// Hours, holidays and patron saints are left to the calendar.
import type { Desk, Slot } from '../../ports.ts';
import type { Environment } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import type { Case } from '../types.ts';
import { atWall, daysAfter, wallOf } from './wall.ts';

const HOUR = 3_600_000;
/** Where hours are not known, mornings from 9 to 13, as the calendar has it. */
const MORNING_HOURS = 4;
const FEW = 2;
const ALWAYS = new Date('9999-12-31T00:00:00Z');

/** The moment by which that many working days of the desk have passed: its closing on the last of them. */
export function afterDays(env: Environment, made: Case, from: Date, days: number): Date {
  return env.calendar.afterWorkingDays(deskOf(env, made), made.comune, from, days);
}

/** The desk's closing on its first working day that is not before that day (`2026-11-24`). */
export function closingFrom(env: Environment, made: Case, day: string): Date {
  return afterDays(env, made, noonBefore(day), 1);
}

/** The first day, that one or later, on which offices work in that comune: no Saturday, Sunday or feast. */
export function weekdayFrom(env: Environment, made: Case, day: string): string {
  const { hours: _hours, ...desk } = deskOf(env, made);
  return wallOf(env.calendar.afterWorkingDays(desk, made.comune, noonBefore(day), 1)).day;
}

/** When the desk has been open for that many hours. A desk that always answers is always open. */
export function afterHours(env: Environment, made: Case, from: Date, hours: number): Date {
  let left = hours * HOUR;
  for (const { start, end } of openings(env, made, from)) {
    const begin = Math.max(start.getTime(), from.getTime());
    const length = Math.max(0, end.getTime() - begin);
    if (length >= left) return new Date(begin + left);
    left -= length;
  }
  return from;
}

/** A few at a time: looking far ahead is slow. Where no more are known, the usual mornings. */
function* openings(env: Environment, made: Case, from: Date): Generator<Slot> {
  const desk = deskOf(env, made);
  const { open, until } = env.calendar.opening(desk, made.comune, from) ?? {};
  if (open) yield { start: from, end: until ?? ALWAYS };
  let next = env.calendar.slots(desk, made.comune, from, FEW);
  while (next.length > 0) {
    yield* next;
    next = env.calendar.slots(desk, made.comune, next.at(-1)?.end ?? from, FEW);
  }
  yield* mornings(env, made, desk, from);
}

function mornings(env: Environment, made: Case, { hours: _hours, ...desk }: Desk, from: Date): Slot[] {
  const before = noonBefore(wallOf(from).day);
  return [1, 2, 3].map((day) => {
    const end = env.calendar.afterWorkingDays(desk, made.comune, before, day);
    return { start: new Date(end.getTime() - MORNING_HOURS * HOUR), end };
  });
}

function noonBefore(day: string): Date {
  return atWall({ day: daysAfter(day, -1), minutes: 12 * 60 });
}
