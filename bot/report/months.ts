// Whole months on Rome's calendar: which month a moment is in, the months of a period, and when each is published.
// What is counted in a month is left to figures.ts.

import { readRomeTime } from '../clock.ts';

/** `2026-11`. Months written so compare as text. */
export type Month = string;

const ROME = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome', year: 'numeric', month: '2-digit' });
const HOUR = 3_600_000;
/** What is kept of contacts goes after 731 days: a month that may already lack some is no longer told. */
const TOLD_DAYS = 730;

export function monthOf(at: Date): Month {
  const parts = ROME.formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthAfter(month: Month, count = 1): Month {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 + count, 1)).toISOString().slice(0, 7);
}

/** Both included; empty where `to` is before `from`. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** The first instant of the month in Rome. */
export function startOf(month: Month): Date {
  const start = readRomeTime(`${month}-01T00:00`);
  if (!start) throw new RangeError(`no such month: ${month}`);
  return start;
}

/** `2026-11-30`. */
export function lastDayOf(month: Month): string {
  return new Date(Date.parse(`${monthAfter(month)}-01T00:00:00Z`) - 24 * HOUR).toISOString().slice(0, 10);
}

/** How far requests of that month are followed: until the month after it is over. */
export function followedUntil(month: Month): Date {
  return startOf(monthAfter(month, 2));
}

/**
 * Whether a figure is published at `at`. Contacts: once their month is over, for none changes after. Requests: once the
 * month after is over too, with what had happened until then. Each is so fixed by its own data, whenever it is asked for.
 */
export function isPublished(what: 'contacts' | 'requests', month: Month, at: Date): boolean {
  const from = what === 'contacts' ? startOf(monthAfter(month)) : followedUntil(month);
  const until = startOf(month).getTime() + TOLD_DAYS * 24 * HOUR;
  return at >= from && at.getTime() < until;
}
