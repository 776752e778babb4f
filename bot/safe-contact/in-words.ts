// Says back how a person's wishes were understood, so that they can put it right before anything is sent.
// Reading the wishes is left to read.ts.
import type { SafeRules } from '../cases/types.ts';
import type { Say } from '../words.ts';
import { DAY } from './spans.ts';

/** "non Le scrivo mai di sabato; Le scrivo solo dopo le 18". */
export function rulesInWords(rules: SafeRules, say: Say, language: string): string {
  if (rules.silent) return say('safe:silent');
  const parts = [
    daysLine(rules, say, language),
    hoursLine(rules, say),
    rules.noMail || rules.neutral ? say('safe:no_mail') : '',
  ];
  return parts.filter((part) => part !== '').join('; ') || say('safe:free');
}

/** Whichever list is shorter: the days that are forbidden, or those that are left. */
function daysLine({ neverDays = [] }: SafeRules, say: Say, language: string): string {
  if (neverDays.length === 0) return '';
  const week = [1, 2, 3, 4, 5, 6, 0];
  const never = week.filter((day) => neverDays.includes(day));
  const left = week.filter((day) => !neverDays.includes(day));
  const days = left.length < never.length ? left : never;
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(days.map((day) => dayName(day, language)));
  return say(days === left ? 'safe:only_days' : 'safe:never_days', { days: list });
}

function hoursLine({ hours }: SafeRules, say: Say): string {
  if (!hours) return '';
  const spans = hours.map(({ from, to }) => {
    if (to === DAY.to) return say('safe:after', { from: clock(from) });
    return from === DAY.from
      ? say('safe:before', { to: clock(to) })
      : say('safe:between', { from: clock(from), to: clock(to) });
  });
  return say('safe:hours', { hours: spans.join(', ') });
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

/** The fourth of January 2026 is a Sunday. */
function dayName(day: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day));
}
