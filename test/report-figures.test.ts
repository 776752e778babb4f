// The figures counted again from the raw events, slowly and in another way; and what is written down, word for word.
// Whether small groups can be read out of them is left to report-attack.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import type { Case, Store } from '../bot/ports.ts';
import { cell, toCsv } from '../bot/report/csv.ts';
import { requestUnit } from '../bot/report/figures.ts';
import { createLabels } from '../bot/report/labels.ts';
import { makeReport } from '../bot/report/make.ts';
import { followedUntil, isPublished, monthOf, monthsBetween, startOf } from '../bot/report/months.ts';
import { createDaysBetween } from '../bot/report/working-days.ts';
import { waits } from '../bot/report/waits.ts';
import { readPeriod } from '../bot/report/period.ts';
import type { Report } from '../bot/report/report.ts';
import { testEnvironment } from './support/environment.ts';
import { rome } from './support/fresh.ts';
import { aYear, saveYear } from './support/report-year.ts';
import type { Year } from './support/report-year.ts';

const env = testEnvironment();
const NOW = rome('2027-01-15T10:00');
const GOLDEN = new URL('data/report-2026.csv', import.meta.url);

describe('the figures', () => {
  const year: Year = aYear();
  let folder: string;
  let store: Store;
  let report: Report;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bussola-report-'));
    store = await openStore({ dataDir: folder, log: silentLog });
    await saveYear(store, year);
    report = await makeReport({ env, store }, { from: '2026-01', to: '2026-12' }, 'all', NOW);
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('are what a slow count of the raw contacts gives, wherever they are shown', () => {
    let compared = 0;
    for (const { month, place, contacts } of report.lines) {
      const here = year.contacts.filter((one) => one.month === month && placeOf(one.comune) === place);
      assert.equal(contacts?.total, down(here.length), `${month} ${place}`);
      assert.equal(contacts.people, down(new Set(here.map(({ person }) => person)).size));
      for (const [table, counts] of Object.entries(contacts.tables))
        for (const [key, count] of Object.entries(counts)) {
          if (key === 'other' || key.endsWith('.other')) continue;
          let found = 0;
          for (const one of here) if (rawValue(one, table) === key) found += 1;
          assert.equal(count, down(found), `${month} ${place} ${table} ${key}`);
          compared += 1;
        }
    }
    assert.ok(compared > 40, `only ${compared} numbers were compared`);
  });

  it('are what a slow count of the raw trails gives, wherever they are shown', () => {
    const seen = new Set<string>();
    for (const { month, place, requests } of report.lines) {
      if (!requests) continue;
      const here = year.cases.filter(({ made }) => made.comune === place && monthOf(made.createdAt) === month);
      assert.equal(requests.total, down(here.length));
      for (const [table, counts] of Object.entries(requests.tables))
        for (const [key, count] of Object.entries(counts)) {
          if (key === 'other') continue;
          const found = here.filter((one) => slowly(table, one).includes(key)).length;
          assert.equal(count, down(found), `${month} ${place} ${table} ${key}`);
          seen.add(table);
        }
    }
    assert.deepEqual([...seen].toSorted(), ['closed', 'course', 'days', 'refused']);
  });

  it('add up: months, places and the whole are the same contacts', () => {
    const all = report.lines.reduce((sum, { contacts }) => sum + (contacts?.total ?? 0), 0);
    for (const sums of [report.byMonth, report.byPlace, [report.total]])
      assert.equal(
        sums.reduce((sum, { contacts }) => sum + (contacts?.total ?? 0), 0),
        all,
      );
    const placed = Object.entries(Object.groupBy(year.contacts, (one) => `${one.month} ${placeOf(one.comune)}`));
    assert.equal(
      all,
      placed.reduce((sum, [, here = []]) => sum + down(here.length), 0),
      'nobody is left out of this year, but for the rounding',
    );
  });

  it('of one comune are those of the zone for it', async () => {
    const lucca = await makeReport({ env, store }, { from: '2026-02', to: '2026-03' }, 'lucca', NOW);
    const lines = report.lines.filter(
      ({ place, month }) => place === 'lucca' && ['2026-02', '2026-03'].includes(month),
    );
    assert.deepEqual(lucca.lines, lines);
    const small = await makeReport({ env, store }, { from: '2026-01', to: '2026-12' }, 'villa_basilica', NOW);
    assert.deepEqual([small.lines, small.total.contacts], [[], null]);
  });

  it('of a month do not change once they are told: later answers and later days do nothing', async () => {
    const early = await makeReport({ env, store }, { from: '2026-01', to: '2026-01' }, 'all', followedUntil('2026-01'));
    assert.deepEqual(
      early.lines,
      report.lines.filter(({ month }) => month === '2026-01'),
    );
  });

  it('are written down as a CSV that stays as it is', () => {
    const csv = toCsv(report, createLabels(env.words, env.directory));
    if (process.env['UPDATE_GOLDEN']) writeFileSync(GOLDEN, csv);
    assert.equal(csv, readFileSync(GOLDEN, 'utf8'));
  });
});

