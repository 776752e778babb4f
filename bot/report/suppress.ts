// What of one month is published: which places, which tables, how finely, rounded. The rest is left out or told as "other". Pure.
// Adding up months and places is left to report.ts; nothing but what this file returns ever reaches a report.
//
// A group is SMALL when there is somebody in it and fewer than five different persons. No small group is ever told, and
// from all that is told nobody can learn how many of 1, 2, 3 or 4 a small one has, though they know every line of this
// file. The argument (docs/report.md; test/report-attack.test.ts plays it out):
//
// 1. A report of any period, place or format is sums of what is published here for single months and places. It can tell
//    no more than they do. Months and places share no unit, so that each is argued by itself.
// 2. Places. Contacts of a place with fewer than five persons are counted with those whose place is not known; if all these
//    are too few, they are left out. So a place that is not shown may have 0, 1, 2, 3 or 4: give so many of the unknown
//    ones (or of nobody) to it, and what is published stays the same, letter by letter. Requests always have a place: a
//    place with fewer than five is left out, and nothing else depends on it.
// 3. Tables where not knowing is common (need, followed). Small groups go with what is not known; where that is
//    still small, so does the next smallest group. `other` is therefore nothing, or five persons and more, of whom any
//    number may simply be unknown: four of them might be of any group that is not shown, or three, or none. The place
//    `other` tells its totals alone: who asked for something there lives in a comune that is hidden.
// 4. Tables where everything is known (language, channel, ...) have fixed levels, finest first; the finest in which no group
//    is small is shown. Seeing a coarser one tells that something finer was small, never what: of a shown group of five or
//    more that joins finer ones, 1, 2, 3 or 4 may be in any of them and the rest in another.
// 5. Nothing is told of what follows from something else that is told (tables.ts), but for a finer table inside one shown
//    group of a coarser one: need in area; days, outcome and refusal of a request in its course. So tables of one place have
//    nothing in common but their total. Requests are also contacts that ended so: a place's requests are shown only where
//    its contacts' outcomes are.
// 6. Persons. Smallness is counted in persons, so one person who comes five times is not shown as five.
// 7. Every number is rounded down to a multiple of five, after all this, and `other` is what is then missing to the total.
//    Rounding can only join months that were told apart, so that nothing above is lost; it takes from whoever adds contacts
//    of their own, or knows some, the exact number of the others.
// 8. Means, shares, medians are worked out from the published counts, never from the units.
import type { ContactUnit, RequestUnit, Unit } from './figures.ts';
import { CONTACT_TABLES, INSIDE, LEVELS, OTHER, POOLED, REQUEST_TABLES } from './tables.ts';
import type { ContactTable, Levels, RequestTable, TableId } from './tables.ts';

/** Groups of fewer different persons are small. */
export const FEW = 5;

export type Counts = Record<string, number>;

/**
 * What is published of one place in one month: multiples of five, each up to four less than counted. Tables of all add up
 * to `total`, needs to their area; tables about some courses, to so many rounded down.
 */
export interface Block<Table extends TableId = TableId> {
  total: number;
  /** Different persons. */
  people: number;
  tables: Partial<Record<Table, Counts>>;
}
/** Empty where that table is not about it, or nothing of it is told. */
export function countsOf(tables: Block['tables'], table: TableId): Counts {
  return tables[table] ?? {};
}

export type Blocks<Table extends TableId> = Map<string, Block<Table>>;

/** By comune, `outside`, or `other`: not known, or too few. */
export function publishContacts(units: readonly ContactUnit[]): Blocks<ContactTable> {
  const places = groupBy(units, ({ place }) => place);
  const few = [...places].filter(([place, found]) => place === null || isSmall(found)).flatMap(([, found]) => found);
  const shown = [...places].flatMap(([place, found]) =>
    place === null || isSmall(found) ? [] : [[place, found] as const],
  );
  const all = persons(few) < FEW ? shown : [...shown, [OTHER, few] as const];
  return new Map(all.map(([place, found]) => [place, blockOf(found, contactTables(found, place === OTHER))]));
}

/** By comune. `contacts`: of the same month, all of them and as published. */
export function publishRequests(
  units: readonly RequestUnit[],
  contacts: { units: readonly ContactUnit[]; published: Blocks<ContactTable> },
): Blocks<RequestTable> {
  const shown = [...groupBy(units, ({ place }) => place)].flatMap(([place, found]) => {
    const told = place !== null && !isSmall(found) && (tellsRequests(contacts.published.get(place)) || !counted(place));
    return told ? [[place, blockOf(found, requestTables(found))] as const] : [];
  });
  return new Map(shown);

  /** Before contacts were counted, none are there to be compared with. */
  function counted(place: string): boolean {
    return contacts.units.some((unit) => unit.place === place);
  }
}

/** Whether the outcomes of that place's contacts are told at least as "asked for something" and the rest. */
function tellsRequests(block: Block<ContactTable> | undefined): boolean {
  const outcome = block?.tables.outcome;
  return outcome !== undefined && Object.keys(outcome).some((key) => key !== OTHER);
}

