// The report as JSON: codes and numbers, with the version of its shape. What each field means is in docs/report.md.
// What is in it is left to report.ts.
import type { Report, Sums } from './report.ts';
import { FEW } from './suppress.ts';
import type { Block } from './suppress.ts';
import type { Waits } from './waits.ts';

/** Grows when a field changes its meaning or goes. */
const SHAPE = 2;

export function toJson(report: Report, notes: readonly string[]): string {
  const { made, from, to, where, months, lines, byMonth, byPlace, total } = report;
  const shape = {
    version: SHAPE,
    made,
    period: { from, to },
    place: where,
    rule: { few: FEW, multiples_of: FEW },
    notes,
    months: months.map(({ month, contacts, requests }) => ({
      month,
      contacts_published: contacts,
      requests_published: requests,
    })),
    figures: lines.map((line) => ({ month: line.month, place: line.place, ...sums(line) })),
    by_month: byMonth.map((line) => ({ month: line.month, ...sums(line) })),
    by_place: byPlace.map((line) => ({ place: line.place, ...sums(line) })),
    total: sums(total),
  };
  return `${JSON.stringify(shape, null, 2)}\n`;
}

function sums({ contacts, requests, waits }: Sums): object {
  return {
    contacts: contacts && { ...blockOf(contacts), people: contacts.people },
    requests: requests && { ...blockOf(requests), wait_days: waits && waitsOf(waits) },
  };
}

function blockOf({ total, tables }: Block): object {
  return { total, tables };
}

function waitsOf({ taken, median, ninthDecile, withinTwo }: Waits): object {
  return { taken, median, ninth_decile: ninthDecile, within_two: withinTwo };
}
