// Composes the mail that asks a desk for an appointment: what the operator needs to call back, and nothing more.
// What the request is about is left to facts.ts, when it is sent, and what happens if it cannot be, to the outbox worker.
import { BussolaError } from '../errors.ts';
import type { Case, CaseDetails, Desk, Mail } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Say, Words } from '../words.ts';
import { line } from './clean.ts';
import { dayWords } from './dates.ts';
import { wishedIcs } from './ics.ts';
import { facts } from './facts.ts';
import type { FactsInput } from './facts.ts';
import { cautions, note, person } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';

export interface RequestInput extends FactsInput {
  desk: Desk;
  words: Words;
  at: Date;
  /** The link to the case, and the digits beside it. */
  open: Part[];
  /** What the person was told: by when somebody answers. */
  promised?: string;
  /** To the second inbox of the desk: the first did not take it, or nobody there answered. */
  second?: { list: string };
}

/** To the desk's inbox, in Italian. Throws `flow_broken` for a case without code or a desk without inbox. */
export function requestMail(input: RequestInput): Mail {
  const { details } = input.case;
  const say = input.words.say('it');
  const code = codeOf(input.case);
  const subject = say(urgencyOf(details) === 'none' ? 'mail:request.subject' : 'mail:request.subject_urgent', { code });
  const parts = [
    ...cautions(details, say),
    ...again(input, say),
    ...attention(input.desk, say),
    ...person(details, say),
    ...facts(input, say),
    ...promised(input, say),
    ...input.open,
    ...note(details, say),
    ...closing(input, say),
  ];
  const ics = wishedIcs(input.words, input.case, input.at, 'PUBLISH');
  return {
    to: [inboxOf(input.desk)],
    subject,
    text: toText(parts),
    html: toHtml(parts, 'it', subject),
    ...(ics ? { ics } : {}),
  };
}

/** The desk's inbox as an address. */
export function inboxOf(desk: Desk): { name: string; address: string } {
  if (!desk.inbox)
    throw new BussolaError('flow_broken', `Desk ${desk.id} has no inbox: no mail can be composed for it`);
  return { name: line(desk.name, 100), address: desk.inbox.address };
}

/** Who else can see to a desk's requests: its second inbox, else the coordinator, who reads for every desk. */
export function secondInboxOf({ coordinator }: Pick<Environment, 'coordinator'>, desk: Desk): Desk['inbox'] {
  return desk.secondInbox ?? (coordinator && { address: coordinator.address, kind: 'protocol' });
}

/** The code of a case that has been requested. */
export function codeOf(made: Case): string {
  if (made.code === null) throw new BussolaError('flow_broken', 'A draft has no code: no mail can be composed for it');
  return line(made.code, 20);
}

/** Addressed to a common inbox, a mail says whom it is for. */
export function attention(desk: Desk, say: Say): Part[] {
  return desk.inbox?.kind === 'desk'
    ? []
    : [{ kind: 'plain', text: say('mail:request.attention', { desk: line(desk.name) }) }];
}

/** The most pressing of the needs. */
export function urgencyOf(details: CaseDetails): 'none' | 'urgent' | 'emergency' {
  const all = details.needs.map((need) => need.urgency);
  if (all.includes('emergency')) return 'emergency';
  return all.includes('urgent') ? 'urgent' : 'none';
}

/** How the desk gets it without this mail being passed on. */
function again({ second, case: made }: RequestInput, say: Say): Part[] {
  if (!second) return [];
  return [
    { kind: 'notice', text: say('deskmail:request.second') },
    { kind: 'plain', text: say('deskmail:second.todo', { code: codeOf(made), ...second }) },
  ];
}

function promised({ promised: when }: RequestInput, say: Say): Part[] {
  return when === undefined
    ? []
    : [
        {
          kind: 'field',
          label: say('deskmail:request.promised'),
          value: say('deskmail:request.promised_by', { when }),
        },
      ];
}

function closing({ case: made, comune, at }: RequestInput, say: Say): Part[] {
  const channel = say(`mail:channel.${made.channel}`);
  const sent = { code: codeOf(made), day: dayWords(made.requestedAt ?? at, 'it'), channel, comune: comune.name };
  return [
    { kind: 'plain', text: say('mail:request.how_to_answer') },
    { kind: 'list', label: say('deskmail:request.buttons'), items: buttons(say) },
    { kind: 'plain', text: say('mail:request.automatic', sent) },
  ];
}

/** What each button of the page does, for who has never seen it. */
function buttons(say: Say): string[] {
  return [
    say('deskmail:request.button_take'),
    say('deskmail:request.button_propose'),
    say('deskmail:request.button_write'),
    say('deskmail:request.button_forward'),
    say('deskmail:request.button_close'),
  ];
}
