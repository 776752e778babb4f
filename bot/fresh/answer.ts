// What an answer to "è ancora giusto?" changes: the facts are verified, or a correction waits for the coordinator.
// Who may answer is left to the page, changing the directory to a data editor.
import { block, line } from '../mail/clean.ts';
import type { Desk, DeskCheck, Proposal } from '../ports.ts';
import { keptNow } from './facts.ts';
import type { Field } from './facts.ts';

const LONGEST = { phone: 60, hours: 300, address: 200, email: 120, other: 1000 } as const;

export interface Correction {
  desk: Desk;
  field: Field | 'other';
  /** What the page showed, as the directory keeps it: empty where nothing was known. */
  before: string;
  /** As it was typed. */
  after: string;
}

/** Whether what was typed can be what it stands for: an e-mail is an address, whole and alone. */
export function canBe(field: Correction['field'], after: string): boolean {
  const text = after.trim();
  return field !== 'email' || text === '' || /^[^\s@<>()",;:]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(text);
}

/** All of it holds. */
export function verified(check: DeskCheck, at: Date): DeskCheck {
  return { ...check, unanswered: 0, verifiedAt: at };
}

/** Somebody answered; what of it holds was not said. */
export function answered(check: DeskCheck): DeskCheck {
  return { ...check, unanswered: 0 };
}

/** Corrections as they wait for the coordinator; what says nothing new is left out. */
export function proposalsOf(given: readonly Correction[], by: string, at: Date, uuid: () => string): Proposal[] {
  return given.flatMap(({ desk, field, before, after }) => {
    const text = field === 'other' ? block(after, LONGEST.other) : line(after, LONGEST[field]);
    const kept = field === 'other' ? '' : keptNow(desk, field, before);
    if (text === '' || text === kept) return [];
    const made = { id: uuid(), deskId: desk.id, field, before: kept, after: text, by: line(by, 60), at };
    return [{ ...made, state: 'open', decidedAt: null } satisfies Proposal];
  });
}
