// Composes the mail that asks a desk for an appointment: what the operator needs to call back, and nothing more.
// When it is sent, and what happens if it cannot be, is left to the outbox worker and the transport.
import type { Answer } from '../../flows/types.ts';
import { BussolaError } from '../errors.ts';
import type { Case, CaseDetails, Comune, Desk, Mail } from '../ports.ts';
import type { Say, Words } from '../words.ts';
import { line } from './clean.ts';
import { dayWords } from './dates.ts';
import { wishedIcs } from './ics.ts';
import { cautions, note, person } from './person.ts';
import { toHtml, toText } from './render.ts';
import type { Part } from './render.ts';

export interface RequestInput {
  case: Case;
  desk: Desk;
  comune: Comune;
  words: Words;
  at: Date;
  /** An answer said in Italian, question included; an empty string leaves it out. */
  answerLabel: (answer: Answer) => string;
  /** The link to the case, and the digits beside it. */
  open?: Part[];
  /** To the second inbox of the desk: the first did not take it, or nobody there answered. */
  second?: true;
}

/** To the desk's inbox, in Italian. Throws `flow_broken` for a case without code or a desk without inbox. */
export function requestMail(input: RequestInput): Mail {
  const { details } = input.case;
  const say = input.words.say('it');
  const code = codeOf(input.case);
  const subject = say(urgencyOf(details) === 'none' ? 'mail:request.subject' : 'mail:request.subject_urgent', { code });
  const parts = [
    ...cautions(details, say),
    ...(input.second ? [{ kind: 'notice', text: say('deskmail:request.second') } satisfies Part] : []),
    ...attention(input.desk, say),
    ...person(details, say),
    ...facts(input, say),
    ...(input.open ?? []),
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

/** What it is about: needs, for whom, what was answered, what a first form asks for. */
export function facts(input: Omit<RequestInput, 'words'>, say: Say): Part[] {
  return [...situation(input, say), ...puntoInsieme(input.case.details, say)];
}

/** The desk's inbox as an address. */
export function inboxOf(desk: Desk): { name: string; address: string } {
  if (!desk.inbox)
    throw new BussolaError('flow_broken', `Desk ${desk.id} has no inbox: no mail can be composed for it`);
  return { name: line(desk.name, 100), address: desk.inbox.address };
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

const CALL = { writer: 'deskmail:request.call_writer', person: 'deskmail:request.call_person' } as const;
const KNOWN = { yes: 'mail:knows.yes', no: 'mail:knows.no' } as const;

const LABELS = {
  role: 'deskmail:request.role',
  consent: 'deskmail:request.consent',
  call: 'deskmail:request.call',
  forwarded: 'deskmail:request.forwarded',
  age: 'deskmail:request.age',
  alone: 'deskmail:request.alone',
  doctor: 'deskmail:request.doctor',
  discharge: 'deskmail:request.discharge',
} as const;
type OperatorLabel = keyof typeof LABELS;

function labelled(key: OperatorLabel, value: string, say: Say): Part {
  return { kind: 'field', label: say(LABELS[key]), value };
}

/** What the first form of the Punto Insieme asks for; nothing where the request is not for it. */
function puntoInsieme({ puntoInsieme: form }: CaseDetails, say: Say): Part[] {
  if (!form) return [];
  const [age, discharge] = [line(form.age ?? '', 40), line(form.discharge ?? '', 120)];
  return [
    ...(age ? [labelled('age', age, say)] : []),
    ...(form.livesAlone ? [labelled('alone', say(KNOWN[form.livesAlone]), say)] : []),
    ...(form.doctorKnows ? [labelled('doctor', say(KNOWN[form.doctorKnows]), say)] : []),
    ...(discharge ? [labelled('discharge', discharge, say)] : []),
  ];
}

function situation(input: Omit<RequestInput, 'words'>, say: Say): Part[] {
  const { details } = input.case;
  const field = (key: string, value: string): Part => ({ kind: 'field', label: say(`mail:request.${key}`), value });
  const { followed, thirdParty } = details;
  const operator = (key: OperatorLabel, value: string): Part => labelled(key, value, say);
  const organization = line(thirdParty?.organization ?? '', 200);
  const role = line(thirdParty?.role ?? '', 200);
  const reasons = details.answers.map((answer) => line(input.answerLabel(answer), 300)).filter((label) => label !== '');
  return [
    { kind: 'list', label: say('mail:request.needs'), items: needWords(details, say) },
    field('for_whom', say(`mail:for_whom.${details.forWhom}`)),
    ...(organization ? [field('organization', organization)] : []),
    ...(role ? [operator('role', role)] : []),
    ...(thirdParty?.consent ? [operator('consent', say('deskmail:request.consent_declared'))] : []),
    ...(thirdParty?.knows ? [field('knows', say(`mail:knows.${thirdParty.knows}`))] : []),
    ...(thirdParty?.call ? [operator('call', say(CALL[thirdParty.call]))] : []),
    ...(followed ? [field('followed', say(`mail:followed.${followed}`))] : []),
    field('comune', input.comune.name),
    ...(input.case.life.forwardedFrom ? [operator('forwarded', say('deskmail:request.forwarded_agreed'))] : []),
    ...(details.residentElsewhere ? [field('resident', say('mail:request.elsewhere'))] : []),
    ...(reasons.length > 0
      ? [{ kind: 'list', label: say('mail:request.answers'), items: reasons } satisfies Part]
      : []),
  ];
}

/** Each need once, said as `need (urgency)`. */
function needWords(details: CaseDetails, say: Say): string[] {
  const all = details.needs.map(({ area, need, urgency }) => {
    const what = need === 'unclear' ? say(`mail:area.${area}`) : say(`mail:need.${need}`);
    return say('mail:need_line', { need: what, urgency: say(`mail:urgency.${urgency}`) });
  });
  return [...new Set(all)];
}

function closing({ case: made, comune, at, open }: RequestInput, say: Say): Part[] {
  const channel = say(`mail:channel.${made.channel}`);
  const sent = { code: codeOf(made), day: dayWords(at, 'it'), channel, comune: comune.name };
  return [
    { kind: 'plain', text: say('mail:request.how_to_answer') },
    ...(open ? [{ kind: 'list', label: say('deskmail:request.buttons'), items: buttons(say) } satisfies Part] : []),
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
