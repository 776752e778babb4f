// Times: what a desk proposes, and one of the person's own that it confirms. A new time is a new sequence, the older no longer counts.
// What the person answers is left to person-steps.ts, reminders to the clock.
import { whenWords } from '../../mail/about.ts';
import { readSpans } from '../../mail/dates.ts';
import { noteToDesk } from '../../mail/notes.ts';
import type { Choice } from '../../message.ts';
import { agendaLinks } from '../agenda.ts';
import { refOf } from '../ref.ts';
import { languageOf, sayTo, tellPerson } from '../tell.ts';
import type { Appointment } from '../types.ts';
import { changeLife, record, step } from '../work.ts';
import type { CaseWork } from '../work.ts';
import { takeCharge } from './charge.ts';

export interface ProposedTime {
  start: Date;
  end: Date;
  how: Appointment['how'];
}

/** The person is asked. False where it is past, or no time at all. */
export function propose(work: CaseWork, by: string, time: ProposedTime): boolean {
  const before = work.made.life.appointment;
  if (!isTime(work, time) || !step(work, 'propose')) return false;
  takeCharge(work, by);
  setTime(work, time, 'proposed');
  const wasAgreed = before?.state === 'confirmed' && Date.parse(before.start) > work.at.getTime();
  record(work, wasAgreed ? 'moved' : 'proposed', 'desk', trail(work, by));
  tellPerson(work, {
    key: wasAgreed ? 'case:told.moved' : 'case:told.proposed',
    values: { when: whenTold(work) },
    choices: answers(work),
    letter: 'proposed',
  });
  return true;
}

/** A time within what the person said they can: it is agreed at once. False where it is not, or past. */
export function confirmPreferred(work: CaseWork, by: string, time: ProposedTime): boolean {
  const wished = readSpans(work.made.details.preferred).some(
    ({ start, end }) => start <= time.start && time.end <= end,
  );
  if (!wished || !isTime(work, time) || !step(work, 'settle')) return false;
  takeCharge(work, by);
  setTime(work, time, 'confirmed');
  record(work, 'confirmed', 'desk', trail(work, by));
  const links = agendaLinks(work.env, work.made, work.at, languageOf(work));
  tellPerson(work, { key: 'case:told.confirmed', values: { when: whenTold(work) }, links, letter: 'appointment' });
  noteToDesk(work, 'appointment');
  return true;
}

function isTime({ at }: CaseWork, { start, end }: ProposedTime): boolean {
  return start > at && start < end;
}

function setTime(work: CaseWork, { start, end, how }: ProposedTime, state: 'proposed' | 'confirmed'): void {
  const sequence = (work.made.life.appointment?.sequence ?? 0) + 1;
  const span = { start: start.toISOString(), end: end.toISOString() };
  changeLife(work, { appointment: { ...span, how, sequence, state, reminded: [] } });
}

function trail({ made: { life } }: CaseWork, by: string): Record<string, string | number> {
  const { start = '', how = '', sequence = 0 } = life.appointment ?? {};
  return { by, start, how, sequence };
}

function whenTold(work: CaseWork): string {
  return whenWords(work.made, languageOf(work), sayTo(work), 'letter');
}

function answers(work: CaseWork): Choice[] {
  const say = sayTo(work);
  const ref = `${refOf(work.made)}.${work.made.life.appointment?.sequence ?? 0}`;
  return [
    { id: `case.accept.${ref}`, label: say('case:told.accept') },
    { id: `case.decline.${ref}`, label: say('case:told.decline') },
  ];
}
