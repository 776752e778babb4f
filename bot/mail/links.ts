// Mails that only bring a link: to a desk's open cases, to the coordinator's page, or again to one case.
// Who may ask for one is left to adapters/web/desk: a link goes to the inbox it belongs to and nowhere else.
import { deskOf } from '../cases/desk-of.ts';
import { linkKey } from '../links.ts';
import type { LinkPurpose } from '../links.ts';
import type { Case, Desk, MailAddress, OutboxMail } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Say } from '../words.ts';
import { openCase } from './about.ts';
import { line } from './clean.ts';
import { cautions } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { attention, codeOf, inboxOf } from './request.ts';

/** How long such a link opens. A case's own link: see bot/cases/proof.ts. */
const DESK_LINK_DAYS = 30;
const COORDINATOR_LINK_DAYS = 7;

/** Minutes since 2020: numbers the mails to one inbox, of which there is one in ten minutes at most. */
export function mailEpoch(at: Date): number {
  return Math.floor((at.getTime() - Date.UTC(2020, 0, 1)) / 60_000);
}

/** What the coordinator's link is about. */
export const COORDINATOR = 'coordinator';

/** The list of its open cases; undefined where the desk has no inbox. */
export function deskLinkMail(env: Environment, desk: Desk, at: Date): OutboxMail | undefined {
  if (!desk.inbox) return undefined;
  const say = env.words.say('it');
  const parts: Part[] = [
    ...attention(desk, say),
    { kind: 'plain', text: say('deskmail:desk_link.text', { desk: line(desk.name), days: DESK_LINK_DAYS }) },
    ...opens(env, 'desk', desk.id, { at, days: DESK_LINK_DAYS, label: say('deskmail:desk_link.open') }, say),
    { kind: 'plain', text: say('deskmail:desk_link.todo') },
  ];
  return linkMail(env, inboxOf(desk), say('deskmail:desk_link.subject'), parts);
}

/** The coordinator's page; undefined where there is no coordinator. */
export function coordinatorLinkMail(env: Environment, at: Date): OutboxMail | undefined {
  if (!env.coordinator) return undefined;
  const say = env.words.say('it');
  const parts: Part[] = [
    { kind: 'plain', text: say('deskmail:coordinator_link.text', { days: COORDINATOR_LINK_DAYS }) },
    ...coordinatorLink(env, at, say),
    { kind: 'plain', text: say('deskmail:coordinator_link.todo') },
  ];
  return linkMail(env, env.coordinator, say('deskmail:coordinator_link.subject'), parts);
}

/** What opens the coordinator's page, in whatever mail to them. */
export function coordinatorLink(env: Environment, at: Date, say: Say): Part[] {
  const label = say('deskmail:coordinator_link.open');
  return opens(env, 'coordinator', COORDINATOR, { at, days: COORDINATOR_LINK_DAYS, label }, say);
}

/** A link, and beside it digits of this mail alone: those of an older one are worth nothing here. */
function opens(
  env: Environment,
  purpose: LinkPurpose,
  about: string,
  { at, days, label }: { at: Date; days: number; label: string },
  say: Say,
): Part[] {
  const epoch = mailEpoch(at);
  return [
    { kind: 'link', label, url: env.links.url(purpose, about, epoch, at, days) },
    { kind: 'field', label: say('deskmail:digits'), value: env.links.digits(linkKey(purpose, about, epoch)) },
  ];
}

/** A new link to one case, to its desk's inbox alone; undefined where the desk has none. */
export function caseLinkMail(env: Environment, made: Case, at: Date): OutboxMail | undefined {
  const desk = deskOf(env, made);
  if (!desk.inbox) return undefined;
  const say = env.words.say('it');
  const parts: Part[] = [
    ...cautions(made.details, say),
    ...attention(desk, say),
    { kind: 'plain', text: say('deskmail:link.text', { code: codeOf(made) }) },
    ...openCase({ env, made, at }, say),
    { kind: 'plain', text: say('deskmail:link.todo') },
  ];
  return linkMail(env, inboxOf(desk), say('deskmail:link.subject', { code: codeOf(made) }), parts);
}

function linkMail(env: Environment, to: MailAddress, subject: string, parts: Part[]): OutboxMail {
  const whole: Part[] = [...parts, { kind: 'plain', text: env.words.say('it')('deskmail:automatic') }];
  const mail = { to: [to], subject, text: toText(whole), html: toHtml(whole, 'it', subject) };
  return { id: env.ids.uuid(), caseId: '', kind: 'link', mail };
}
