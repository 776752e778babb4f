// How long requests waited to be taken in charge, from the published counts alone: median, ninth decile, share within two days.
// Counts may be of single days or of several together: what is told is then "between".
import type { Counts } from './suppress.ts';

/** Working days of the desk, both included; `to` null: or more. */
export interface Between {
  from: number;
  to: number | null;
}

export interface Waits {
  /** In hand at a desk, as far as it is told how soon. */
  taken: number;
  median: Between;
  ninthDecile: Between;
  withinTwo: number;
}

/** Below so many nothing is worked out. */
const ENOUGH = 5;

/** What each published category may be, in working days. */
const DAYS: Record<string, Between> = {
  day_0: { from: 0, to: 0 },
  day_1: { from: 1, to: 1 },
  day_2: { from: 2, to: 2 },
  within_2: { from: 0, to: 2 },
  day_3: { from: 3, to: 3 },
  day_4: { from: 4, to: 4 },
  day_5_9: { from: 5, to: 9 },
  day_10: { from: 10, to: null },
  later: { from: 3, to: null },
};
const WITHIN_TWO = ['day_0', 'day_1', 'day_2', 'within_2'];

/** Null where too few were taken in charge, or it is not told how soon. */
export function waits(published: Counts | undefined): Waits | null {
  const days = Object.entries(published ?? {}).flatMap(([key, count]) =>
    DAYS[key] ? [{ ...DAYS[key], key, count }] : [],
  );
  const taken = total(days.map(({ count }) => count));
  if (taken < ENOUGH) return null;
  const at = (share: number): Between => ({
    from:
      rank(
        days.map(({ from, count }) => [from, count]),
        share * taken,
      ) ?? 0,
    to: rank(
      days.map(({ to, count }) => [to ?? Infinity, count]),
      share * taken,
    ),
  });
  const soon = days.filter(({ key }) => WITHIN_TWO.includes(key));
  return { taken, median: at(0.5), ninthDecile: at(0.9), withinTwo: total(soon.map(({ count }) => count)) };
}

/** The value of the first one at or after that place in the row; null: without end. */
function rank(values: [value: number, count: number][], place: number): number | null {
  let passed = 0;
  for (const [value, count] of values.toSorted(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= place) return Number.isFinite(value) ? value : null;
  }
  return null;
}

function total(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
