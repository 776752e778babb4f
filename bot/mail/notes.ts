// Mails about a case after the first: to its desk, and to the person who left an e-mail.
// The first mail is left to request.ts, when mails go to the outbox worker.
import { deskOf } from '../cases/desk-of.ts';
import type { CaseWork } from '../cases/work.ts';
import type { Mail } from './types.ts';
import { codeOf, inboxOf } from './request.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';

/** To a desk; each has `deskmail:<kind>.subject` and `.text`. `second`: the same case, to the second inbox. */
export const NOTES = [
  'reminder',
  'second',
  'person_wrote',
  'accepted',
  'declined',
  'withdrawn',
  'erasure',
  'contact',
  'forward_allowed',
  'forward_denied',
  'appointment',
  'cancelled',
  'reopened',
  'link',
] as const;
export type NoteKind = (typeof NOTES)[number];

/** To the person; each has `letter:<kind>.subject` and `.text`, neutral. */
export const LETTERS = ['news', 'proposed', 'appointment', 'cancelled', 'reminder', 'limit', 'check'] as const;
export type LetterKind = (typeof LETTERS)[number];

export interface NoteExtra {
  values?: Record<string, string | number>;
  /** What the person wrote, quoted. */
  quote?: { text: string; lang: string };
  ics?: Mail['ics'];
}

export function noteToDesk(work: CaseWork, kind: NoteKind, extra: NoteExtra = {}): void {
  const { env, made } = work;
  const desk = deskOf(env, made);
  const inbox = kind === 'second' ? (desk.secondInbox ?? desk.inbox) : desk.inbox;
  if (!inbox) return;
  const say = env.words.say('it');
  const values = { code: codeOf(made), ...extra.values };
  const parts: Part[] = [{ kind: 'plain', text: say(`deskmail:${kind}.text`, values) }];
  const subject = say(`deskmail:${kind}.subject`, values);
  const mail = { to: [inboxOf({ ...desk, inbox })], subject, text: toText(parts), html: toHtml(parts, 'it', subject) };
  work.change.outbox.push({
    id: env.ids.uuid(),
    caseId: made.id,
    kind: kind === 'withdrawn' ? 'withdrawal' : 'note',
    mail: { ...mail, ...(extra.ics ? { ics: extra.ics } : {}) },
  });
}

/** Only to an e-mail the person left, never against a safe-contact wish; at a safe moment. */
export function letterToPerson(work: CaseWork, kind: LetterKind, extra: NoteExtra = {}): void {
  const { env, made } = work;
  const { contact, safe } = made.details;
  if (contact?.kind !== 'email' || safe?.copyByMail === false) return;
  const language = env.words.languages.includes(made.details.language) ? made.details.language : 'it';
  const say = env.words.say(language);
  const values = { code: codeOf(made), ...extra.values };
  const parts: Part[] = [{ kind: 'plain', text: say(`letter:${kind}.text`, values) }];
  const subject = say(`letter:${kind}.subject`, values);
  const to = [{ name: '', address: contact.value }];
  work.change.outbox.push({
    id: env.ids.uuid(),
    caseId: made.id,
    kind: 'person',
    mail: {
      to,
      subject,
      text: toText(parts),
      html: toHtml(parts, language, subject),
      ...(extra.ics ? { ics: extra.ics } : {}),
    },
  });
}
