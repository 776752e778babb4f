// What the person does to their own cases: each a step on one case, with its line in the trail and its note to the desk.
// Understanding what was meant, and answering it, is left to bot/cases/person; who may do it to person/proof.ts.
import type { Appointment, Case, CaseDetails, CaseMessage } from './types.ts';
import { may } from './life.ts';
import { letterToPerson, noteToDesk } from '../mail/notes.ts';
import { noteFromPerson } from './note-cap.ts';
import type { CaseWork } from './work.ts';
import { changeLife, record, step } from './work.ts';

const LONGEST = 1500;

/** Whether it is too late to say yes to that time. */
export function hasBegun({ start }: Appointment, at: Date): boolean {
  return Date.parse(start) <= at.getTime();
}

/** Yes to the time of that sequence. False where another time counts now, or none, and where it is past. */
export function acceptTime(work: CaseWork, sequence: number): boolean {
  const { appointment } = work.made.life;
  if (appointment?.sequence !== sequence || appointment.state === 'cancelled') return false;
  if (hasBegun(appointment, work.at) || !step(work, 'accept')) return false;
  changeLife(work, { appointment: { ...appointment, state: 'confirmed' } });
  record(work, 'confirmed', 'person', { start: appointment.start, sequence });
  noteToDesk(work, 'accepted');
  letterToPerson(work, 'appointment');
  return true;
}

/** No to the time of that sequence, proposed or already confirmed; the words go along to the desk. */
export function declineTime(work: CaseWork, sequence: number, said?: Pick<CaseMessage, 'text' | 'lang'>): boolean {
  const { appointment } = work.made.life;
  if (appointment?.sequence !== sequence || appointment.state === 'cancelled') return false;
  const wasToCome = appointment.state === 'confirmed' && !hasBegun(appointment, work.at);
  if (!step(work, 'decline')) return false;
  record(work, 'declined', 'person', { start: appointment.start, sequence });
  if (said) keepMessage(work, said);
  noteToDesk(work, 'declined', said ? { quote: said } : {});
  if (wasToCome) letterToPerson(work, 'cancelled');
  changeLife(work, { appointment: { ...appointment, state: 'cancelled' } });
  return true;
}

/** The person does not want that another desk reads it. */
export function denyForward(work: CaseWork): boolean {
  if (!step(work, 'deny_forward')) return false;
  record(work, 'forward_denied', 'person', deskData(work));
  const { forwardTo: _, ...life } = work.made.life;
  work.made = { ...work.made, life };
  noteToDesk(work, 'forward_denied');
  return true;
}

/** What the person writes to the desk that has the case. */
export function writeToDesk(work: CaseWork, said: Pick<CaseMessage, 'text' | 'lang'>): boolean {
  if (!may(work.made, 'withdraw') || said.text.trim() === '') return false;
  keepMessage(work, said);
  noteFromPerson(work, 'person_wrote', { quote: said });
  return true;
}

/** Another way to be reached. The old one is forgotten, and nothing that waits goes there any more. */
export function changeContact(work: CaseWork, contact: NonNullable<CaseDetails['contact']>): boolean {
  work.made = { ...work.made, details: { ...work.made.details, contact } };
  work.change.cancelLetters.push(work.made.id);
  // What is over the desk need not know.
  if (!may(work.made, 'withdraw')) return true;
  record(work, 'contact_changed', 'person', { kind: contact.kind });
  noteFromPerson(work, 'contact');
  return true;
}

/** Taken back: what has not left is stopped, the desk is told of what may have, its links die. */
export function withdraw(work: CaseWork): boolean {
  if (!step(work, 'withdraw')) return false;
  work.change.cancelMails.push(work.made.id);
  record(work, 'withdrawn', 'person');
  noteToDesk(work, 'withdrawn');
  endAppointment(work);
  endLinks(work);
  return true;
}

/** What was erased is not: nobody could be called, and nobody would know why. */
export function mayReopen(made: Case): boolean {
  return may(made, 'reopen') && made.details.contact !== undefined;
}

