// Says times as the person's or the operator's language does, always in Europe/Rome.
// Which times are offered is left to the calendar.
import type { Say } from '../words.ts';

const ZONE = { timeZone: 'Europe/Rome' } as const;

export interface Span {
  start: Date;
  end: Date;
}

/** `martedì 24 novembre 2026, dalle 09:00 alle 12:00`. */
export function spanWords(span: Span, language: string, say: Say): string {
  const hour = new Intl.DateTimeFormat(localeOf(language), { ...ZONE, hour: '2-digit', minute: '2-digit' });
  return say('mail:span', {
    day: dayWords(span.start, language),
    from: hour.format(span.start),
    to: hour.format(span.end),
  });
}

/** `martedì 24 novembre 2026`. */
export function dayWords(date: Date, language: string): string {
  const day = { ...ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(localeOf(language), day).format(date);
}

/** The spans a case asks for; anything that is no time is left out. */
export function readSpans(preferred: { start: string; end: string }[]): Span[] {
  return preferred
    .map(({ start, end }) => ({ start: new Date(start), end: new Date(end) }))
    .filter(({ start, end }) => start.getTime() < end.getTime());
}

function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