function blockOf<Table extends TableId>(units: readonly Unit<Table>[], tables: Block<Table>['tables']): Block<Table> {
  return { total: down(units.length), people: down(persons(units)), tables };
}

function down(count: number): number {
  return count - (count % FEW);
}

/** Adds up to the whole, rounded down as well: what is cut off goes with what is not told. */
function rounded(counts: Counts): Counts {
  const told = Object.entries(counts).filter(([key]) => key !== OTHER);
  const shown = told.map(([key, number]) => [key, down(number)] as const);
  const rest = down(sum(Object.values(counts))) - sum(shown.map(([, number]) => number));
  return Object.fromEntries(rest > 0 ? [...shown, [OTHER, rest] as const] : shown);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function contactTables(units: readonly ContactUnit[], totalsAlone: boolean): Block<ContactTable>['tables'] {
  const tables: Block<ContactTable>['tables'] = {};
  if (totalsAlone) {
    for (const table of CONTACT_TABLES) tables[table] = rounded({ [OTHER]: units.length });
    return tables;
  }
  const areaOf = pooled(units, ({ values }) => values.area ?? null);
  tables.area = rounded(count(units, areaOf));
  tables.need = needsOf(units, areaOf, tables.area);
  for (const table of CONTACT_TABLES) {
    const levels = LEVELS[table];
    if (levels) tables[table] = rounded(levelled(units, table, levels));
  }
  for (const table of POOLED) {
    const valueOf = pooled(units, ({ values }) => values[table] ?? null);
    tables[table] = rounded(count(units, valueOf));
  }
  return tables;
}

/** `economic.bills`, `economic.other`: inside each area that is shown. */
function needsOf(units: readonly ContactUnit[], areaOf: (unit: ContactUnit) => string, areas: Counts): Counts {
  const counts: Counts = {};
  // In a fixed order: that of the contacts would tell which came first.
  for (const [area, found] of [...groupBy(units, areaOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (area === OTHER) continue;
    const needOf = pooled(found, ({ values }) => values.need ?? null);
    Object.assign(counts, prefixed(area, rounded(count(found, needOf))));
  }
  return { ...counts, ...(areas[OTHER] === undefined ? {} : { [OTHER]: areas[OTHER] }) };
}

function prefixed(area: string, counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([need, number]) => [`${area}.${need}`, number]));
}

function requestTables(units: readonly RequestUnit[]): Block<RequestTable>['tables'] {
  const tables: Block<RequestTable>['tables'] = {};
  const course = levelled(units, 'course', LEVELS.course ?? []);
  for (const table of REQUEST_TABLES) {
    const inside = INSIDE[table];
    const some = inside ? units.filter(({ values }) => inside.includes(values.course ?? '')) : units;
    if (!inside || tells(course, inside, some.length))
      tables[table] = rounded(levelled(some, table, LEVELS[table] ?? []));
  }
  return tables;
}

/** Whether the published courses tell how many went so. */
function tells(course: Counts, courses: readonly string[], count: number): boolean {
  const named = courses.reduce((sum, name) => sum + (course[name] ?? 0), 0);
  return count > 0 && (named === count || (courses.length > 1 && course['followed'] === count));
}

/** The finest level in which no group is small. */
function levelled<Table extends TableId>(units: readonly Unit<Table>[], table: Table, levels: Levels): Counts {
  for (const level of [...levels, () => OTHER]) {
    const keyOf = ({ values }: Unit<Table>): string => level(values[table] ?? OTHER);
    if ([...groupBy(units, keyOf).values()].every((found) => !isSmall(found))) return count(units, keyOf);
  }
  return {};
}

/** The value of each unit, `other` where it is not known, or is of a small group, or has to keep a small `other` company. */
function pooled<U extends Unit<string>>(units: readonly U[], valueOf: (unit: U) => string | null): (unit: U) => string {
  const groups = groupBy(units, valueOf);
  const shown = [...groups]
    .filter(([value, found]) => value !== null && !isSmall(found))
    .toSorted(([a, x], [b, y]) => persons(y) - persons(x) || (String(a) < String(b) ? -1 : 1));
  const told = new Set(shown.map(([value]) => value));
  const rest = (): U[] => units.filter((unit) => !told.has(valueOf(unit)));
  while (told.size > 0 && isSmall(rest())) told.delete(shown[told.size - 1]?.[0] ?? null);
  return (unit) => {
    const value = valueOf(unit);
    return value !== null && told.has(value) ? value : OTHER;
  };
}

function isSmall(units: readonly Unit<string>[]): boolean {
  return units.length > 0 && persons(units) < FEW;
}

function persons(units: readonly Unit<string>[]): number {
  const found = new Set(units.map(({ person }) => person));
  found.delete('');
  return found.size;
}

function count<U>(units: readonly U[], keyOf: (unit: U) => string): Counts {
  const groups = [...groupBy(units, keyOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([key, found]) => [key, found.length]));
}

function groupBy<U, K>(units: readonly U[], keyOf: (unit: U) => K): Map<K, U[]> {
  return Map.groupBy(units, keyOf);
}
