// Writes the proposed time as an iCalendar object: UTC only, nothing about the person but the case's code.
// Attaching it to a mail is left to the transport.
import type { Mail } from '../ports.ts';

export interface Proposal {
  /** Also the UID: the same case is the same event, whatever is mailed about it. */
  code: string;
  start: Date;
  end: Date;
  /** When it was written. */
  at: Date;
  /** Neutral; shown in calendars. */
  summary: string;
}

/** `PUBLISH`: a tentative time to look at, nothing to accept. `CANCEL`: the request was withdrawn. */
export function icsOf(proposal: Proposal, method: 'PUBLISH' | 'CANCEL'): NonNullable<Mail['ics']> {
  const cancelled = method === 'CANCEL';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bussola//Segretariato sociale//IT',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${escape(proposal.code)}@bussola`,
    `SEQUENCE:${cancelled ? 1 : 0}`,
    `DTSTAMP:${utc(proposal.at)}`,
    `DTSTART:${utc(proposal.start)}`,
    `DTEND:${utc(proposal.end)}`,
    `SUMMARY:${escape(proposal.summary)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'TENTATIVE'}`,
    'TRANSP:TRANSPARENT',
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return { method, filename: `${proposal.code}.ics`, content: `${lines.map(fold).join('\r\n')}\r\n` };
}

function utc(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Lines of at most 75 octets, never cut inside a letter (RFC 5545, 3.1). */
function fold(text: string): string {
  const lines = [''];
  for (const letter of text) {
    const last = lines.at(-1) ?? '';
    if (Buffer.byteLength(last + letter) <= 75) lines[lines.length - 1] = last + letter;
    else lines.push(` ${letter}`);
  }
  return lines.join('\r\n');
}
