// Letters to the person about their case: to the e-mail they left, in their language, neutral for whoever else reads them.
// What is told in the chat is left to bot/cases/tell.ts, whether and when they may be written to by a machine to safe-contact.
import { deskOf } from '../cases/desk-of.ts';
import { factsOf, UNANSWERED } from '../cases/late.ts';
import type { CaseWork } from '../cases/work.ts';
import type { Case, OutboxMail } from '../ports.ts';
import { mayMail, safeMoment } from '../safe-contact/moment.ts';
import { whenWords } from './about.ts';
import { line, plainAddress } from './clean.ts';
import { appointmentIcs } from './ics.ts';
import { writtenLanguage } from './language.ts';
import { mayBeNamed } from './neutral.ts';
import type { NoteExtra } from './notes.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { codeOf } from './request.ts';

/** Each has `letter:<kind>.subject` and `.text`. `limit`: nobody answered; `check`: how did it go. */
export const LETTERS = ['news', 'proposed', 'appointment', 'cancelled', 'reminder', 'limit', 'check'] as const;
export type LetterKind = (typeof LETTERS)[number];

/** Of use before the appointment alone; they say where it is. */
const BEFOREHAND: LetterKind[] = ['proposed', 'appointment', 'reminder'];

/** Only to an e-mail the person left, never against a safe-contact wish, at a safe moment. No words of anybody are repeated in it. */
export function letterToPerson(work: CaseWork, kind: LetterKind, extra: NoteExtra = {}): void {
  const { env, made } = work;
  const address = mayMail(made) ? plainAddress(made.details.contact?.value ?? '') : undefined;
  const moment = safeMoment(made, work.at);
  if (address === undefined || moment === 'never' || isLate(made, kind, moment)) return;
  const language = writtenLanguage(env, made);
  const say = env.words.say(language);
  const values = { ...extra.values, code: codeOf(made), when: whenWords(made, language, say, 'letter') };
  const subject = say(`letter:${kind}.subject`, values);
  const parts: Part[] = [
    { kind: 'plain', text: say(`letter:${kind}.text`, values) },
    ...(BEFOREHAND.includes(kind) ? place(work, say('letter:place')) : []),
    ...(kind === 'limit' ? [{ kind: 'field', label: say('letter:phone'), value: phoneOf(work) } satisfies Part] : []),
    { kind: 'plain', text: say('letter:automatic') },
  ];
  const ics = extra.ics ?? attached(work, kind);
  const mail = { to: [{ name: '', address }], subject, text: toText(parts), html: toHtml(parts, language, subject) };
  work.change.outbox.push({
    id: env.ids.uuid(),
    caseId: made.id,
    kind: 'person',
    mail: { ...mail, ...(ics ? { ics } : {}) },
    ...(moment > work.at ? { notBefore: moment } : {}),
    ...truthOf(made, kind),
  });
}

function isLate({ life }: Case, kind: LetterKind, moment: Date): boolean {
  return (
    BEFOREHAND.includes(kind) &&
    life.appointment !== undefined &&
    Date.parse(life.appointment.start) <= moment.getTime()
  );
}

/** How long it is true: a time until it is past or another counts, a silence until somebody speaks. */
function truthOf(made: Case, kind: LetterKind): Pick<OutboxMail, 'until' | 'holds'> {
  const { appointment } = made.life;
  if (BEFOREHAND.includes(kind) && appointment)
    return { until: new Date(appointment.start), holds: `${appointment.state}.${appointment.sequence}` };
  return kind === 'limit' && factsOf(made).includes(UNANSWERED) ? { holds: UNANSWERED } : {};
}

function attached(work: CaseWork, kind: LetterKind): NoteExtra['ics'] {
  if (kind === 'appointment') return appointmentIcs(work, 'person', 'REQUEST');
  return kind === 'cancelled' ? appointmentIcs(work, 'person', 'CANCEL') : undefined;
}

/** Where the appointment is, if that tells nobody why. */
function place({ env, made }: CaseWork, label: string): Part[] {
  const desk = deskOf(env, made);
  if (made.life.appointment?.how !== 'office' || !mayBeNamed(desk, made)) return [];
  return [
    {
      kind: 'field',
      label,
      value: line([desk.name, desk.address?.value ?? ''].filter((part) => part !== '').join(', '), 300),
    },
  ];
}

/** The desk's own number, or the switchboard's where the desk's would tell why. */
function phoneOf({ env, made }: CaseWork): string {
  const desk = deskOf(env, made);
  const own = mayBeNamed(desk, made) ? desk.phones[0] : undefined;
  return (own ?? env.directory.comune(made.comune).switchboard).value.shown;
}
