// Joins the tokens of hours to spans and of days to ranges: "dalle 9 alle 11", "dopo le 18", "dal lunedì al venerdì".
// Cutting the text into tokens is left to tokens.ts.
import type { Token } from './tokens.ts';

/** "Dalle 9 alle 11", "dopo le 18", "9-11" become one span each; an hour left alone stays one, and is not understood. */
export function withSpans(raw: readonly Token[]): Token[] {
  const tokens = withHalves(raw);
  const out: Token[] = [];
  for (let index = 0; index < tokens.length;) {
    const { token, length } = spanAt(tokens, index);
    if (token) out.push(token);
    index += length;
  }
  return out;
}

function spanAt(tokens: readonly Token[], index: number): { token: Token | undefined; length: number } {
  const at = (offset: number): Token | undefined => tokens[index + offset];
  const kindAt = (offset: number): string | undefined => at(offset)?.kind;
  const opens = ['from', 'between'].includes(kindAt(0) ?? '');
  const first = opens ? 1 : 0;
  const joins = opens ? ['to', 'and', 'dash', 'before'] : ['to', 'dash'];
  const start = timeAt(at(first));
  const end = timeAt(at(first + 2));
  if (start !== undefined && end !== undefined && joins.includes(kindAt(first + 1) ?? ''))
    return { token: rangeOf(start, end), length: first + 3 };
  const only = timeAt(at(1));
  if (only !== undefined && kindAt(0) === 'before') return { token: openSpan('before', only), length: 2 };
  if (only !== undefined && ['after', 'from'].includes(kindAt(0) ?? ''))
    return { token: openSpan('after', only), length: kindAt(2) === 'on' ? 3 : 2 };
  return { token: at(0), length: 1 };
}

function timeAt(token: Token | undefined): number | undefined {
  return token?.kind === 'time' ? token.at : undefined;
}

/** From one to seven could be by day or by night: joined to a start it is read by day, alone it is not. */
const DOUBTFUL = 7 * 60 + 59;
const NOON = 12 * 60;

function rangeOf(start: number, end: number): Token {
  const from = start > 0 && start <= DOUBTFUL && end <= DOUBTFUL && start < end ? start + NOON : start;
  const to = end <= from ? end + NOON : end;
  return from < to && to <= 1440 ? { kind: 'span', span: { from, to } } : { kind: 'unknown' };
}

function openSpan(open: 'before' | 'after', at: number): Token {
  if (at <= DOUBTFUL) return { kind: 'unknown' };
  return { kind: 'span', open, span: open === 'before' ? { from: 0, to: at } : { from: at, to: 1440 } };
}

/** "Le 9 e mezza", "le 6 di sera": one hour. */
function withHalves(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const last = out.at(-1);
    const hour = timeAt(last);
    if (hour !== undefined && ['half', 'quarter', 'pm', 'am'].includes(token.kind))
      out[out.length - 1] = shifted(hour, token.kind);
    else out.push(token);
  }
  return out;
}

function shifted(hour: number, by: Token['kind']): Token {
  if (by === 'half') return { kind: 'time', at: hour + 30 };
  if (by === 'quarter') return { kind: 'time', at: hour + 15 };
  if (by === 'pm') return { kind: 'time', at: hour < NOON ? hour + NOON : hour };
  // "Le 6 di mattina" is said for sure, but six is no hour to call at: read by itself it would be doubted.
  return { kind: 'time', at: hour };
}

/** "Dal lunedì al venerdì". */
export function withDayRanges(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let index = 0; index < tokens.length;) {
    const first = tokens[index]?.kind === 'from' ? 1 : 0;
    const [start, join, end] = [tokens[index + first], tokens[index + first + 1], tokens[index + first + 2]];
    if (start?.kind === 'days' && end?.kind === 'days' && (join?.kind === 'to' || join?.kind === 'dash')) {
      out.push({ kind: 'days', days: daysBetween(start.days[0] ?? 0, end.days[0] ?? 0) });
      index += first + 3;
    } else {
      const [token] = tokens.slice(index, index + 1);
      if (token) out.push(token);
      index += 1;
    }
  }
  return out;
}

function daysBetween(first: number, last: number): number[] {
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, offset) => (first + offset) % 7);
}
