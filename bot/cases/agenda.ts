// The link that puts a fixed appointment into the person's own calendar. What it opens is always how things stand then.
// Serving the file is left to adapters/web/paper, its lines to bot/mail/ics.ts.
import { appointmentIcs } from '../mail/ics.ts';
import type { Link } from '../message.ts';
import { leavesNoTrace } from '../safe-contact/moment.ts';
import type { Environment } from '../talk.ts';
import { beginWork } from './work.ts';
import type { Case } from './types.ts';

const DAY = 86_400_000;
/** So long after the appointment the link still tells how things stand. */
const DAYS_AFTER = 30;

/**
 * The entry behind the link, of whichever state. None where the request may leave no trace: an entry stands in calendars that
 * others read, and whoever presses a link does not think of them. A mail to an address that they gave is another matter.
 */
export function agendaEntry(env: Environment, made: Case, at: Date, method: 'REQUEST' | 'CANCEL'): AgendaEntry {
  return leavesNoTrace(made.details) ? undefined : appointmentIcs(beginWork(env, made, at), 'person', method);
}

type AgendaEntry = ReturnType<typeof appointmentIcs>;

/** None where nothing is fixed, and where there is no entry to see. */
export function agendaLinks(env: Environment, made: Case, at: Date, language: string): Link[] {
  const { appointment, linkEpoch } = made.life;
  if (appointment?.state !== 'confirmed' || made.state !== 'confirmed') return [];
  if (!agendaEntry(env, made, at, 'REQUEST')) return [];
  const days = Math.max(0, Math.ceil((Date.parse(appointment.end) - at.getTime()) / DAY)) + DAYS_AFTER;
  const url = env.links.url('agenda', made.id, linkEpoch, at, days);
  return [{ label: env.words.say(language)('paper:calendar'), url }];
}
