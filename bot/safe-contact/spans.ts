// Sets of hours of the day: what two have in common, what is left of a day.
// What the hours are for is left to read.ts and moment.ts.
import type { Span } from './lexicon.ts';

export const DAY: Span = { from: 0, to: 1440 };

export function inBoth(a: readonly Span[], b: readonly Span[]): Span[] {
  return united(
    a.flatMap((one) => b.map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }))),
  );
}

/** The day without these hours. */
export function without(hours: readonly Span[]): Span[] {
  let from = 0;
  const left: Span[] = [];
  for (const span of united(hours)) {
    left.push({ from, to: span.from });
    from = span.to;
  }
  return united([...left, { from, to: DAY.to }]);
}

/** In order, none empty, none touching another. */
export function united(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && span.from <= last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else out.push(span);
  }
  return out;
}
