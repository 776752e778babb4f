// Attacks the report as somebody would who knows every line of the code and sees every report that can be asked for.
// What follows from what in the service (docs/report.md) is part of the worlds it is played in. What the figures count is left to report-figures.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Contact } from '../bot/ports.ts';
import { contactUnit } from '../bot/report/figures.ts';
import type { ContactUnit, RequestUnit } from '../bot/report/figures.ts';
import { FEW, publishContacts, publishRequests } from '../bot/report/suppress.ts';
import type { Block } from '../bot/report/suppress.ts';
import { bundles, everything } from './support/report-attack.ts';

const SMALL = [1, 2, 3, 4];

/** One cell as the attacker names it: what they want to know the number of. */
type Cell = (units: readonly Known[]) => number;

/** What the attacker wants to know need not be in the report at all. */
interface Known {
  place: string | null;
  values: Partial<Record<string, string | null>>;
}

interface World<U extends Known> {
  /** Every kind of unit there can be: what cannot be together is in none. */
  kinds: Partial<Known>[];
  make: (kind: Partial<Known>, number: number) => U;
  /** At most so many units in all. */
  most: number;
  cells: Record<string, Cell>;
  /** Of what is in no table: that much of it must follow from what is told, but never a small number exactly. */
  untold?: Record<string, Cell>;
}

const where =
  (place: string | null, table?: string, value?: string): Cell =>
  (units) =>
    units.filter((unit) => unit.place === place && (table === undefined || unit.values[table] === value)).length;

function unit(kind: Partial<Known>, number: number): ContactUnit {
  const known = { language: 'it', channel: 'web', outcome: 'not_requested' };
  return { place: 'lucca', ...kind, person: `p${number}`, values: { ...known, ...kind.values } };
}

/**
 * Goes through every possible month, notes what is published of it, and then looks at each publication from outside: which
 * numbers may a cell have? Returns the cells that are told apart: with a number of 1 to 4 possible, but not all four.
 */
function attack<U extends Known>(
  { kinds, make, most, cells, untold = {} }: World<U>,
  publish: (units: U[]) => string,
): string[] {
  const possible = new Map<string, { shown: number; numbers: Map<string, Set<number>> }>();
  for (const counts of bundles(kinds.length, most)) {
    const units = counts.flatMap((count, kind) =>
      Array.from({ length: count }, (_, index) => make(kinds[kind] ?? {}, kind * 100 + index)),
    );
    const seen = publish(units);
    const found = possible.get(seen) ?? { shown: units.length, numbers: new Map<string, Set<number>>() };
    found.shown = Math.min(found.shown, units.length);
    possible.set(seen, found);
    for (const [name, cell] of Object.entries({ ...cells, ...untold })) {
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
          return small.length > 0 && (name in untold ? found.size === 1 : small.length < SMALL.length)
            ? [`${name} is ${[...found].join(' or ')} in ${seen}`]
            : [];
        }),
  );
}

const real = (units: ContactUnit[]): string => JSON.stringify([...publishContacts(units)]);

/** What is often done: the total, every number that is not small, a dash for the others. */
const naive = (units: Known[]): string => {
  const cells = [...Map.groupBy(units, ({ place }) => place)].map(([place, found]) => [
    place,
    found.length,
    ...(['followed', 'language', 'need', 'outcome', 'urgency', 'end'] as const).map((table) =>
      dashed(found.map(({ values }) => values[table])),
    ),
  ]);
  return JSON.stringify(cells);
};

const realRequests = (units: RequestUnit[]): string =>
  JSON.stringify([...publishRequests(units, { units: [], published: new Map() })]);

const naiveRequests = (units: RequestUnit[]): string =>
  JSON.stringify([
    units.length,
    ...(['course', 'days', 'closed', 'refused'] as const).map((table) =>
      dashed(units.map(({ values }) => values[table])),
    ),
  ]);

function dashed(values: (string | null | undefined)[]): [string, number | string][] {
  const groups = Map.groupBy(values, String);
  return [...groups].map(([value, { length }]) => [value, length < FEW ? '-' : length]);
}

