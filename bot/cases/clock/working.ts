// The working time of a case: so many working days or hours of its desk, and those on which the offices of its comune work.
// Hours, holidays and patron saints are left to the calendar.
import type { Slot } from '../../ports.ts';
import type { Environment } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import type { Case } from '../types.ts';
import { atWall, daysAfter, wallOf } from './wall.ts';

const HOUR = 3_600_000;
/** Where hours are not known, mornings from 9 to 13, as the calendar has it. */
const MORNING_HOURS = 4;
const ALWAYS = new Date('9999-12-31T00:00:00Z');

/** The moment by which that many working days of the desk have passed: its closing on the last of them. */
export function afterDays(env: Environment, made: Case, from: Date, days: number): Date {
  return env.calendar.afterWorkingDays(deskOf(env, made), made.comune, from, days);
}

/** The same of the comune's offices, whatever days the desk keeps: Monday to Friday, until 13, but for feasts and closures. */
export function afterOfficeDays(env: Environment, made: Case, from: Date, days: number): Date {
  const { hours: _hours, ...desk } = deskOf(env, made);
  return env.calendar.afterWorkingDays(desk, made.comune, from, days);
}

/** The desk's closing on its first working day that is not before that day (`2026-11-24`). */
export function closingFrom(env: Environment, made: Case, day: string): Date {
  return afterDays(env, made, noonBefore(day), 1);
}

/** The first day, that one or later, on which offices work in that comune: no Saturday, Sunday or feast. */
export function weekdayFrom(env: Environment, made: Case, day: string): string {
  return wallOf(officesFrom(env, made, day)).day;
}

/** The end of that day, or of the first one later on which offices work. */
export function officesFrom(env: Environment, made: Case, day: string): Date {
  return afterOfficeDays(env, made, noonBefore(day), 1);
}

/** The end of the desk's first opening of which at least an hour is left; far away for a desk that always answers. */
export function nextClosing(env: Environment, made: Case, from: Date): Date {
  for (const { start, end } of openings(env, made, from))
    if (end.getTime() - Math.max(start.getTime(), from.getTime()) >= HOUR) return end;
  return ALWAYS;
}

/** When the desk, or the comune's offices if that comes first, have been open for that many hours. */
export function afterHours(env: Environment, made: Case, from: Date, hours: number): Date {
  return earlier(hoursInto(openings(env, made, from), from, hours), hoursInto(mornings(env, made, from), from, hours));
}

export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function hoursInto(slots: Iterable<Slot>, from: Date, hours: number): Date {
  let left = hours * HOUR;
  for (const { start, end } of slots) {
    const begin = Math.max(start.getTime(), from.getTime());
    const length = Math.max(0, end.getTime() - begin);
    if (length >= left) return new Date(begin + left);
    left -= length;
  }
  return from;
}

/** One at a time: looking far ahead is slow. Where no more are known, the usual mornings. */
function* openings(env: Environment, made: Case, from: Date): Generator<Slot> {
  const desk = deskOf(env, made);
  const { open, until } = env.calendar.opening(desk, made.comune, from) ?? {};
  if (open) yield { start: from, end: until ?? ALWAYS };
  let [next] = env.calendar.slots(desk, made.comune, from, 1);
  while (next) {
    yield next;
    [next] = env.calendar.slots(desk, made.comune, next.end, 1);
  }
  yield* mornings(env, made, from);
}

/** Of the comune's offices; more than any number of hours asked for here. */
function* mornings(env: Environment, made: Case, from: Date): Generator<Slot> {
  const before = noonBefore(wallOf(from).day);
  for (const day of [1, 2, 3]) {
    const end = afterOfficeDays(env, made, before, day);
    yield { start: new Date(end.getTime() - MORNING_HOURS * HOUR), end };
  }
}

function noonBefore(day: string): Date {
  return atWall({ day: daysAfter(day, -1), minutes: 12 * 60 });
}