/** Closed or expired, and not solved: the desk has it again, from now, with what the person says. */
export function reopen(work: CaseWork, said?: Pick<CaseMessage, 'text' | 'lang'>): boolean {
  const had = work.made.state === 'closed';
  if (!mayReopen(work.made) || !step(work, 'reopen')) return false;
  // Whoever closed it has it: nothing needs to arrive there first.
  if (had) step(work, 'sent');
  const { takenAt: _, takenBy: __, outcome: ___, ...life } = work.made.life;
  work.made = { ...work.made, life: { ...life, since: work.at.toISOString(), reminded: [] } };
  // Kept: the next time has a higher sequence, so no button or calendar takes the old one for the new.
  const { appointment } = life;
  if (appointment) changeLife(work, { appointment: { ...appointment, state: 'cancelled' } });
  record(work, 'reopened', 'person');
  if (said) keepMessage(work, said);
  noteToDesk(work, 'reopened', said ? { quote: said } : {});
  return true;
}

/** The answer to "did you manage to speak with the desk?"; once for each day it was asked. */
export function answerCheck(work: CaseWork, day: number, answer: 'yes' | 'no' | 'later'): boolean {
  const { checks } = work.made.life;
  if (checks?.answers.some((given) => given.day === day && given.answer === answer)) return false;
  const others = (checks?.answers ?? []).filter((given) => given.day !== day);
  const answers = [...others, { day, answer, at: work.at.toISOString() }];
  changeLife(work, { checks: { from: work.at.toISOString(), asked: [day], ...checks, answers } });
  record(work, 'check_answered', 'person', { day, answer });
  return true;
}

/** Withdraws what is open, asks the desk to erase what it has, and empties what is here: that there was one stays. */
export function erase(work: CaseWork): boolean {
  if (isForgotten(work)) return false;
  if (step(work, 'withdraw')) record(work, 'withdrawn', 'person');
  work.change.cancelMails.push(work.made.id);
  record(work, 'erasure_asked', 'person');
  // Emptied before the desk is told: nothing that waits to be sent may still hold their words. The times are needed to
  // take them out of a calendar; the person's own is left to them, for their address goes too.
  const { needs, language, forWhom, preferred } = work.made.details;
  const emptied = { needs, language, forWhom, answers: [], preferred: [] };
  work.made = { ...work.made, details: { ...emptied, preferred } };
  // Of a contact that was only shown no desk knows anything.
  if (work.made.code !== null && work.made.state !== 'advised') noteToDesk(work, 'erasure');
  const { checks: _, ...life } = work.made.life;
  work.made = { ...work.made, details: emptied, life };
  endAppointment(work);
  endLinks(work);
  return true;
}

/** Nothing of the person is left in it, and nothing will be asked: a request always has a way to be reached. */
function isForgotten({ made }: CaseWork): boolean {
  const { contact, name, answers } = made.details;
  return contact === undefined && name === undefined && answers.length === 0 && made.life.checks === undefined;
}

/** Said to the desk in the same mail; the person's own calendar is told by itself. */
function endAppointment(work: CaseWork): void {
  const { appointment } = work.made.life;
  if (!appointment) return;
  if (appointment.state === 'confirmed') letterToPerson(work, 'cancelled');
  changeLife(work, { appointment: { ...appointment, state: 'cancelled' } });
}

function endLinks(work: CaseWork): void {
  changeLife(work, { linkEpoch: work.made.life.linkEpoch + 1, waiting: [] });
}

function keepMessage(work: CaseWork, { text, lang }: Pick<CaseMessage, 'text' | 'lang'>): void {
  const message = { caseId: work.made.id, at: work.at, from: 'person', by: '', text: text.slice(0, LONGEST), lang };
  work.change.messages.push({ ...message, from: 'person' });
  record(work, 'person_wrote', 'person');
}

function deskData({ made }: CaseWork): Record<string, string> {
  return made.life.forwardTo === undefined ? {} : { desk: made.life.forwardTo };
}
