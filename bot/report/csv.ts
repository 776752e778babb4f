// The report as a table for a spreadsheet: RFC 4180, one line a published number, no line of sums but the last ones.
// What is in it is left to report.ts, what it means to docs/report.md.
import type { Labels } from './labels.ts';
import type { Report, Sums } from './report.ts';
import { countsOf } from './suppress.ts';
import { CONTACT_TABLES, REQUEST_TABLES } from './tables.ts';
import type { Between } from './waits.ts';

const HEADER = ['month', 'place', 'subject', 'table', 'category', 'label', 'count'];

const TABLES = [...CONTACT_TABLES, ...REQUEST_TABLES];

type Row = (string | number)[];

/** UTF-8, lines end in CRLF, first line the names of the columns. */
export function toCsv(report: Report, labels: Labels): string {
  const { from, to, where, lines, total } = report;
  const rows = [
    ...lines.flatMap((line) => rowsOf(line.month, line.place, line, labels)),
    ...rowsOf(`${from}/${to}`, where, total, labels),
    ...waitRows(`${from}/${to}`, where, total),
  ];
  return [HEADER, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function rowsOf(month: string, place: string, sums: Sums, labels: Labels): Row[] {
  return (['contacts', 'requests'] as const).flatMap((subject) => {
    const block = sums[subject];
    if (!block) return [];
    const { total, people, tables } = block;
    const row = (table: string, category: string, label: string, count: number): Row => {
      return [month, place, subject, table, category, label, count];
    };
    return [
      row('total', '', labels.place(place), total),
      ...(subject === 'contacts' ? [row('people', '', labels.place(place), people)] : []),
      ...TABLES.flatMap((table) =>
        Object.entries(countsOf(tables, table)).map(([key, count]) =>
          row(table, key, labels.category(table, key), count),
        ),
      ),
    ];
  });
}

function waitRows(month: string, place: string, { waits }: Sums): Row[] {
  if (!waits) return [];
  const row = (category: string, count: number | string): Row => {
    return [month, place, 'requests', 'wait_days', category, '', count];
  };
  const between = (name: string, { from, to }: Between): Row[] => [
    row(`${name}_from`, from),
    row(`${name}_to`, to ?? ''),
  ];
  return [
    row('taken', waits.taken),
    ...between('median', waits.median),
    ...between('ninth_decile', waits.ninthDecile),
    row('within_two', waits.withinTwo),
  ];
}

/** Quoted where it must be; never taken for a formula. */
export function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
