// The link that puts a fixed appointment into the person's own calendar. What it opens is always how things stand then.
// Serving the file is left to adapters/web/paper, its lines to bot/mail/ics.ts.
import { appointmentIcs } from '../mail/ics.ts';
import type { Link } from '../message.ts';
import type { Environment } from '../talk.ts';
import { beginWork } from './work.ts';
import type { Case } from './types.ts';

const DAY = 86_400_000;
/** So long after the appointment the link still tells how things stand. */
const DAYS_AFTER = 30;

/** None where nothing is fixed, and after violence: an entry appears in calendars by itself. */
export function agendaLinks(env: Environment, made: Case, at: Date, language: string): Link[] {
  const { appointment, linkEpoch } = made.life;
  if (appointment?.state !== 'confirmed' || made.state !== 'confirmed') return [];
  if (!appointmentIcs(beginWork(env, made, at), 'person', 'REQUEST')) return [];
  const days = Math.max(0, Math.ceil((Date.parse(appointment.end) - at.getTime()) / DAY)) + DAYS_AFTER;
  const url = env.links.url('agenda', made.id, linkEpoch, at, days);
  return [{ label: env.words.say(language)('paper:calendar'), url }];
}
