// The months in which owners are asked, and the morning in each: the first working day of the comune, at half past nine.
// Which days are worked is left to the calendar.
import { readRomeTime } from '../clock.ts';
import type { Environment } from '../talk.ts';
import type { Owner } from './owners.ts';

const MORNING = '09:30';

/** `202611`: the month of that moment in Rome, which numbers a question to its owner. */
export function monthOf(at: Date): number {
  return Number(romeDay(at).slice(0, 7).replace('-', ''));
}

/** When the month's question goes out. */
export function askingTime({ calendar }: Environment, { desks, comune }: Owner, month: number): Date {
  const first = `${String(month).slice(0, 4)}-${String(month).slice(4)}-01`;
  const desk = desks[0];
  const evening = new Date(romeTime(first, '00:00').getTime() - 1);
  if (!desk) return romeTime(first, MORNING);
  // Its working days, whatever the hours of one desk: an office reads its mail also when the desk is closed.
  const { hours: _hours, ...office } = desk;
  return romeTime(romeDay(calendar.afterWorkingDays(office, comune, evening, 1)), MORNING);
}

function romeTime(day: string, time: string): Date {
  const at = readRomeTime(`${day}T${time}`);
  if (!at) throw new RangeError(`no such moment: ${day} ${time}`);
  return at;
}

/** `2026-11-24`. */
export function romeDay(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(at);
}
