// Contacts and requests as plain units to count: where, by whom (a digest or a code), and one value for each table. Pure.
// What of the counts may be shown is left to suppress.ts; the trail of a case to bot/cases.
import type { Area, Need } from '../../flows/types.ts';
import { deskOf } from '../cases/desk-of.ts';
import type { Case, CaseEvent, CaseEventType } from '../cases/types.ts';
import type { Contact } from '../ports.ts';
import type { Environment } from '../talk.ts';
import { OTHER } from './tables.ts';
import type { ContactTable, RequestTable } from './tables.ts';

export interface Unit<Table extends string> {
  /** Comune, `outside`; null: not known. */
  place: string | null;
  /** Of one month; empty: erased, counts for no person. */
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
  const { area, need, followed, forWhom, urgency, language, channel, outcome, comune, person } = contact;
  return {
    place: comune,
    person,
    values: { area: known(area), need: known(need), followed, for_whom: forWhom, urgency, language, channel, outcome },
  };
}

function known<T extends Area | Need>(value: T | 'unclear' | null): T | null {
  return value === 'unclear' ? null : value;
}

/** What had become of a request at `until`, read from its trail alone. One request to two desks is two hand-offs of one person. */
export function requestUnit(
  env: Pick<Environment, 'directory' | 'calendar'>,
  trail: RequestTrail,
  until: Date,
): RequestUnit {
  const { made } = trail;
  const events = trail.events.filter(({ at }) => at < until).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const end = endOf(events);
  const last = (type: CaseEventType): CaseEvent | undefined => events.findLast((event) => event.type === type);
  return {
    place: made.comune,
    // The conversation is forgotten with time, the code is not: the same whenever it is counted.
    person: made.code ?? made.id,
    values: {
      delivery: events.some((event) => event.type === 'delivered' || isByDesk(event)) ? 'delivered' : 'not_delivered',
      answer: answerOf(env, made, events, end),
      appointment: appointmentOf(events),
      end,
      ...(end === 'closed' ? { closed: codeIn(last('closed'), 'outcome') } : {}),
      ...(end === 'refused' ? { refused: codeIn(last('refused'), 'reason') } : {}),
    },
  };
}

/** A code of desk.json. `other` is the report's own word for what is not shown. */
function codeIn(event: CaseEvent | undefined, name: string): string {
  const code = String(event?.data?.[name] ?? 'unsaid');
  return code === OTHER ? 'other_reason' : code;
}

const ENDS: CaseEventType[] = ['closed', 'refused', 'forwarded', 'withdrawn', 'expired'];
/** What begins again after an end. */
const AGAIN: CaseEventType[] = ['reopened', 'taken', 'proposed', 'confirmed'];

function endOf(events: readonly CaseEvent[]): string {
  const last = events.findLast(({ type }) => ENDS.includes(type) || AGAIN.includes(type));
  return last && ENDS.includes(last.type) ? last.type : 'open';
}

/** Any of these by the desk means that somebody there has the person's need in hand. */
const TAKES: CaseEventType[] = ['taken', 'desk_wrote', 'proposed', 'confirmed', 'moved', 'met', 'not_met', 'closed'];

function answerOf(
  env: Pick<Environment, 'directory' | 'calendar'>,
  made: Case,
  events: readonly CaseEvent[],
  end: string,
): string {
  const taken = events.find((event) => isByDesk(event) && TAKES.includes(event.type));
  if (taken && made.requestedAt) return dayKey(daysToTake(env, made, made.requestedAt, taken.at));
  if (events.some(isByDesk)) return 'answered';
  return end === 'withdrawn' ? 'withdrawn' : 'waiting';
}

/** The coordinator answers for a desk that did not. */
function isByDesk({ by }: CaseEvent): boolean {
  return by === 'desk' || by === 'coordinator';
}

const MOST_DAYS = 10;

/** Working days of the desk: 0 on the same day, 1 by its closing on the next working day, and so on; 10: ten or more. */
export function daysToTake(
  { directory, calendar }: Pick<Environment, 'directory' | 'calendar'>,
  made: Pick<Case, 'deskId' | 'comune'>,
  from: Date,
  taken: Date,
): number {
  if (dayOf(from) === dayOf(taken)) return 0;
  const desk = deskOf({ directory }, made);
  for (let days = 1; days < MOST_DAYS; days += 1)
    if (taken <= calendar.afterWorkingDays(desk, made.comune, from, days)) return days;
  return MOST_DAYS;
}

function dayKey(days: number): string {
  if (days < 5) return `day_${days}`;
  return days < MOST_DAYS ? 'day_5_9' : 'day_10';
}

const ROME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });

function dayOf(at: Date): string {
  return ROME.format(at);
}

function appointmentOf(events: readonly CaseEvent[]): string {
  const had = (...types: CaseEventType[]): boolean => events.some(({ type }) => types.includes(type));
  if (had('met')) return 'met';
  if (had('not_met')) return 'not_met';
  return had('proposed', 'confirmed') ? 'fixed' : 'none';
}
