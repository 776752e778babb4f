// How many mails one person can make their desk get about one case: what they write beyond that waits on the desk's page.
// What is written and kept is left to person-steps.ts, saying so to the person to bot/cases/person.
import { noteToDesk } from '../mail/notes.ts';
import type { NoteExtra } from '../mail/notes.ts';
import type { Case } from './types.ts';
import { changeLife } from './work.ts';
import type { CaseWork } from './work.ts';

const HOUR = 3_600_000;
const CAPS = [
  { within: HOUR, most: 6 },
  { within: 24 * HOUR, most: 20 },
];

/** The last one that goes says that what follows is on the page. */
export function noteFromPerson(work: CaseWork, kind: 'person_wrote' | 'contact', extra: NoteExtra = {}): void {
  const { made, at } = work;
  const left = notesLeft(made, at);
  if (left <= 0) return;
  noteToDesk(work, kind, { ...extra, ...(left === 1 ? { last: true } : {}) });
  changeLife(work, { notes: [...since(made, at, 24 * HOUR), at.toISOString()] });
}

/** Mails that the person can still cause now; none: what they write is read on the page. */
export function notesLeft(made: Case, at: Date): number {
  return Math.min(...CAPS.map(({ within, most }) => most - since(made, at, within).length));
}

function since({ life }: Case, at: Date, within: number): string[] {
  return (life.notes ?? []).filter((time) => at.getTime() - Date.parse(time) < within);
}
