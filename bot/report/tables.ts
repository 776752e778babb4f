// The tables of the report: what each one counts, and the only ways in which it may be shown, from finest to none.
// Counting is left to figures.ts, choosing how much of a table is shown to suppress.ts.

/**
 * Only what the funder asks for, and nothing that follows from something else here: what is hidden in one table must not be
 * readable from another. That is why there is no urgency (the need says it), no danger (it says the urgency), no delivery
 * and no appointment (the course says them), no "for whom" (asked for some needs alone). docs/report.md has the whole list.
 */
export const CONTACT_TABLES = ['area', 'need', 'followed', 'language', 'channel', 'outcome'] as const;
export const REQUEST_TABLES = ['course', 'closed', 'refused', 'days'] as const;
export type ContactTable = (typeof CONTACT_TABLES)[number];
export type RequestTable = (typeof REQUEST_TABLES)[number];
export type TableId = ContactTable | RequestTable;

/** The category of what is not told: unknown in itself, or too few to be shown. Every table adds up to the total with it. */
export const OTHER = 'other';

/** Coarser and coarser ways to tell a value. A last one, `other` for all, is always there. */
export type Levels = ((value: string) => string)[];

const own = (value: string): string => value;
const only =
  (...told: string[]) =>
  (value: string): string =>
    told.includes(value) ? value : OTHER;
const grouped =
  (groups: Record<string, readonly string[]>) =>
  (value: string): string =>
    Object.keys(groups).find((name) => groups[name]?.includes(value)) ?? OTHER;

const SOON = ['day_0', 'day_1', 'day_2'];
const LATER = ['day_3', 'day_4', 'day_5_9', 'day_10'];
/** As they are shown, the soonest first. */
export const DAYS_ORDER = [...SOON, 'within_2', ...LATER, 'later'];
/** A desk has the person's need in hand, or had. */
const FOLLOWED = ['in_charge', 'closed'];
const UNANSWERED = ['waiting', 'expired'];
const ENDED = ['refused', 'forwarded', 'withdrawn'];

/** Tables of which every value is always known. */
export const LEVELS: Partial<Record<TableId, Levels>> = {
  language: [own, only('it')],
  channel: [own, only('web')],
  outcome: [own],
  course: [
    own,
    grouped({ followed: FOLLOWED, unanswered: UNANSWERED, ended: ENDED }),
    grouped({ followed: FOLLOWED, not_followed: [...UNANSWERED, ...ENDED] }),
  ],
  closed: [own],
  refused: [own],
  days: [own, grouped({ within_2: SOON, later: LATER })],
};

/** Tables that are about the requests of some courses only, and shown only where those are. */
export const INSIDE: Partial<Record<RequestTable, readonly string[]>> = {
  closed: ['closed'],
  refused: ['refused'],
  days: FOLLOWED,
};

/** Tables in which it is often not known: what is too few goes with that. */
export const POOLED = ['followed'] as const satisfies readonly ContactTable[];
