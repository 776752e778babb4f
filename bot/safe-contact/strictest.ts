// Joins the rules of two wishes: whatever either forbids stays forbidden.
// Reading one wish is left to read.ts.
import type { SafeRules } from '../cases/types.ts';
import { DAY, inBoth } from './spans.ts';

const WEEK = 7;

/** Two wishes that leave no moment between them: nothing goes out by itself. */
export function strictest(a: SafeRules, b: SafeRules): SafeRules {
  const { neverDays: _, hours: __, ...both } = { ...a, ...b };
  const days = [...new Set([...(a.neverDays ?? []), ...(b.neverDays ?? [])])].toSorted();
  const hours = inBoth(a.hours ?? [DAY], b.hours ?? [DAY]);
  if (both.silent || days.length === WEEK || hours.length === 0) return { ...both, silent: true };
  return { ...both, ...(days.length > 0 ? { neverDays: days } : {}), ...(a.hours || b.hours ? { hours } : {}) };
}
