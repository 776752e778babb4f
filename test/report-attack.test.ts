// Attacks the report as somebody would who knows every line of the code and sees every report that can be asked for.
// What the figures count is left to report-figures.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ContactUnit, RequestUnit } from '../bot/report/figures.ts';
import { FEW, publishContacts, publishRequests } from '../bot/report/suppress.ts';
import type { Block } from '../bot/report/suppress.ts';
import { bundles, everything } from './support/report-attack.ts';

const SMALL = [1, 2, 3, 4];

/** One cell as the attacker names it: what they want to know the number of. */
type Cell = (units: readonly ContactUnit[]) => number;

interface World {
  /** Every kind of unit there can be. */
  kinds: Partial<ContactUnit>[];
  /** At most so many units in all. */
  most: number;
  cells: Record<string, Cell>;
}

const where =
  (place: string | null, table?: keyof ContactUnit['values'], value?: string): Cell =>
  (units) =>
    units.filter((unit) => unit.place === place && (table === undefined || unit.values[table] === value)).length;

function unit(kind: Partial<ContactUnit>, number: number): ContactUnit {
  const known = { urgency: 'none', language: 'it', channel: 'web', outcome: 'informed' };
  return { place: 'lucca', ...kind, person: `p${number}`, values: { ...known, ...kind.values } };
}

/**
 * Goes through every possible month, notes what is published of it, and then looks at each publication from outside: which
 * numbers may a cell have? Returns the cells that are told apart: with a number of 1 to 4 possible, but not all four.
 */
function attack({ kinds, most, cells }: World, publish: (units: ContactUnit[]) => string): string[] {
  const possible = new Map<string, { shown: number; numbers: Map<string, Set<number>> }>();
  for (const counts of bundles(kinds.length, most)) {
    const units = counts.flatMap((count, kind) =>
      Array.from({ length: count }, (_, index) => unit(kinds[kind] ?? {}, kind * 100 + index)),
    );
    const seen = publish(units);
    const found = possible.get(seen) ?? { shown: units.length, numbers: new Map<string, Set<number>>() };
    found.shown = Math.min(found.shown, units.length);
    possible.set(seen, found);
    for (const [name, cell] of Object.entries(cells)) {
      const numbers = found.numbers.get(name) ?? new Set<number>();
      found.numbers.set(name, numbers.add(cell(units)));
    }
  }
  // A publication is judged only where the world is large enough for those that were left out of it.
  return [...possible].flatMap(([seen, { shown, numbers }]) =>
    shown > most - (FEW - 1)
      ? []
      : [...numbers].flatMap(([name, found]) => {
          const small = SMALL.filter((number) => found.has(number));
          return small.length > 0 && small.length < SMALL.length
            ? [`${name} is ${[...found].join(' or ')} in ${seen}`]
            : [];
        }),
  );
}

const real = (units: ContactUnit[]): string => JSON.stringify([...publishContacts(units)]);

/** What is often done: the total, every number that is not small, a dash for the others. */
const naive = (units: ContactUnit[]): string => {
  const cells = [...Map.groupBy(units, ({ place }) => place)].map(([place, found]) => [
    place,
    found.length,
    ...(['followed', 'language', 'need'] as const).map((table) =>
      [...Map.groupBy(found, ({ values }) => values[table])].map(([value, some]) => [
        value,
        some.length < FEW ? '-' : some.length,
      ]),
    ),
  ]);
  return JSON.stringify(cells);
};

const followed = (place: string | null, value: string | null): Partial<ContactUnit> => ({
  place,
  values: { followed: value },
});
const speaks = (language: string): Partial<ContactUnit> => ({ values: { language } });
const needs = (area: string | null, need: string | null): Partial<ContactUnit> => ({ values: { area, need } });

const WORLDS: Record<string, World> = {
  'a table where not knowing is common': {
    kinds: [followed('lucca', 'first'), followed('lucca', 'followed'), followed('lucca', null)],
    most: 24,
    cells: {
      first: where('lucca', 'followed', 'first'),
      followed: where('lucca', 'followed', 'followed'),
      all: where('lucca'),
    },
  },
  'a table where everything is known': {
    kinds: ['it', 'en', 'ro'].map(speaks),
    most: 24,
    cells: Object.fromEntries(['it', 'en', 'ro'].map((one) => [one, where('lucca', 'language', one)])),
  },
  'needs inside areas': {
    kinds: [
      needs('economic', 'bills'),
      needs('economic', 'food'),
      needs('economic', null),
      needs('health', 'disability'),
      needs(null, null),
    ],
    most: 15,
    cells: {
      economic: where('lucca', 'area', 'economic'),
      health: where('lucca', 'area', 'health'),
      bills: where('lucca', 'need', 'bills'),
      food: where('lucca', 'need', 'food'),
      disability: where('lucca', 'need', 'disability'),
    },
  },
  'places, and a table in each': {
    kinds: ['lucca', 'pescaglia', null].flatMap((place) => ['first', null].map((value) => followed(place, value))),
    most: 13,
    cells: Object.fromEntries(
      ['lucca', 'pescaglia'].flatMap((place) => [
        [place, where(place)],
        [`${place} first`, where(place, 'followed', 'first')],
      ]),
    ),
  },
};

