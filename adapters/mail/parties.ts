// Names in a calendar entry who invites and who is invited: the sender and the one receiver of the mail that carries it.
// The entry itself is left to bot/mail/ics.ts; nobody's address stands in the mail of anybody else.
import { foldLine } from '../../bot/mail/ics.ts';
import type { Mail } from '../../bot/ports.ts';

export function withParties(ics: NonNullable<Mail['ics']>, from: string, to: string[]): NonNullable<Mail['ics']> {
  // Whom a PUBLISH is for is not said (RFC 5546, 3.2.1); an answer to any of them would be read by nobody.
  const invited = ics.method === 'PUBLISH' || to.length !== 1 ? [] : to;
  const lines = [
    `ORGANIZER;CN=Bussola:mailto:${from}`,
    ...invited.map((address) => `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${address}`),
  ];
  const [head = '', ...rest] = ics.content.split('BEGIN:VEVENT\r\n');
  return { ...ics, content: [head, ...rest].join(`BEGIN:VEVENT\r\n${lines.map(foldLine).join('\r\n')}\r\n`) };
}
