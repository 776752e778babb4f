// Days and hours on Rome's clocks, to reckon with: "the same hour two days before" stays so when the clocks change.
// How a moment is said is left to bot/when.ts, which days are worked to the calendar.
import { readRomeTime } from '../../clock.ts';

/** `day`: `2026-11-24`; `minutes` of that day as the clock on the wall shows them. */
export interface Wall {
  day: string;
  minutes: number;
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'short',
});

export function wallOf(at: Date): Wall {
  const [day = '', time = ''] = CLOCK.format(at).split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { day, minutes: hours * 60 + minutes };
}

/** An hour that daylight saving skips becomes the next one that exists. */
export function atWall({ day, minutes }: Wall): Date {
  const two = (value: number): string => String(value).padStart(2, '0');
  const at = readRomeTime(`${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
  if (!at) throw new Error(`no such moment: ${day} ${minutes}`);
  return at;
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same hour of the wall so many days later (or earlier). */
export function laterByDays(at: Date, days: number): Date {
  const { day, minutes } = wallOf(at);
  return atWall({ day: daysAfter(day, days), minutes });
}
