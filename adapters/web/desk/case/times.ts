// The times an operator may choose: half hours of the desk's next openings, half hours within what the person can, or one typed by hand.
// When a desk is open is left to the calendar; what a chosen time does to bot/cases/desk.
import { readRomeTime } from '../../../../bot/clock.ts';
import { wallOf } from '../../../../bot/cases/clock/wall.ts';
import { deskOf } from '../../../../bot/cases/desk-of.ts';
import { readSpans } from '../../../../bot/mail/dates.ts';
import type { Span } from '../../../../bot/mail/dates.ts';
import type { Case } from '../../../../bot/ports.ts';
import { rulesFor } from '../../../../bot/safe-contact/moment.ts';
import type { Environment } from '../../../../bot/talk.ts';

const HALF_HOUR_MS = 30 * 60_000;
/** Openings that are cut into half hours, and half hours at most. */
const OPENINGS = 4;
const MOST = 24;

/** The desk's next half hours; empty where its hours are not known. */
export function deskTimes(env: Environment, made: Case, at: Date): Span[] {
  const openings = env.calendar.slots(deskOf(env, made), made.comune, at, OPENINGS);
  return openings.flatMap(halfHours).slice(0, MOST);
}

/** Half hours within the times the person gave, those to come. */
export function wishedTimes({ details }: Case, at: Date): Span[] {
  return readSpans(details.preferred)
    .flatMap(halfHours)
    .filter(({ start }) => start > at)
    .slice(0, MOST);
}

/** A span cut into half hours; one of up to 45 minutes, and what is left at the end, stay whole. */
function halfHours({ start, end }: Span): Span[] {
  const pieces: Span[] = [];
  for (let from = start.getTime(); from < end.getTime(); from += HALF_HOUR_MS) {
    const rest = end.getTime() - from;
    if (rest < HALF_HOUR_MS && pieces.length > 0) break;
    pieces.push({ start: new Date(from), end: new Date(Math.min(from + HALF_HOUR_MS, end.getTime())) });
  }
  return pieces;
}

/** `2026-11-24` and `10:30`, in Rome, for half an hour; undefined where they are no such moment. */
export function typedTime(day: string, time: string): Span | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return undefined;
  const start = readRomeTime(`${day}T${time}`);
  // Neither the 31st of February nor the hour that daylight saving skips is on any clock.
  if (!start || wall(start) !== `${day} ${time}`) return undefined;
  return { start, end: new Date(start.getTime() + HALF_HOUR_MS) };
}

function wall(at: Date): string {
  const style = { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv-SE', style).format(at);
}

/** Whether a call then would be against the days and hours the person asked for. */
export function isUnwished({ details }: Case, { start, end }: Span): boolean {
  const { neverDays = [], hours } = rulesFor(details);
  const { day, minutes } = wallOf(start);
  const until = minutes + (end.getTime() - start.getTime()) / 60_000;
  if (neverDays.includes(new Date(`${day}T00:00:00Z`).getUTCDay())) return true;
  return hours !== undefined && !hours.some(({ from, to }) => from <= minutes && until <= to);
}

/** Whether the desk is known to be closed then, or at its end. */
export function isClosed(env: Environment, made: Case, { start, end }: Span): boolean {
  const opening = env.calendar.opening(deskOf(env, made), made.comune, start);
  if (opening === undefined) return false;
  return !opening.open || (opening.until !== undefined && opening.until < end);
}
