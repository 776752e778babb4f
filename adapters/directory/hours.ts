// Parsed opening hours (OpenStreetMap syntax), Italian public holidays, kept so that each text is parsed once.
// Time zones are left to rome.ts: everything here speaks wall dates.
import OpeningHours from 'opening_hours';
import type { opening_hours as Parsed } from 'opening_hours';

const ITALY = { lat: 43.84, lon: 10.5, address: { country_code: 'it', state: '' } };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** More texts than any directory holds; a guard, not a limit met in practice. */
const MOST_KEPT = 1000;

const kept = new Map<string, Parsed>();

/** Throws a readable Error where the text is not opening hours. */
export function parseHours(text: string): Parsed {
  const known = kept.get(text);
  if (known) return known;
  let parsed: Parsed;
  try {
    parsed = new OpeningHours(text, ITALY);
  } catch (problem) {
    throw new Error(`opening hours not understood: ${String(problem)}`, { cause: problem });
  }
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(text, parsed);
  return parsed;
}

/** A closure of the directory (`07-12`, `2026-12-24`, `easter+50`) as a rule that closes that day. */
export function closingRule(day: string): string {
  const easter = /^easter([+-])(\d+)$/.exec(day);
  if (easter) return `easter ${easter[1] ?? '+'}${easter[2] ?? '0'} days off`;
  const parts = day.split('-');
  const [month, date] = parts.slice(-2).map(Number);
  const name = MONTHS[(month ?? 1) - 1] ?? 'Jan';
  const year = parts.length === 3 ? `${parts[0] ?? ''} ` : '';
  return `${year}${name} ${String(date ?? 1).padStart(2, '0')} off`;
}

/** Never closed, holidays included. */
export const isAlwaysOpen = (text: string): boolean => /^\s*24\/7\s*$/.test(text);

/** The text with public holidays closed, unless it says otherwise, and with the given closing rules. */
export function withClosures(text: string, rules: string[]): string {
  if (isAlwaysOpen(text)) return text;
  const holidays = /\bPH\b/.test(text) ? [] : ['PH off'];
  return [text, ...holidays, ...rules].join('; ');
}