describe('the report under attack', () => {
  for (const [name, world] of Object.entries(WORLDS)) {
    it(`tells no small number apart, in every month there can be: ${name}`, () => {
      assert.deepEqual(attack(world, real), []);
    });

    it(`and the attack works: it reads small numbers out of a naive report: ${name}`, () => {
      assert.ok(attack(world, naive).length > 0);
    });
  }

  const COURSES: Record<string, Partial<RequestUnit['values']>[]> = {
    'how requests went': ['in_charge', 'closed', 'waiting', 'expired', 'refused'].map((course) => ({ course })),
    'how soon they were taken in charge': [
      { course: 'in_charge', days: 'day_0' },
      { course: 'in_charge', days: 'day_2' },
      { course: 'closed', days: 'day_4' },
      { course: 'refused', days: 'day_0' },
    ],
    'appointments inside what was taken in charge': [
      { course: 'in_charge', appointment: 'met' },
      { course: 'in_charge', appointment: 'fixed' },
      { course: 'in_charge', appointment: 'none' },
      { course: 'closed', appointment: 'none' },
      { course: 'waiting', appointment: 'none' },
    ],
  };
  for (const [name, kinds] of Object.entries(COURSES))
    it(`tells no small number apart, in every month of requests there can be: ${name}`, () => {
      const table = name.startsWith('how requests') ? 'course' : name.startsWith('how soon') ? 'days' : 'appointment';
      const inHand = ({ course }: RequestUnit['values']): boolean => course === 'in_charge' || course === 'closed';
      const values = [
        ...new Set(kinds.filter((one) => table === 'course' || inHand(one)).map((one) => one[table] ?? '')),
      ];
      const seen = new Map<string, Map<string, Set<number>>>();
      for (const counts of bundles(kinds.length, kinds.length > 4 ? 13 : 17)) {
        const units = counts.flatMap((count, kind) => requests(kinds[kind] ?? {}, kind, count));
        const text = JSON.stringify([...publishRequests(units, { units: [], published: new Map() })]);
        const found = seen.get(text) ?? new Map<string, Set<number>>();
        seen.set(text, found);
        for (const value of values) {
          const here = units.filter((one) => one.values[table] === value && (table === 'course' || inHand(one.values)));
          found.set(value, (found.get(value) ?? new Set<number>()).add(here.length));
        }
      }
      assert.ok(seen.size > 10);
      for (const [text, found] of seen)
        for (const [value, numbers] of found) {
          const small = SMALL.filter((number) => numbers.has(number));
          assert.ok(
            small.length === 0 || small.length === SMALL.length,
            `${value} is ${[...numbers].join(' or ')} in ${text}`,
          );
        }
    });

  it('shows no group of fewer than five persons, whoever comes how often', () => {
    fc.assert(
      fc.property(contacts({ persons: 12, most: 60 }), (units) => {
        for (const [place, block] of publishContacts(units)) {
          assert.ok(block.people.least >= FEW);
          const here = units.filter((one) => one.place === place);
          for (const [table, counts] of Object.entries(block.tables))
            for (const [key, count] of Object.entries(counts ?? {})) {
              assert.ok(count >= FEW, `${place} ${table} ${key}`);
              if (place === 'other' || key.endsWith('other')) continue;
              const value = key.split('.').at(-1);
              const shown = here.filter((one) => Object.values(one.values).some((told) => told === value));
              assert.ok(new Set(shown.map(({ person }) => person)).size >= FEW, `${place} ${table} ${key}`);
            }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('adds up: every table of a place to its total, every need to its area', () => {
    fc.assert(
      fc.property(contacts({ persons: 200, most: 80 }), (units) => {
        for (const [, { total, tables }] of publishContacts(units)) {
          for (const counts of Object.values(tables)) assert.equal(sum(Object.values(counts ?? {})), total);
          for (const [area, count] of Object.entries(tables.area ?? {})) {
            const inside = Object.entries(tables.need ?? {}).filter(([key]) => key.split('.')[0] === area);
            assert.equal(sum(inside.map(([, number]) => number)), count);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows the requests of a place only where its contacts tell how many asked', () => {
    fc.assert(
      fc.property(contacts({ persons: 200, most: 60 }), (units) => {
        const published = publishContacts(units);
        const asked = units
          .filter(({ values, place }) => values.outcome === 'requested' && place !== null && place !== 'outside')
          .map((one): RequestUnit => ({
            place: one.place,
            person: `LCC-${one.person}`,
            values: { course: 'waiting' },
          }));
        for (const [place] of publishRequests(asked, { units, published })) {
          const outcome: Block['tables']['outcome'] = published.get(place)?.tables.outcome;
          assert.ok((outcome?.['requested'] ?? 0) >= FEW, place);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('holds over every report of every period, place and format: what is hidden may be 0, 1, 2, 3 or 4 in all of them', () => {
    const month = contacts({ persons: 60, most: 45 });
    let played = 0;
    fc.assert(
      fc.property(fc.array(month, { minLength: 2, maxLength: 3 }), ([first = [], ...later]) => {
        const seen = everything([first, ...later]);
        for (const other of [...groupsInstead(first), ...placesInstead(first)]) {
          played += 1;
          assert.deepEqual(everything([other, ...later]), seen);
        }
      }),
      { numRuns: 8, examples: [[[Array.from({ length: 12 }, (_, number) => unit(followed(null, null), number)), []]]] },
    );
    assert.ok(played > 0);
  });
});

function requests(values: Partial<RequestUnit['values']>, kind: number, count: number): RequestUnit[] {
  const known = { delivery: 'delivered', course: 'waiting', appointment: 'none', days: 'day_0' };
  return Array.from({ length: count }, (_, index) => ({
    place: 'lucca',
    person: `LCC-${kind}-${index}`,
    values: { ...known, ...values },
  }));
}

/** Months of which the same must be published, with 0, 1, 2, 3 and 4 contacts in a group that is not shown. */
function groupsInstead(month: ContactUnit[]): ContactUnit[][] {
  for (const [place, { tables }] of publishContacts(month)) {
    const told = Object.keys(tables.followed ?? {});
    const value = ['first', 'followed'].find((one) => !told.includes(one));
    if (place === 'other' || value === undefined || !told.includes('other')) continue;
    return [0, ...SMALL].map((number) => {
      let left = number;
      return month.map((one) => {
        if (one.place !== place || told.includes(one.values.followed ?? '')) return one;
        left -= 1;
        return { ...one, values: { ...one.values, followed: left >= 0 ? value : null } };
      });
    });
  }
  return [];
}

/** The same with 0, 1, 2, 3 and 4 contacts in a comune that is not shown. */
function placesInstead(month: ContactUnit[]): ContactUnit[][] {
  const published = publishContacts(month);
  const stay = month.filter(({ place }) => place !== null && published.has(place));
  const rest = month.filter(({ place }) => place === null || !published.has(place));
  // Of those left out nothing is told: there may be others in their stead.
  const unknown = published.has('other')
    ? rest.map((one) => ({ ...one, place: null }))
    : SMALL.map((number) => unit({}, 1000 + number));
  return [0, ...SMALL].map((number) => {
    const moved = unknown.slice(0, number).map((one) => ({ ...one, place: 'pescaglia' }));
    return [...stay, ...moved, ...(published.has('other') ? unknown.slice(number) : [])];
  });
}

function contacts({ persons, most }: { persons: number; most: number }): fc.Arbitrary<ContactUnit[]> {
  const of = (...values: (string | null)[]): fc.Arbitrary<string | null> => fc.constantFrom(...values);
  const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
  const need = fc.constantFrom<[string | null, string | null][]>(
    ['economic', 'bills'],
    ['economic', 'food'],
    ['economic', null],
    ['housing', 'rent'],
    ['relational', 'violence'],
    [null, null],
  );
  const one = fc.record({
    place: of('lucca', 'lucca', 'capannori', 'villa_basilica', 'outside', null),
    person: fc.oneof({ weight: 20, arbitrary: fc.nat(persons).map(String) }, { weight: 1, arbitrary: fc.constant('') }),
    needs: need,
    followed: of('first', 'followed', null),
    for_whom: of('self', 'relative', null, null),
    urgency: some('none', 'none', 'none', 'urgent', 'emergency'),
    language: some('it', 'it', 'it', 'en', 'ro'),
    channel: some('web', 'web', 'telegram'),
    outcome: some('informed', 'informed', 'requested', 'danger', 'left'),
  });
  const made = one.map(({ place, person, needs: [area, need], ...values }): ContactUnit => {
    return { place, person, values: { ...values, area, need } };
  });
  return fc.array(made, { maxLength: most });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
