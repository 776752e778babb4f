// What several steps of a desk have in common: it is now in somebody's charge; an appointment that is no longer to be.
// Which step does which is left to desk-steps.ts and its neighbours.
import { whenWords } from '../../mail/about.ts';
import { letterToPerson, noteToDesk } from '../../mail/notes.ts';
import { languageOf, sayTo, tellPerson } from '../tell.ts';
import { changeLife, record } from '../work.ts';
import type { CaseWork } from '../work.ts';

/** Whoever first does something for the person has taken it in charge, whichever button it was. */
export function takeCharge(work: CaseWork, by: string): void {
  if (work.made.life.takenAt !== undefined) return;
  changeLife(work, { takenAt: work.at.toISOString(), takenBy: by });
  record(work, 'taken', 'desk', { by });
}

/** The case ends here: an appointment still to come is taken out of both calendars, and nobody goes there for nothing. */
export function endAppointment(work: CaseWork): void {
  const { appointment } = work.made.life;
  if (!appointment || appointment.state === 'cancelled' || Date.parse(appointment.start) <= work.at.getTime()) return;
  if (appointment.state === 'confirmed') {
    const when = whenWords(work.made, languageOf(work), sayTo(work), 'letter');
    tellPerson(work, { key: 'case:told.appointment_off', values: { when } });
    letterToPerson(work, 'cancelled');
    noteToDesk(work, 'cancelled');
  }
  changeLife(work, { appointment: { ...appointment, state: 'cancelled' } });
}
