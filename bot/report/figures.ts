// Contacts and requests as plain units to count: where, by whom (a digest or a code), and one value for each table. Pure.
// What of the counts may be shown is left to suppress.ts; the trail of a case to bot/cases.
import type { Area, Need } from '../../flows/types.ts';
import type { Case, CaseEvent, CaseEventType } from '../cases/types.ts';
import type { Contact } from '../ports.ts';
import { MOST_DAYS } from './working-days.ts';
import type { DaysBetween } from './working-days.ts';
import { OTHER } from './tables.ts';
import type { ContactTable, RequestTable } from './tables.ts';

export interface Unit<Table extends string> {
  /** Comune, `outside`; null: not known. */
  place: string | null;
  /** Of one month; empty: not known, or erased, counts for no person. */
  person: string;
  /** Null: not known. Absent: the table is not about this unit. */
  values: Partial<Record<Table, string | null>>;
}
export type ContactUnit = Unit<ContactTable>;
export type RequestUnit = Unit<RequestTable>;
export interface RequestTrail {
  made: Case;
  events: CaseEvent[];
}

export function contactUnit(contact: Contact): ContactUnit {
  const { area, need, followed, language, channel, comune, person } = contact;
  const outcome = contact.outcome === 'requested' ? 'requested' : 'not_requested';
  return {
    place: comune,
    person,
    values: { area: known(area), need: known(need), followed, language, channel, outcome },
  };
}

function known<T extends Area | Need>(value: T | 'unclear' | null): T | null {
  return value === 'unclear' ? null : value;
}

/** What had become of a request at `until`, read from its trail alone. One request to two desks is two hand-offs of one person. */
export function requestUnit({ made, ...trail }: RequestTrail, until: Date, daysBetween: DaysBetween): RequestUnit {
  const events = trail.events.filter(({ at }) => at < until).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const answered = events.find(isByDesk);
  const course = courseOf(events);
  const last = (type: CaseEventType): CaseEvent | undefined => events.findLast((event) => event.type === type);
  const tag = events.find(({ type }) => type === 'requested')?.data?.['person'];
  return {
    place: made.comune,
    // Of the trail, which stays: the same whenever it is counted. Passed on by another desk: counts for no person.
    person: typeof tag === 'string' ? tag : '',
    values: {
      course,
      ...(course === 'closed' ? { closed: codeIn(last('closed'), 'outcome') } : {}),
      ...(course === 'refused' ? { refused: codeIn(last('refused'), 'reason') } : {}),
      ...(answered ? { days: dayKey(daysBetween(made, made.requestedAt ?? made.createdAt, answered.at)) } : {}),
    },
  };
}

/** A code of desk.json. `other` is the report's own word for what is not shown. */
function codeIn(event: CaseEvent | undefined, name: string): string {
  const code = String(event?.data?.[name] ?? 'unsaid');
  return code === OTHER ? 'other_reason' : code;
}

/** The coordinator answers for a desk that did not. */
function isByDesk({ by }: CaseEvent): boolean {
  return by === 'desk' || by === 'coordinator';
}

const ENDS: CaseEventType[] = ['closed', 'refused', 'forwarded', 'withdrawn', 'expired'];
/** What begins again after an end. */
const AGAIN: CaseEventType[] = ['reopened', 'taken', 'proposed', 'confirmed'];

/** `in_charge`: somebody at the desk has it in hand; `waiting`: nobody yet; `expired`: nobody ever. */
function courseOf(events: readonly CaseEvent[]): string {
  const inHand = events.some(isByDesk);
  const last = events.findLast(({ type }) => ENDS.includes(type) || AGAIN.includes(type));
  if (!last || AGAIN.includes(last.type)) return inHand ? 'in_charge' : 'waiting';
  if (last.type === 'expired') return inHand ? 'in_charge' : 'expired';
  // Closed by itself, with nobody at the desk: nobody had it in hand.
  return last.type === 'closed' && !inHand ? 'expired' : last.type;
}

function dayKey(days: number): string {
  if (days < 5) return `day_${days}`;
  return days < MOST_DAYS ? 'day_5_9' : 'day_10';
}