const followed = (place: string | null, value: string | null): Partial<Known> => ({
  place,
  values: { followed: value },
});
const speaks = (language: string): Partial<Known> => ({ values: { language } });
const needs = (area: string | null, need: string | null): Partial<Known> => ({ values: { area, need } });
const talk = (need: string | null, outcome: string, first: string | null = null): Partial<Known> => {
  return { values: { area: need && 'economic', need, outcome, followed: first } };
};

/** In all months of a small world: `most` contacts at most. */
const WORLDS: Record<string, Omit<World<ContactUnit>, 'make'>> = {
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
  'who asked for something lives in a comune': {
    kinds: [
      { place: 'lucca', values: { outcome: 'requested' } },
      { place: 'pescaglia', values: { outcome: 'requested' } },
      { place: 'pescaglia' },
      { place: null },
    ],
    most: 16,
    cells: {
      lucca: where('lucca'),
      pescaglia: where('pescaglia'),
      'asked in pescaglia': where('pescaglia', 'outcome', 'requested'),
    },
  },
  'a danger is an emergency, and so is violence; nobody is urgent in the report': {
    kinds: [
      { values: { need: 'bills', area: 'economic', urgency: 'emergency', end: 'danger' } },
      { values: { need: 'violence', area: 'relational', urgency: 'emergency', end: 'danger' } },
      {
        values: { need: 'violence', area: 'relational', urgency: 'emergency', end: 'requested', outcome: 'requested' },
      },
      { values: { need: 'food', area: 'economic', urgency: 'urgent', end: 'informed' } },
      { values: { need: 'bills', area: 'economic', urgency: 'none', end: 'informed' } },
    ],
    most: 14,
    untold: {
      'in danger': where('lucca', 'end', 'danger'),
      urgent: where('lucca', 'urgency', 'urgent'),
      emergency: where('lucca', 'urgency', 'emergency'),
    },
    cells: {
      violence: where('lucca', 'need', 'violence'),
      food: where('lucca', 'need', 'food'),
      requested: where('lucca', 'outcome', 'requested'),
    },
  },
  'whether it is the first time is asked only where nothing is urgent, and not always': {
    kinds: [
      talk('bills', 'requested', 'first'),
      talk('bills', 'not_requested', 'first'),
      talk('bills', 'requested'),
      talk('food', 'requested'),
      talk('food', 'not_requested'),
      talk(null, 'not_requested'),
    ],
    most: 14,
    cells: {
      first: where('lucca', 'followed', 'first'),
      bills: where('lucca', 'need', 'bills'),
      food: where('lucca', 'need', 'food'),
      requested: where('lucca', 'outcome', 'requested'),
    },
  },
};

const goes = (course: string, values: Record<string, string> = {}): Partial<Known> => ({
  values: { course, ...values },
});

function request(values: RequestUnit['values'], person: string): RequestUnit {
  return { place: 'lucca', person, values };
}

/** Days are of what is in hand or was, an outcome of what is closed, a reason of what was refused. */
const REQUESTS: Record<string, World<RequestUnit>> = Object.fromEntries(
  Object.entries({
    'how they went': {
      kinds: ['in_charge', 'closed', 'waiting', 'expired', 'refused'].map((course) => goes(course)),
      most: 15,
      cells: ['in_charge', 'closed', 'waiting', 'expired', 'refused'].map((one) => ['course', one] as const),
    },
    'how soon they were taken in charge, and how those that are closed ended': {
      kinds: [
        goes('in_charge', { days: 'day_0' }),
        goes('in_charge', { days: 'day_4' }),
        goes('closed', { days: 'day_0', closed: 'helped' }),
        goes('closed', { days: 'day_4', closed: 'spoken' }),
        goes('waiting'),
      ],
      most: 15,
      cells: [['days', 'day_0'] as const, ['days', 'day_4'] as const, ['closed', 'helped'] as const],
    },
    'why they were refused': {
      kinds: [goes('refused', { refused: 'duplicate' }), goes('refused', { refused: 'not_resident' }), goes('waiting')],
      most: 24,
      cells: [['refused', 'duplicate'] as const, ['refused', 'not_resident'] as const],
    },
  }).map(([name, { kinds, most, cells }]) => [
    name,
    {
      kinds,
      most,
      make: ({ values }: Partial<Known>, number: number) => request(values ?? {}, `p${number}`),
      cells: Object.fromEntries(cells.map(([table, value]) => [value, where('lucca', table, value)])),
    },
  ]),
);

