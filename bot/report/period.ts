// Which months a report is asked for: months, or days on a month's edge; anything else is a problem said in a sentence.
// Where the text comes from (a command line, an address) is left to the caller.
import type { Say } from '../words.ts';
import { isMonth, lastDayOf, monthOf, monthsBetween } from './months.ts';
import type { Month } from './months.ts';

export const MOST_MONTHS = 36;

export interface Period {
  from: Month;
  to: Month;
}

/** The current year where nothing is given; a year has one end given and the other not: its other end. */
export function readPeriod(
  given: { from?: string | undefined; to?: string | undefined },
  now: Date,
  say: Say,
  names: { from: string; to: string } = { from: '--from', to: '--to' },
): { period: Period } | { problems: string[] } {
  const problems: string[] = [];
  const year = (given.from ?? given.to ?? monthOf(now)).slice(0, 4);
  const from = readEdge(given.from ?? `${year}-01`, 'first', names.from, say, problems);
  const to = readEdge(given.to ?? `${year}-12`, 'last', names.to, say, problems);
  if (from === undefined || to === undefined) return { problems };
  if (from > to) return { problems: [say('report:usage.order', { ...names, from, to })] };
  if (monthsBetween(from, to).length > MOST_MONTHS)
    return { problems: [say('report:usage.long', { count: MOST_MONTHS })] };
  return { period: { from, to } };
}

function readEdge(
  text: string,
  edge: 'first' | 'last',
  option: string,
  say: Say,
  problems: string[],
): Month | undefined {
  if (isMonth(text)) return text;
  const month = text.slice(0, 7);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && isMonth(month) && text <= lastDayOf(month);
  if (!isDay) {
    problems.push(say('report:usage.month', { option }));
    return undefined;
  }
  const day = edge === 'first' ? `${month}-01` : lastDayOf(month);
  if (text === day) return month;
  problems.push(say('report:usage.edge', { option, day: text, month, which: say(`report:usage.${edge}`, { day }) }));
  return undefined;
}
