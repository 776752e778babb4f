// Mails to a desk about a case after the first: what happened, what to do, one link. Letters and alerts are named here too.
// The first mail is left to hand-over.ts, when mails go to the outbox worker.
import { deskName, deskOf } from '../cases/desk-of.ts';
import type { CaseWork } from '../cases/work.ts';
import type { Mail } from './types.ts';
import { deskValues, openCase } from './about.ts';
import type { About, Values } from './about.ts';
import { appointmentIcs, wishedIcs } from './ics.ts';
import { cautions, contactField, quoted } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { attention, inboxOf, secondInboxOf, urgencyOf } from './request.ts';

export { letterToPerson, LETTERS } from './letters.ts';
export type { LetterKind } from './letters.ts';
export { alertCoordinator, ALERTS } from './alerts.ts';
export type { AlertKind } from './alerts.ts';

/**
 * To a desk; each has `deskmail:<kind>.subject`, `.text` and `.todo`. `second`: to the second inbox, or to the
 * coordinator where there is none; `unanswered`: the person was told where else to turn; `declined`: another time is
 * wanted; `time_wanted`: and still is; `ask_met`: the appointment is past, or the time that was proposed; `still_open`:
 * nothing was heard of it for long; `ended`: for so long that it was closed by itself.
 */
export const NOTES = [
  'reminder',
  'second',
  'unanswered',
  'expired',
  'ended',
  'person_wrote',
  'accepted',
  'declined',
  'appointment',
  'cancelled',
  'time_wanted',
  'ask_met',
  'still_open',
  'withdrawn',
  'erasure',
  'contact',
  'wishes',
  'forward_allowed',
  'forward_denied',
  'reopened',
  'chat_lost',
  'mail_back',
] as const;
export type NoteKind = (typeof NOTES)[number];

/** Nothing is left to do there, or to see. Such a mail is never taken back with the others of its case. */
const LAST: NoteKind[] = ['withdrawn', 'erasure'];
/** Said to be urgent in the subject, where the case is. */
const PRESSING: NoteKind[] = ['reminder', 'second', 'unanswered', 'reopened'];
/** What the desk decided and the person should know. */
const TOLD: NoteKind[] = ['appointment', 'cancelled'];

export interface NoteExtra {
  /** Over what is known of the case: see deskValues. */
  values?: Values;
  /** What the person wrote, quoted. */
  quote?: { text: string; lang: string };
  /** What the person writes next is on the page, and in no mail for a while. */
  last?: boolean;
  /** Instead of the one made of `life.appointment`. */
  ics?: Mail['ics'];
}

/**
 * Where the desk has no inbox any more, to its second one, or to the coordinator. Whom it was written to; undefined where
 * there is nobody. The case as it is in `work` now: note the erased before they are.
 */
export function noteToDesk(
  work: CaseWork,
  kind: NoteKind,
  extra: NoteExtra = {},
): 'desk' | 'second' | 'coordinator' | undefined {
  const { env, made, at } = work;
  const own = deskOf(env, made);
  const other = secondInboxOf(env, own);
  const inbox = kind === 'second' ? (other ?? own.inbox) : (own.inbox ?? other);
  if (!inbox) return undefined;
  const desk = { ...own, inbox, name: deskName(env, made) };
  const about = { env, made, desk, at };
  const say = env.words.say('it');
  const values = { ...deskValues(about, say), ...extra.values };
  const plain = say(`deskmail:${kind}.subject`, values);
  const pressing = PRESSING.includes(kind) && urgencyOf(made.details) !== 'none';
  const subject = pressing ? say('deskmail:urgent', { subject: plain }) : plain;
  const parts = noteParts(about, kind, values, extra);
  const ics = extra.ics ?? attached(work, kind);
  const mail = { to: [inboxOf(desk)], subject, text: toText(parts), html: toHtml(parts, 'it', subject) };
  work.change.outbox.push({
    id: env.ids.uuid(),
    caseId: made.id,
    kind: LAST.includes(kind) ? 'withdrawal' : 'note',
    mail: { ...mail, ...(ics ? { ics } : {}) },
  });
  if (inbox === own.inbox) return 'desk';
  return own.secondInbox ? 'second' : 'coordinator';
}

function noteParts(about: About, kind: NoteKind, values: Values, { quote, last }: NoteExtra): Part[] {
  const { made, desk, env } = about;
  const say = env.words.say('it');
  const silent = TOLD.includes(kind) && made.details.safe?.rules?.silent === true;
  return [
    ...cautions(made.details, say),
    ...attention(desk, say),
    { kind: 'plain', text: say(`deskmail:${kind}.text`, values) },
    ...(kind === 'ask_met' && made.state === 'proposed'
      ? [{ kind: 'plain', text: say('deskmail:no_answer') } satisfies Part]
      : []),
    ...(kind === 'contact' ? contactField(made.details, say('deskmail:new_contact')) : []),
    ...(quote ? quoted(quote, (language) => say('deskmail:message', { language })) : []),
    { kind: 'plain', text: say(`deskmail:${kind}.todo`, values) },
    ...(last ? [{ kind: 'plain', text: say('deskmail:more_on_page') } satisfies Part] : []),
    ...(silent ? [{ kind: 'plain', text: say('deskmail:silent') } satisfies Part] : []),
    ...(LAST.includes(kind) ? [] : openCase(about, say)),
    { kind: 'plain', text: say('deskmail:automatic') },
  ];
}

/** What goes into the desk's calendar, or out of it. */
function attached(work: CaseWork, kind: NoteKind): Mail['ics'] {
  const { appointment } = work.made.life;
  // A first time that was only proposed is in no calendar; before a later one there may be one to take out.
  const kept = appointment !== undefined && (appointment.state !== 'proposed' || appointment.sequence > 1);
  if (kind === 'appointment' || kind === 'accepted') return appointmentIcs(work, 'desk', 'REQUEST');
  if (kind === 'cancelled') return appointmentIcs(work, 'desk', 'CANCEL');
  if (kind === 'declined') return kept ? appointmentIcs(work, 'desk', 'CANCEL') : undefined;
  if (!LAST.includes(kind)) return undefined;
  return kept ? appointmentIcs(work, 'desk', 'CANCEL') : wishedIcs(work.env.words, work.made, work.at, 'CANCEL');
}
