// Mails to the coordinator: a request that nobody answered, one that is urgent and lies still, or one that did not arrive.
// When that is so is left to the clock of the cases.
import { deskName, deskOf } from '../cases/desk-of.ts';
import type { CaseWork } from '../cases/work.ts';
import { deskValues, openCase } from './about.ts';
import type { NoteExtra } from './notes.ts';
import { cautions } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { urgencyOf } from './request.ts';

/** Each has `deskmail:alert.<kind>.subject`, `.text` and `.todo`. */
export const ALERTS = ['unanswered', 'silent', 'no_inbox', 'stuck', 'undeliverable', 'bounced'] as const;
export type AlertKind = (typeof ALERTS)[number];

/** Nothing where there is no coordinator. */
export function alertCoordinator(work: CaseWork, kind: AlertKind, extra: Pick<NoteExtra, 'values'> = {}): void {
  const { env, made, at } = work;
  if (!env.coordinator) return;
  const say = env.words.say('it');
  const about = { env, made, desk: { ...deskOf(env, made), name: deskName(env, made) }, at };
  const values = { ...deskValues(about, say), ...extra.values };
  const plain = say(`deskmail:alert.${kind}.subject`, values);
  const subject = urgencyOf(made.details) === 'none' ? plain : say('deskmail:urgent', { subject: plain });
  const parts: Part[] = [
    ...cautions(made.details, say),
    { kind: 'plain', text: say(`deskmail:alert.${kind}.text`, values) },
    { kind: 'plain', text: say(`deskmail:alert.${kind}.todo`, values) },
    ...openCase(about, say),
    { kind: 'plain', text: say('deskmail:automatic') },
  ];
  const mail = { to: [env.coordinator], subject, text: toText(parts), html: toHtml(parts, 'it', subject) };
  work.change.outbox.push({ id: env.ids.uuid(), caseId: made.id, kind: 'alert', mail });
}
