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
export const REQUEST_TABLES = ['delivery', 'answer', 'appointment', 'end', 'closed', 'refused'] as const;
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

/** Days to take in charge: `day_0` ... `day_4`, then these. */
export const LATE_DAYS = ['day_5_9', 'day_10'] as const;
const SOON = ['day_0', 'day_1', 'day_2'];
const LATER = ['day_3', 'day_4', ...LATE_DAYS];

/** Tables of which every value is always known. */
export const LEVELS: Partial<Record<TableId, Levels>> = {
  urgency: [own, only('none')],
  language: [own, only('it')],
  channel: [own, only('web')],
  outcome: [own, only('requested')],
  delivery: [own],
  answer: [
    own,
    grouped({ within_2: SOON, later: LATER, waiting: ['waiting'], left_off: ['answered', 'withdrawn'] }),
    grouped({ taken: [...SOON, ...LATER], not_taken: ['waiting', 'answered', 'withdrawn'] }),
  ],
  appointment: [own, grouped({ appointment: ['met', 'not_met', 'fixed'], none: ['none'] })],
  end: [own, grouped({ open: ['open'], over: ['closed', 'refused', 'forwarded', 'withdrawn', 'expired'] })],
  closed: [own],
  refused: [own],
};

/** Tables in which it is often not known: what is too few goes with that. */
export const POOLED = ['followed', 'for_whom'] as const satisfies readonly ContactTable[];
