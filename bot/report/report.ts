// The report of a period: published months and places added up, for one comune or the whole zone. Pure.
// What was published is left to publish.ts; csv.ts, json.ts and html.ts only write down what stands here.
import { COMUNI } from '../../flows/types.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { Month } from './months.ts';
import type { Published } from './publish.ts';
import type { Block, Blocks, Counts } from './suppress.ts';
import { OTHER } from './tables.ts';
import type { ContactTable, RequestTable, TableId } from './tables.ts';
import { waits } from './waits.ts';
import type { Waits } from './waits.ts';

/** `all`: the seven comuni, who lives elsewhere, and who did not say. */
export type Where = ComuneId | 'all';

export interface Sums {
  contacts: Block<ContactTable> | null;
  requests: Block<RequestTable> | null;
  waits: Waits | null;
}

/** Of one month and place. */
export interface Line extends Sums {
  month: Month;
  place: string;
}

export interface Report {
  /** Day in Rome, `2027-01-15`. */
  made: string;
  from: Month;
  to: Month;
  where: Where;
  months: { month: Month; contacts: boolean; requests: boolean }[];
  /** Only places of which something is published. */
  lines: Line[];
  byMonth: (Sums & { month: Month })[];
  byPlace: (Sums & { place: string })[];
  total: Sums;
}

/** In this order everywhere. */
const PLACES: string[] = [...COMUNI, 'outside', OTHER];

export function reportOf(published: readonly Published[], where: Where, from: Month, to: Month, made: string): Report {
  const places = where === 'all' ? PLACES : [where];
  const lines = published.flatMap(({ month, contacts, requests }) =>
    places.flatMap((place) => {
      const line = { month, place, ...sums([of(contacts, place)], [of(requests, place)]) };
      return line.contacts || line.requests ? [line] : [];
    }),
  );
  const sumOf = (some: Line[]): Sums =>
    sums(
      some.map(({ contacts }) => contacts),
      some.map(({ requests }) => requests),
    );
  const seen = places.filter((place) => lines.some((line) => line.place === place));
  return {
    made,
    from,
    to,
    where,
    months: published.map(({ month, contacts, requests }) => ({
      month,
      contacts: contacts !== null,
      requests: requests !== null,
    })),
    lines,
    byMonth: published.map(({ month }) => ({ month, ...sumOf(lines.filter((line) => line.month === month)) })),
    byPlace: seen.map((place) => ({ place, ...sumOf(lines.filter((line) => line.place === place)) })),
    total: sumOf(lines),
  };
}

function of<Table extends TableId>(blocks: Blocks<Table> | null, place: string): Block<Table> | null {
  return blocks?.get(place) ?? null;
}

function sums(contacts: (Block<ContactTable> | null)[], requests: (Block<RequestTable> | null)[]): Sums {
  const asked = added(requests);
  return { contacts: added(contacts), requests: asked, waits: waits(asked?.tables.days) };
}

function added<Table extends TableId>(blocks: (Block<Table> | null)[]): Block<Table> | null {
  const [first, ...others] = blocks.filter((block) => block !== null);
  return first ? others.reduce(add, first) : null;
}

/** A person of two months, or of two places, counts in each. */
function add<Table extends TableId>(one: Block<Table>, other: Block<Table>): Block<Table> {
  const tables: Block<Table>['tables'] = { ...one.tables };
  for (const name in other.tables) tables[name] = addCounts(one.tables[name], other.tables[name]);
  return {
    total: one.total + other.total,
    people: one.people + other.people,
    tables,
  };
}

function addCounts(one: Counts = {}, other: Counts = {}): Counts {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  return Object.fromEntries(keys.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]));
}
