// The tables of the report: what each one counts, and the only ways in which it may be shown, from finest to none.
// Counting is left to figures.ts, choosing how much of a table is shown to suppress.ts.

export const CONTACT_TABLES = [
  'area',
  'need',
  'followed',
  'for_whom',
  'urgency',
  'language',
  'channel',
  'outcome',
] as const;
export const REQUEST_TABLES = ['delivery', 'course', 'closed', 'refused', 'days', 'appointment'] as const;
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
  urgency: [own, only('none')],
  language: [own, only('it')],
  channel: [own, only('web')],
  outcome: [own, only('requested')],
  delivery: [own],
  course: [
    own,
    grouped({ followed: FOLLOWED, unanswered: UNANSWERED, ended: ENDED }),
    grouped({ followed: FOLLOWED, not_followed: [...UNANSWERED, ...ENDED] }),
  ],
  closed: [own],
  refused: [own],
  days: [own, grouped({ within_2: SOON, later: LATER })],
  appointment: [own, grouped({ appointment: ['met', 'not_met', 'fixed'], none: ['none'] })],
};

/** Tables that are about the requests of some courses only, and shown only where those are. */
export const INSIDE: Partial<Record<RequestTable, readonly string[]>> = {
  closed: ['closed'],
  refused: ['refused'],
  days: FOLLOWED,
  appointment: FOLLOWED,
};

/** Tables in which it is often not known: what is too few goes with that. */
export const POOLED = ['followed', 'for_whom'] as const satisfies readonly ContactTable[];
