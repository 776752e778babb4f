// `npm run -s report`, as a process of its own on a store of its own: formats, periods, what it says when it cannot.
// What the figures are is left to report-figures.test.ts, the printed page in a browser to report-page.test.ts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import { aYear, saveYear } from './support/report-year.ts';

const ROOT = new URL('../', import.meta.url).pathname;

interface Shape {
  version: number;
  period: object;
  place: string;
  months: { month: string; contacts_published: boolean; requests_published: boolean }[];
  figures: { month: string; place: string }[];
  total: { contacts: { total: number } | null };
}

describe('report', () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bussola-report-'));
    const store = await openStore({ dataDir: folder, log: silentLog });
    await saveYear(store, aYear());
    await store.close();
  });
  after(() => rmSync(folder, { recursive: true }));

  const report = (...args: string[]): { status: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bot/report.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], DATA_DIR: folder },
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  };
  const json = (...args: string[]): Shape => {
    const { status, out } = report('--format', 'json', ...args);
    assert.equal(status, 0);
    const shape: Shape = JSON.parse(out);
    return shape;
  };

  it('writes the whole year as CSV, the same as ever', () => {
    const { status, out, err } = report('--from', '2026-01', '--to', '2026-12', '--at', '2027-02-15');
    assert.deepEqual([status, err], [0, '']);
    const golden = readFileSync(new URL('data/report-2026.csv', import.meta.url), 'utf8');
    assert.equal(out, golden);
    assert.ok(out.split('\r\n').every((line) => !line.includes('\n')));
  });

  it('writes one comune as JSON, by months or by days on their edges', () => {
    const months = json('--from', '2026-02', '--to', '2026-03', '--comune', 'lucca', '--at', '2026-12-01T10:00');
    assert.deepEqual([months.version, months.place, months.period], [2, 'lucca', { from: '2026-02', to: '2026-03' }]);
    assert.deepEqual(
      months.figures.map(({ month, place }) => `${month} ${place}`),
      ['2026-02 lucca', '2026-03 lucca'],
    );
    assert.equal(months.total.contacts?.total, 140);
    const days = json('--from', '2026-02-01', '--to', '2026-03-31', '--comune', 'lucca', '--at', '2026-12-01T10:00');
    assert.deepEqual(days, months);
  });

  it('without a period takes the current year, and says which months are not published', () => {
    const { status, out, err } = report('--at', '2026-04-10', '--format', 'json');
    assert.equal(status, 0);
    const { period, months }: Shape = JSON.parse(out);
    assert.deepEqual(period, { from: '2026-01', to: '2026-12' });
    const told = (what: 'contacts_published' | 'requests_published'): string[] =>
      months.filter((one) => one[what]).map(({ month }) => month);
    assert.deepEqual(told('contacts_published'), ['2026-01', '2026-02', '2026-03']);
    assert.deepEqual(told('requests_published'), ['2026-01', '2026-02']);
    assert.match(err, /^Contatti non ancora pubblicati, o non più: aprile 2026, /);
  });

  it('writes a page to print that is complete in itself', () => {
    const { status, out } = report('--format', 'html', '--at', '2027-02-15');
    assert.equal(status, 0);
    assert.match(out, /^<!doctype html>/);
    assert.doesNotMatch(out, /<script|<link[^>]+stylesheet|https?:\/\/|\son\w+=/);
    assert.match(out, /Fatto il 15 febbraio 2027/);
  });

  it('says every problem at once, and exits with 2', () => {
    const { status, out, err } = report(
      '--from',
      '2026-01-15',
      '--to',
      '2026-02-27',
      '--comune',
      'pisa',
      '--format',
      'xls',
    );
    assert.deepEqual([status, out], [2, '']);
    assert.deepEqual(err.trim().split('\n').length, 4);
    assert.match(err, /--from 2026-01-15 non va: .* \(2026-01\), o il suo primo giorno \(2026-01-01\)/);
    assert.match(err, /--to 2026-02-27 non va: .* ultimo giorno \(2026-02-28\)/);
  });

  for (const [why, ...args] of [
    ['a clock that is none', '--at', 'ieri'],
    ['a word too many', 'lucca'],
    ['an option that is not known', '--month', '2026-01'],
    ['a folder without a store', '--data', join(tmpdir(), 'bussola-no-store-here')],
  ])
    it(`exits with 2 for ${why}`, () => {
      const { status, out, err } = report(...args);
      assert.deepEqual([status, out], [2, '']);
      assert.notEqual(err.trim(), '');
    });

  it('makes no store where there is none', () => {
    assert.equal(existsSync(join(tmpdir(), 'bussola-no-store-here')), false);
  });
});
