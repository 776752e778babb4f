// For the attack on the report: every month there can be in a small world, and every report that can be asked of some months.
// What the attacker concludes is left to report-attack.test.ts.
import { reportPage } from '../../adapters/web/report/page.ts';
import { toCsv } from '../../bot/report/csv.ts';
import type { ContactUnit } from '../../bot/report/figures.ts';
import { toJson } from '../../bot/report/json.ts';
import { createLabels } from '../../bot/report/labels.ts';
import { monthAfter, monthsBetween } from '../../bot/report/months.ts';
import type { Published } from '../../bot/report/publish.ts';
import { reportOf } from '../../bot/report/report.ts';
import { publishContacts } from '../../bot/report/suppress.ts';
import { COMUNI } from '../../flows/types.ts';
import { testEnvironment } from './environment.ts';

/** Every way to have at most `most` things of so many kinds: `[2, 0, 1]`. */
export function* bundles(kinds: number, most: number): Generator<number[]> {
  if (kinds === 0) return void (yield []);
  for (let count = 0; count <= most; count += 1)
    for (const others of bundles(kinds - 1, most - count)) yield [count, ...others];
}

const { words, directory } = testEnvironment();
const labels = createLabels(words, directory);
const FIRST = '2026-01';

/** Every period of these months, the zone and each comune, each in all three formats. */
export function everything(months: readonly ContactUnit[][]): Map<string, string> {
  const published = months.map((units, index): Published => {
    return { month: monthAfter(FIRST, index), contacts: publishContacts(units), requests: null };
  });
  const all = published.map(({ month }) => month);
  const seen = new Map<string, string>();
  for (const from of all)
    for (const to of all.filter((month) => month >= from))
      for (const where of ['all', ...COMUNI] as const) {
        const asked = published.filter(({ month }) => monthsBetween(from, to).includes(month));
        const report = reportOf(asked, where, from, to, '2027-03-01');
        const page = reportPage(report, words.say('it'), labels);
        seen.set(`${from} ${to} ${where}`, [toCsv(report, labels), toJson(report, []), page].join('\n'));
      }
  return seen;
}
