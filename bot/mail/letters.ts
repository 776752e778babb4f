// Letters to the person about their case: to the e-mail they left, in their language, neutral for whoever else reads them.
// What is told in the chat is left to bot/cases/tell.ts; when a mail goes to the outbox worker.
import { deskOf } from '../cases/desk-of.ts';
import type { CaseWork } from '../cases/work.ts';
import { whenWords } from './about.ts';
import { plainAddress } from './clean.ts';
import { mayBeNamed } from './neutral.ts';
import type { NoteExtra } from './notes.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { codeOf } from './request.ts';

/** Each has `letter:<kind>.subject` and `.text`. `limit`: nobody answered; `check`: how did it go. */
export const LETTERS = ['news', 'proposed', 'appointment', 'cancelled', 'reminder', 'limit', 'check'] as const;
export type LetterKind = (typeof LETTERS)[number];

/** Letters about a place to go to. */
const AT_A_PLACE: LetterKind[] = ['proposed', 'appointment', 'reminder'];

/** Only to an e-mail the person left, never against a safe-contact wish. No words of anybody are repeated in it. */
export function letterToPerson(work: CaseWork, kind: LetterKind, extra: NoteExtra = {}): void {
  const { env, made } = work;
  const address = addressOf(work);
  if (address === undefined) return;
  const language = env.words.languages.includes(made.details.language) ? made.details.language : 'it';
  const say = env.words.say(language);
  const values = { ...extra.values, code: codeOf(made), when: whenWords(made, language, say, 'letter') };
  const subject = say(`letter:${kind}.subject`, values);
  const parts: Part[] = [
    { kind: 'plain', text: say(`letter:${kind}.text`, values) },
    ...(AT_A_PLACE.includes(kind) ? place(work, say('letter:place')) : []),
    ...(kind === 'limit' ? [{ kind: 'field', label: say('letter:phone'), value: phoneOf(work) } satisfies Part] : []),
    { kind: 'plain', text: say('letter:automatic') },
  ];
  const mail = { to: [{ name: '', address }], subject, text: toText(parts), html: toHtml(parts, language, subject) };
  work.change.outbox.push({
    id: env.ids.uuid(),
    caseId: made.id,
    kind: 'person',
    mail: { ...mail, ...(extra.ics ? { ics: extra.ics } : {}) },
  });
}

function addressOf({ made }: CaseWork): string | undefined {
  const { contact, safe } = made.details;
  if (contact?.kind !== 'email' || safe?.copyByMail === false) return undefined;
  if (safe?.rules?.noMail || safe?.rules?.silent) return undefined;
  return plainAddress(contact.value);
}

/** Where the appointment is, if that tells nobody why. */
function place({ env, made }: CaseWork, label: string): Part[] {
  const desk = deskOf(env, made);
  if (made.life.appointment?.how !== 'office' || !mayBeNamed(desk, made)) return [];
  return [{ kind: 'field', label, value: [desk.name, desk.address?.value ?? ''].filter(Boolean).join(', ') }];
}

/** The desk's own number, or the switchboard's where the desk's would tell why. */
function phoneOf({ env, made }: CaseWork): string {
  const desk = deskOf(env, made);
  const own = mayBeNamed(desk, made) ? desk.phones[0] : undefined;
  return (own ?? env.directory.comune(made.comune).switchboard).value.shown;
}
