// What a case is about, as an operator reads it in the mail and on the page: needs, for whom, answers, a first form.
// How the person is reached is left to person.ts, the rest of the mail to request.ts.
import type { Answer } from '../../flows/types.ts';
import type { Case, CaseDetails, Comune } from '../ports.ts';
import type { Say } from '../words.ts';
import { line } from './clean.ts';
import { callsWriter } from './person.ts';
import type { Part } from './render.ts';

export interface FactsInput {
  case: Case;
  comune: Comune;
  /** An answer said in Italian, question included; an empty string leaves it out. */
  answerLabel: (answer: Answer) => string;
  /** The desk that passed it on, with its comune and phone. */
  from?: string;
}

const KNOWN = { yes: 'mail:knows.yes', no: 'mail:knows.no' } as const;

/** Whoever writes for somebody else is named first, unless the contact is theirs: then they stand beside it already. */
export function facts(input: FactsInput, say: Say): Part[] {
  const { details } = input.case;
  const needs: Part = { kind: 'list', label: say('mail:request.needs'), items: needWords(details, say) };
  const who = forWhom(details, say);
  return [
    ...(details.forWhom === 'self' || callsWriter(details) ? [needs, ...who] : [...who, needs]),
    ...circumstances(input, say),
    ...reasons(input, say),
    ...puntoInsieme(details, say),
  ];
}

/** Each need once, said as `need (urgency)`. */
function needWords(details: CaseDetails, say: Say): string[] {
  const all = details.needs.map(({ urgency, ...one }) =>
    say('mail:need_line', { need: needName(one, say), urgency: say(`mail:urgency.${urgency}`) }),
  );
  return [...new Set(all)];
}

/** Each need once, its name alone. */
export function needNames({ needs }: CaseDetails, say: Say): string[] {
  return [...new Set(needs.map((one) => needName(one, say)))];
}

function needName({ area, need }: Pick<CaseDetails['needs'][number], 'area' | 'need'>, say: Say): string {
  return need === 'unclear' ? say(`mail:area.${area}`) : say(`mail:need.${need}`);
}

function forWhom(details: CaseDetails, say: Say): Part[] {
  const { forWhom: whom, thirdParty } = details;
  const { consent, knows, call } = thirdParty ?? {};
  const named = callsWriter(details);
  return [
    field(say('mail:request.for_whom'), say(`mail:for_whom.${whom}`)),
    ...(named ? [] : given(say('deskmail:request.writer'), thirdParty?.writer)),
    ...(named ? [] : given(say('mail:request.organization'), thirdParty?.organization)),
    ...(named ? [] : given(say('deskmail:request.role'), thirdParty?.role)),
    ...(consent ? [field(say('deskmail:request.consent'), say('deskmail:request.consent_declared'))] : []),
    ...(knows ? [field(say('mail:request.knows'), say(KNOWN[knows]))] : []),
    ...(call === 'person' ? [field(say('deskmail:request.call'), say('deskmail:request.call_person'))] : []),
  ];
}

function circumstances({ case: { details, life }, comune, from }: FactsInput, say: Say): Part[] {
  const { followed, residentElsewhere } = details;
  return [
    ...(followed ? [field(say('mail:request.followed'), say(`mail:followed.${followed}`))] : []),
    field(say('mail:request.comune'), comune.name),
    ...(life.forwardedFrom ? [field(say('deskmail:request.forwarded'), forwardedBy(from, say))] : []),
    ...(residentElsewhere ? [field(say('mail:request.resident'), say('mail:request.elsewhere'))] : []),
  ];
}

function forwardedBy(desk: string | undefined, say: Say): string {
  return desk === undefined
    ? say('deskmail:request.forwarded_agreed')
    : say('deskmail:request.forwarded_by', { desk: line(desk) });
}

function reasons({ case: { details }, answerLabel }: FactsInput, say: Say): Part[] {
  const items = details.answers.map((answer) => line(answerLabel(answer), 300)).filter((label) => label !== '');
  return items.length > 0 ? [{ kind: 'list', label: say('mail:request.answers'), items }] : [];
}

/** What the first form of the Punto Insieme asks for; nothing where the request is not for it. */
function puntoInsieme({ puntoInsieme: form }: CaseDetails, say: Say): Part[] {
  if (!form) return [];
  const { livesAlone, doctorKnows } = form;
  return [
    ...given(say('deskmail:request.age'), form.age),
    ...(livesAlone ? [field(say('deskmail:request.alone'), say(KNOWN[livesAlone]))] : []),
    ...(doctorKnows ? [field(say('deskmail:request.doctor'), say(KNOWN[doctorKnows]))] : []),
    ...given(say('deskmail:request.discharge'), form.discharge),
  ];
}

/** A line of what the person wrote, where they did. */
function given(label: string, words: string | undefined): Part[] {
  const value = line(words ?? '');
  return value === '' ? [] : [field(label, value)];
}

function field(label: string, value: string): Part {
  return { kind: 'field', label, value };
}
