// Writes the times of a case as iCalendar objects: UTC only, nothing about the person but the case's code.
// Who invites whom is left to the transport, which alone knows sender and receiver; which mail carries one to notes.ts.
import { deskOf } from '../cases/desk-of.ts';
import type { CaseWork } from '../cases/work.ts';
import type { Case, Mail } from '../ports.ts';
import type { Words } from '../words.ts';
import { line } from './clean.ts';
import { readSpans } from './dates.ts';
import { writtenLanguage } from './language.ts';
import { afterViolence, mayBeNamed } from './neutral.ts';

type Ics = NonNullable<Mail['ics']>;

interface CalendarEvent {
  made: Case;
  start: Date;
  end: Date;
  /** When it was written. */
  at: Date;
  /** 0 for a time that only the person wished; then one for each time that was proposed. */
  sequence: number;
  /** Neutral; shown in calendars. */
  summary: string;
  location?: string;
  /** Rings two hours before. */
  alarm?: true;
}

/** The first time that the person wished, to look at: nothing to accept. `CANCEL` takes it back. */
export function wishedIcs(words: Words, made: Case, at: Date, method: 'PUBLISH' | 'CANCEL'): Ics | undefined {
  const span = readSpans(made.details.preferred)[0];
  if (!span || made.code === null) return undefined;
  const summary = words.say('it')('mail:ics_summary', { code: made.code });
  return icsOf({ made, ...span, at, sequence: 0, summary }, method);
}

/**
 * The appointment of the case as it is in `work` now, for the calendar of one side. `REQUEST` also after it was moved.
 * Undefined where there is none, and for the person after violence: an entry appears in calendars by itself.
 */
export function appointmentIcs(work: CaseWork, to: 'desk' | 'person', method: 'REQUEST' | 'CANCEL'): Ics | undefined {
  const { env, made, at } = work;
  const { appointment } = made.life;
  const [span] = appointment ? readSpans([appointment]) : [];
  if (!span || !appointment || made.code === null || (to === 'person' && afterViolence(made))) return undefined;
  const base = { made, ...span, at, sequence: appointment.sequence + 1 };
  const code = made.code;
  if (to === 'desk') return icsOf({ ...base, summary: env.words.say('it')('deskmail:event', { code }) }, method);
  const summary = env.words.say(writtenLanguage(env, made))('letter:event', { code });
  const desk = deskOf(env, made);
  const place = appointment.how === 'office' && mayBeNamed(desk, made) ? desk.address?.value : undefined;
  const { safe } = made.details;
  // Whoever may not be reached at any time may not want a telephone that rings at any time.
  const alarm = method === 'REQUEST' && safe?.anyTime !== false && !safe?.rules ? { alarm: true as const } : {};
  return icsOf({ ...base, summary, ...(place ? { location: line(place) } : {}), ...alarm }, method);
}

function icsOf(event: CalendarEvent, method: Ics['method']): Ics {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bussola//Segretariato sociale//IT',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${escape(event.made.id)}@bussola`,
    `SEQUENCE:${sequenceOf(event, method)}`,
    `DTSTAMP:${utc(event.at)}`,
    `DTSTART:${utc(event.start)}`,
    `DTEND:${utc(event.end)}`,
    `SUMMARY:${escape(event.summary)}`,
    ...(event.location ? [`LOCATION:${escape(event.location)}`] : []),
    `STATUS:${{ PUBLISH: 'TENTATIVE', REQUEST: 'CONFIRMED', CANCEL: 'CANCELLED' }[method]}`,
    `TRANSP:${method === 'REQUEST' ? 'OPAQUE' : 'TRANSPARENT'}`,
    'CLASS:PRIVATE',
    ...(event.alarm
      ? ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escape(event.summary)}`, 'TRIGGER:-PT2H', 'END:VALARM']
      : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const filename = `${line(event.made.code ?? '', 20)}.ics`;
  return { method, filename, content: `${lines.map(foldLine).join('\r\n')}\r\n` };
}

/** Grows with each new time and with its end; and with the days, since a case that is reopened counts its times anew. */
function sequenceOf({ made, at, sequence }: CalendarEvent, method: Ics['method']): number {
  const days = Math.max(0, Math.floor((at.getTime() - made.createdAt.getTime()) / 86_400_000));
  return 100 * days + 2 * sequence + (method === 'CANCEL' ? 1 : 0);
}

function utc(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Lines of at most 75 octets, never cut inside a letter (RFC 5545, 3.1). */
export function foldLine(text: string): string {
  const lines = [''];
  for (const letter of text) {
    const last = lines.at(-1) ?? '';
    if (Buffer.byteLength(last + letter) <= 75) lines[lines.length - 1] = last + letter;
    else lines.push(` ${letter}`);
  }
  return lines.join('\r\n');
}