describe('a month of the figures', () => {
  it('begins and ends on clocks of Rome', () => {
    assert.equal(startOf('2026-01').toISOString(), '2025-12-31T23:00:00.000Z');
    assert.equal(startOf('2026-07').toISOString(), '2026-06-30T22:00:00.000Z');
    for (const month of monthsBetween('2026-01', '2027-12')) {
      assert.equal(monthOf(startOf(month)), month);
      assert.notEqual(monthOf(new Date(startOf(month).getTime() - 1)), month);
    }
  });

  it('is published when it is over, its requests a month later, and no longer when the first of it may be gone', () => {
    assert.equal(isPublished('contacts', '2026-11', rome('2026-11-30T23:59')), false);
    assert.equal(isPublished('contacts', '2026-11', rome('2026-12-01T00:00')), true);
    assert.equal(isPublished('requests', '2026-11', rome('2026-12-31T23:59')), false);
    assert.equal(isPublished('requests', '2026-11', rome('2027-01-01T00:00')), true);
    assert.equal(isPublished('contacts', '2026-11', rome('2028-10-30T12:00')), true);
    assert.equal(isPublished('contacts', '2026-11', rome('2028-11-01T12:00')), false);
  });

  it('is no longer told before its first contact goes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bussola-report-'));
    const store = await openStore({ dataDir: folder, log: silentLog });
    await saveYear(store, aYear());
    const all = (await store.contacts('2026-01', '2026-01')).length;
    const told = (at: Date): boolean => isPublished('contacts', '2026-01', at);
    const [last, after] = [rome('2027-12-30T23:00'), rome('2028-09-01T12:00')];
    await store.purge(startOf('2020-01'), last);
    assert.deepEqual([told(last), (await store.contacts('2026-01', '2026-01')).length], [true, all]);
    await store.purge(startOf('2020-01'), after);
    assert.deepEqual([told(after), (await store.contacts('2026-01', '2026-01')).length], [false, 0]);
    await store.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a period of the figures', () => {
  const say = env.words.say('it');
  const read = (from?: string, to?: string): unknown => readPeriod({ from, to }, NOW, say);

  it('is of months, or of days on their edges; the current year where nothing is said', () => {
    assert.deepEqual(read(), { period: { from: '2027-01', to: '2027-12' } });
    assert.deepEqual(read('2026-02'), { period: { from: '2026-02', to: '2026-12' } });
    assert.deepEqual(read(undefined, '2026-02-28'), { period: { from: '2026-01', to: '2026-02' } });
    assert.deepEqual(read('2028-02-01', '2028-02-29'), { period: { from: '2028-02', to: '2028-02' } });
  });

  for (const [from, to] of [
    ['2026-02-31', '2026-03'],
    ['2026-01-31', '2026-03'],
    ['2026-01', '2026-03-01'],
    ['2028-02', '2028-02-28'],
    ['2026-05', '2026-03'],
    ['2020-01', '2026-12'],
    ['2026-13', '2026-12'],
    ['gennaio', '2026-12'],
  ])
    it(`is not ${from} to ${to}`, () => {
      const { problems } = Object(read(from, to));
      assert.equal(problems?.length, 1);
    });
});