describe('the report under attack', () => {
  for (const [name, world] of Object.entries(WORLDS)) {
    it(`tells no small number apart, in every month there can be: ${name}`, () => {
      assert.deepEqual(attack({ ...world, make: unit }, real), []);
    });

    it(`and the attack works: it reads small numbers out of a naive report: ${name}`, () => {
      assert.ok(attack({ ...world, make: unit }, naive).length > 0);
    });
  }

  for (const [name, world] of Object.entries(REQUESTS)) {
    it(`tells no small number apart, in every month of requests there can be: ${name}`, () => {
      assert.deepEqual(attack(world, realRequests), []);
    });

    it(`and the attack works: it reads small numbers out of naive requests: ${name}`, () => {
      assert.ok(attack(world, naiveRequests).length > 0);
    });
  }

  it('does not tell how many were urgent where some were in danger', () => {
    const month = (urgent: number): ContactUnit[] =>
      [...Array(13).fill('none'), ...Array(7 - urgent).fill('emergency'), ...Array(urgent).fill('urgent')].map(
        (urgency: Contact['urgency'], number) =>
          contactUnit({
            id: `c${number}`,
            month: '2026-09',
            person: `p${number}`,
            channel: 'web',
            language: 'it',
            comune: 'porcari',
            area: 'economic',
            need: 'bills',
            urgency,
            forWhom: 'self',
            followed: 'first',
            outcome: urgency === 'emergency' ? 'danger' : 'informed',
          }),
      );
    const [first, ...others] = [0, 1, 2, 3, 4].map((urgent) => everything([month(urgent)]));
    for (const other of others) assert.deepEqual(other, first);
  });

  it('does not tell how few live in a hidden comune where all who asked for something live in one', () => {
    const asked = (place: string | null, person: string): ContactUnit => ({
      ...unit({ place, values: { outcome: 'requested' } }, 0),
      person,
    });
    const few = [...Array(8).keys()].map((number) => asked(number < 4 ? 'pescaglia' : 'villa_basilica', `p${number}`));
    const others = [...Array(6).keys()].map((number) => unit({ place: null }, 100 + number));
    const published = publishContacts([...few, ...others]);
    assert.deepEqual([...published.keys()], ['other']);
    for (const counts of Object.values(published.get('other')?.tables ?? {})) assert.deepEqual(counts, { other: 10 });
  });

  it('does not take five requests of one person for five persons', () => {
    const one = Array.from({ length: 5 }, () => request({ course: 'refused', refused: 'duplicate' }, 'same'));
    const others = [...Array(9).keys()].map((number) => request({ course: 'waiting' }, `p${number}`));
    const none = { units: [], published: new Map() };
    assert.equal(publishRequests(one, none).size, 0);
    const five = [...Array(5).keys()].map((number) =>
      request({ course: 'refused', refused: 'duplicate' }, `q${number}`),
    );
    assert.deepEqual(publishRequests(five, none).get('lucca')?.tables.refused, { duplicate: 5 });
    const tables = publishRequests([...one, ...others], none).get('lucca')?.tables;
    assert.deepEqual([tables?.course, tables?.refused], [{ not_followed: 10 }, undefined]);
  });

  it('shows no group of fewer than five persons, whoever comes how often', () => {
    fc.assert(
      fc.property(contacts({ persons: 12, most: 60 }), (units) => {
        for (const [place, block] of publishContacts(units)) {
          assert.ok(block.people >= FEW);
          const here = units.filter((one) => one.place === place);
          for (const [table, counts] of Object.entries(block.tables))
            for (const [key, count] of Object.entries(counts ?? {})) {
              assert.ok(count >= FEW && count % FEW === 0, `${place} ${table} ${key}`);
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
    language: some('it', 'it', 'it', 'en', 'ro'),
    channel: some('web', 'web', 'telegram'),
    outcome: some('not_requested', 'not_requested', 'not_requested', 'requested'),
  });
  const made = one.map(({ place, person, needs: [area, need], ...values }): ContactUnit => {
    return { place, person, values: { ...values, area, need } };
  });
  return fc.array(made, { maxLength: most });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
