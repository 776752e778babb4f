// What several steps of a desk have in common: it is now in somebody's charge; an appointment that is no longer to be.
// Which step does which is left to desk-steps.ts and its neighbours.
import { letterToPerson, noteToDesk } from '../../mail/notes.ts';
import { changeLife, record } from '../work.ts';
import type { CaseWork } from '../work.ts';

/** Whoever first does something for the person has taken it in charge, whichever button it was. */
export function takeCharge(work: CaseWork, by: string): void {
  if (work.made.life.takenAt !== undefined) return;
  changeLife(work, { takenAt: work.at.toISOString(), takenBy: by });
  record(work, 'taken', 'desk', { by });
}

/** The case ends here: an appointment still to come is taken out of both calendars, where it stood in them. */
export function endAppointment(work: CaseWork): void {
  const { appointment } = work.made.life;
  if (!appointment || appointment.state === 'cancelled' || Date.parse(appointment.start) <= work.at.getTime()) return;
  if (appointment.state === 'confirmed') {
    letterToPerson(work, 'cancelled');
    noteToDesk(work, 'cancelled');
  }
  changeLife(work, { appointment: { ...appointment, state: 'cancelled' } });
}