describe('how long requests wait', () => {
  it('is told from the published counts: median, nine of ten, within two days', () => {
    assert.deepEqual(waits({ day_0: 5, day_1: 5, day_2: 6, day_4: 4 }), {
      taken: 20,
      median: { from: 1, to: 1 },
      ninthDecile: { from: 4, to: 4 },
      withinTwo: 16,
    });
  });

  it('is told as between where counts are of several days, and not at all of fewer than five', () => {
    assert.deepEqual(waits({ within_2: 14, later: 8, other: 5 }), {
      taken: 22,
      median: { from: 0, to: 2 },
      ninthDecile: { from: 3, to: null },
      withinTwo: 14,
    });
    assert.equal(waits({ other: 30 }), null);
    assert.equal(waits(undefined), null);
  });

  it('counts the working days of the desk: no feast, no closed day, no hour too late', () => {
    const made = year0();
    const at = (day: string): string | null | undefined => {
      const event = { caseId: made.id, at: rome(day), type: 'taken', by: 'desk' } as const;
      return requestUnit({ made, events: [event] }, rome('2027-02-01T00:00'), createDaysBetween(env)).values.days;
    };
    // Tuesday 22 December 2026; offices are shut on 25, 26 and at the weekend.
    assert.equal(at('2026-12-22T12:30'), 'day_0');
    const days = ['2026-12-23T09:30', '2026-12-24T09:30', '2026-12-28T09:30', '2026-12-29T09:30'].map(at);
    assert.deepEqual(days, slowDays(made, ['2026-12-23', '2026-12-24', '2026-12-28', '2026-12-29']));
    assert.equal(at('2027-01-30T09:30'), 'day_10');
  });
});

describe('a cell of the table', () => {
  it('is quoted where it must be, and no spreadsheet takes it for a formula', () => {
    assert.equal(cell('uno, "due"'), '"uno, ""due"""');
    assert.equal(cell('a\r\nb'), '"a\r\nb"');
    for (const bad of ['=1+1', '+39', '-1', '@SUM(A1)', '\tx']) assert.equal(cell(bad), `'${bad}`);
    assert.equal(cell(-1), '-1');
  });
});

function year0(): Case {
  const [first] = aYear().cases;
  if (!first) throw new Error('the year is empty');
  return { ...first.made, requestedAt: rome('2026-12-22T10:00') };
}

/** As every number is told. */
function down(count: number): number {
  return Math.floor(count / 5) * 5;
}

function placeOf(comune: string | null): string {
  return comune === null || comune === 'villa_basilica' ? 'other' : comune;
}

function rawValue(one: Year['contacts'][number], table: string): string {
  if (table === 'need') return `${one.area}.${one.need}`;
  if (table === 'outcome') return one.outcome === 'requested' ? 'requested' : 'not_requested';
  const values: Record<string, string | null> = { ...one };
  return values[table] ?? 'null';
}

/** Every name under which a request may be counted in that table, read off its trail line by line. */
function slowly(table: string, { made, events }: Year['cases'][number]): string[] {
  const has = (type: string): boolean => events.some((event) => event.type === type);
  const first = events.find(({ by }) => by === 'desk');
  const inHand = first !== undefined && !has('refused');
  const detail = (type: string, name: string): string =>
    String(events.find((event) => event.type === type)?.data?.[name] ?? '');
  switch (table) {
    case 'course':
      if (has('closed')) return ['closed', 'followed'];
      if (has('refused')) return ['refused', 'ended', 'not_followed'];
      return first ? ['in_charge', 'followed'] : ['waiting', 'unanswered', 'not_followed'];
    case 'closed':
      return has('closed') ? [detail('closed', 'outcome')] : [];
    case 'refused':
      return has('refused') ? ['other_reason'] : [];
    default: {
      const days = first && inHand ? workingDays(made, first.at) : undefined;
      return days === undefined
        ? []
        : [`day_${days}`, days <= 2 ? 'within_2' : 'later', ...(days > 4 ? ['day_5_9'] : [])];
    }
  }
}

/** Goes through the days one by one and counts those on which the desk opens; what comes after closing counts for the next. */
function workingDays(made: Case, taken: Date): number {
  const day = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(at);
  const from = made.requestedAt ?? made.createdAt;
  if (day(from) === day(taken)) return 0;
  const desk = env.directory.desk(made.deskId) ?? assert.fail(made.deskId);
  const midnight = rome(`${day(new Date(from.getTime() + 86_400_000))}T00:00`);
  const closings = new Map<string, Date>();
  for (const { start, end } of env.calendar.slots(desk, made.comune, midnight, 16)) closings.set(day(start), end);
  return [...closings.values()].filter((end) => end < taken).length + 1;
}

function slowDays(made: Case, days: string[]): string[] {
  return days.map((day) => {
    const count = workingDays(made, rome(`${day}T09:30`));
    return count < 5 ? `day_${count}` : 'day_5_9';
  });
}
