// What operators do to a case at their desk: each a step on one case, with its line in the trail and what the person is told.
// Who may press which button is left to adapters/web/desk, times to desk/appointment.ts, other desks to desk/forward.ts.
import { block } from '../mail/clean.ts';
import { elsewhere } from './desk/elsewhere.ts';
import { endAppointment, takeCharge } from './desk/charge.ts';
import { refOf } from './ref.ts';
import { sayTo, tellPerson } from './tell.ts';
import { changeLife, record, step } from './work.ts';
import type { CaseWork } from './work.ts';

export { confirmPreferred, propose } from './desk/appointment.ts';
export type { ProposedTime } from './desk/appointment.ts';
export { askForward, forward } from './desk/forward.ts';

/** How a case ended; each has `desk:outcome.<code>`. */
export const OUTCOMES = ['spoken', 'helped', 'sent_on', 'not_reached', 'not_needed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a desk does not take a case; each has `desk:refusal.<code>` and `case:told.refused.<code>`. */
export const REFUSALS = [
  'not_competent',
  'not_resident',
  'followed_elsewhere',
  'not_reachable',
  'duplicate',
  'other',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What a desk writes, at most so many letters. */
export const LONGEST_REPLY = 2000;

/** "Prendo in carico". All steps: false, and nothing changed, where it may not happen now. `by`: the operator's signature. */
export function take(work: CaseWork, by: string): boolean {
  if (!step(work, 'take')) return false;
  takeCharge(work, by);
  tellPerson(work, { key: 'case:told.taken', letter: 'news' });
  return true;
}

/** Relayed where the person wrote; nobody's address is shown. False also for an empty text. */
export function write(work: CaseWork, by: string, text: string): boolean {
  const words = block(text, LONGEST_REPLY);
  if (words === '' || !step(work, 'write')) return false;
  takeCharge(work, by);
  relay(work, by, words);
  const label = sayTo(work)('case:told.answer');
  tellPerson(work, {
    key: 'case:told.wrote',
    values: { text: words },
    choices: [{ id: `case.answer.${refOf(work.made)}`, label }],
    letter: 'news',
  });
  return true;
}

/** Not for this desk, nor for another one it knows. `text`: also said to the person; needed where the reason is `other`. */
export function refuse(work: CaseWork, by: string, reason: Refusal, text: string): boolean {
  const words = block(text, LONGEST_REPLY);
  if ((reason === 'other' && words === '') || !step(work, 'refuse')) return false;
  work.change.cancelMails.push(work.made.id);
  changeLife(work, { refusal: reason });
  record(work, 'refused', 'desk', { reason, by });
  endAppointment(work);
  if (words !== '') {
    relay(work, by, words);
    tellPerson(work, { key: 'case:told.wrote', values: { text: words } });
  }
  const { line, links } = elsewhere(work);
  tellPerson(work, { key: `case:told.refused.${reason}`, values: { line }, links, letter: 'news' });
  return true;
}

/** They spoke. An appointment still to come is no more: the person is told, the page said so. */
export function met(work: CaseWork, by: string): boolean {
  if (!step(work, 'met')) return false;
  takeCharge(work, by);
  record(work, 'met', 'desk', { by });
  endAppointment(work);
  return true;
}

/** They did not. False while the appointment is still to come. */
export function notMet(work: CaseWork, by: string): boolean {
  if (isToCome(work) || !step(work, 'not_met')) return false;
  takeCharge(work, by);
  record(work, 'not_met', 'desk', { by });
  const label = sayTo(work)('case:told.answer');
  tellPerson(work, {
    key: 'case:told.not_met',
    choices: [{ id: `case.answer.${refOf(work.made)}`, label }],
    letter: 'news',
  });
  return true;
}

export function close(work: CaseWork, by: string, outcome: Outcome): boolean {
  if (!step(work, 'close')) return false;
  work.change.cancelMails.push(work.made.id);
  changeLife(work, { outcome });
  record(work, 'closed', 'desk', { outcome, by });
  endAppointment(work);
  const { line, links } = elsewhere(work, 'own');
  const key = outcome === 'not_reached' ? 'case:told.closed_not_reached' : 'case:told.closed';
  tellPerson(work, { key, values: { line }, links, letter: 'news' });
  return true;
}

function relay(work: CaseWork, by: string, text: string): void {
  work.change.messages.push({ caseId: work.made.id, at: work.at, from: 'desk', by, text, lang: 'it' });
  record(work, 'desk_wrote', 'desk', { by });
}

function isToCome({ made, at }: CaseWork): boolean {
  const { appointment } = made.life;
  return appointment !== undefined && appointment.state !== 'cancelled' && Date.parse(appointment.start) > at.getTime();
}
