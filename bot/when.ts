// Dates and opening hours in words: "martedì 24 novembre alle 9", "martedì e giovedì 9-12". Europe/Rome.
// When a desk is open is left to the calendar; the sentences around these words to locales/.
import { listed } from './list-marks.ts';
import type { Opening } from './ports.ts';
import type { Say } from './words.ts';

const ZONE = 'Europe/Rome';
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

export function dayInWords(at: Date, language: string): string {
  return new Intl.DateTimeFormat(tag(language), {
    timeZone: ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
}

/** `9`, `9.30`: the way it is said, not the way it is stored. */
export function timeInWords(at: Date): string {
  const [hours = '0', minutes = '00'] = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .split(':');
  return shortTime(hours, minutes);
}

/** Midnight closes the day that ends: 24, not 0. */
export function closingInWords(at: Date): string {
  const time = timeInWords(at);
  return time === '0' ? '24' : time;
}

/** "oggi alle 9", "domani, lunedì 23 novembre, alle 9", "martedì 24 novembre alle 9". */
export function whenInWords(at: Date, now: Date, say: Say, language: string): string {
  const day = dayInWords(at, language);
  const distance = dayNumber(at) - dayNumber(now);
  const named = distance === 0 ? say('result:today') : distance === 1 ? say('result:tomorrow', { day }) : day;
  return say('result:when', { day: named, time: timeInWords(at) });
}

/** Day and hour in a language whose sentences we do not have: "luni, 23 noiembrie, 09:00". */
export function whenAbroad(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  }).format(at);
}

export function openingInWords(
  opening: Opening | undefined,
  now: Date,
  say: Say,
  language: string,
): string | undefined {
  if (!opening) return undefined;
  if (opening.open && opening.until) return say('result:open_until', { time: closingInWords(opening.until) });
  if (opening.open) return say('result:open');
  if (opening.next) return say('result:opens', { when: whenInWords(opening.next, now, say, language) });
  return say('result:closed_unknown');
}

/**
 * OSM opening hours of the plain kind (days and times; a later rule replaces an earlier one for its days) in words.
 * `undefined` for anything richer: then only open or closed is said.
 */
export function hoursInWords(osm: string, say: Say, language: string): string | undefined {
  if (osm === '24/7') return say('result:hours_always');
  const byDay = new Map<string, string>();
  for (const rule of osm.split(';').map((part) => part.trim())) {
    if (/^PH( off)?$/.test(rule)) continue;
    const found = /^((?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[-,]?)+) ([\d:,-]+)$/.exec(rule);
    if (!found?.[1] || !found[2]) return undefined;
    for (const day of daysOf(found[1])) byDay.set(day, timesOf(found[2]));
  }
  const times = [...new Set(DAYS.flatMap((day) => byDay.get(day) ?? []))];
  const groups = times.map(
    (time) =>
      `${daysInWords(
        DAYS.filter((day) => byDay.get(day) === time),
        language,
      )} ${time}`,
  );
  return listed(groups, language, 'group');
}

function daysOf(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [from, to] = part.split('-');
    if (!to) return DAYS.filter((day) => day === from);
    return DAYS.slice(DAYS.indexOf(from ?? ''), DAYS.indexOf(to) + 1);
  });
}

function daysInWords(days: string[], language: string): string {
  const name = (day: string): string =>
    new Intl.DateTimeFormat(tag(language), { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2026, 0, 5 + DAYS.indexOf(day))),
    );
  const first = days[0] ?? '';
  const last = days.at(-1) ?? '';
  const unbroken = DAYS.indexOf(last) - DAYS.indexOf(first) === days.length - 1;
  if (days.length > 2 && unbroken) return `${name(first)}–${name(last)}`;
  return new Intl.ListFormat(tag(language), { type: 'conjunction' }).format(days.map(name));
}

function timesOf(text: string): string {
  const spans = text.split(',').map((span) =>
    span
      .split('-')
      .map((time) => shortTime(...splitTime(time)))
      .join('–'),
  );
  return spans.join(', ');
}

function splitTime(time: string): [string, string] {
  const [hours = '0', minutes = '00'] = time.split(':');
  return [hours, minutes];
}

function shortTime(hours: string, minutes: string): string {
  return minutes === '00' ? String(Number(hours)) : `${Number(hours)}.${minutes}`;
}

/** Days since 1970 on Rome's calendar. */
function dayNumber(at: Date): number {
  const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(at);
  return Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
}

function tag(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** A fact's date, at the precision it has: `2025-04` is "aprile 2025". `undefined` when it has none. */
export function factDate(date: string, language: string): string | undefined {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || Number.isNaN(year)) return undefined;
  if (!month) return String(year);
  const at = new Date(Date.UTC(year, month - 1, day ?? 1));
  const style: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric', month: 'long' };
  if (day) style.day = 'numeric';
  return new Intl.DateTimeFormat(tag(language), style).format(at);
}
