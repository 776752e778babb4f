// Mails that only bring a link: to a desk's open cases, to the coordinator's page, or again to one case.
// Who may ask for one is left to adapters/web/desk: a link goes to the inbox it belongs to and nowhere else.
import { deskOf } from '../cases/desk-of.ts';
import type { Case, Desk, MailAddress, OutboxMail } from '../ports.ts';
import type { Environment } from '../talk.ts';
import { openCase } from './about.ts';
import { line } from './clean.ts';
import { cautions } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';
import { attention, codeOf, inboxOf } from './request.ts';

/** How long such a link opens. A case's own link: see bot/cases/proof.ts. */
const DESK_LINK_DAYS = 30;
export const COORDINATOR_LINK_DAYS = 7;

/** What the digits of a page that is no case's are bound to. */
const deskDigits = (deskId: string): string => `desk ${deskId} 0`;
export const COORDINATOR_DIGITS = 'coordinator coordinator 0';
/** What the coordinator's link is about. */
export const COORDINATOR = 'coordinator';

/** The list of its open cases; undefined where the desk has no inbox. */
export function deskLinkMail(env: Environment, desk: Desk, at: Date): OutboxMail | undefined {
  if (!desk.inbox) return undefined;
  const say = env.words.say('it');
  const parts: Part[] = [
    ...attention(desk, say),
    { kind: 'plain', text: say('deskmail:desk_link.text', { desk: line(desk.name), days: DESK_LINK_DAYS }) },
    {
      kind: 'link',
      label: say('deskmail:desk_link.open'),
      url: env.links.url('desk', desk.id, 0, at, DESK_LINK_DAYS),
    },
    { kind: 'field', label: say('deskmail:digits'), value: env.links.digits(deskDigits(desk.id)) },
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
    {
      kind: 'link',
      label: say('deskmail:coordinator_link.open'),
      url: env.links.url('coordinator', COORDINATOR, 0, at, COORDINATOR_LINK_DAYS),
    },
    { kind: 'field', label: say('deskmail:digits'), value: env.links.digits(COORDINATOR_DIGITS) },
    { kind: 'plain', text: say('deskmail:coordinator_link.todo') },
  ];
  return linkMail(env, env.coordinator, say('deskmail:coordinator_link.subject'), parts);
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
