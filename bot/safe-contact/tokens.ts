// Cuts what somebody wrote into tokens of meaning, in the language whose words cover it best, and joins hours to spans.
// What the tokens say together is left to clauses.ts.
import { LEXICONS } from './lexicon.ts';
import type { Concept, DayPart, Lexicon, Meaning, Span } from './lexicon.ts';

export type Token =
  | { kind: Concept | 'stop' | 'comma' | 'dash' | 'unknown' }
  | { kind: 'days'; days: number[] }
  | { kind: 'part'; part: DayPart }
  | { kind: 'time'; at: number }
  /** `open`: only one end was said. */
  | { kind: 'span'; span: Span; open?: 'before' | 'after' };

/** Words, times as `18`, `18:30`, `18h`, and the marks that part one wish from the next. */
const PIECE = /\d+(?:[:.,h]\d{2}(?!\d))?(?:h(?!\p{L}))?|\p{L}+|[-–—]|[,;.!?()\n:/]/gu;
const TIME = /^(\d{1,2})(?:[:.,h](\d{2}))?h?$/;

/** Small letters without accents; "e-mail" is one word, an apostrophe parts two. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\be-mail/g, 'email')
    .replace(/\b([ap])\.m\.?/g, '$1m')
    .replace(/['’‘`´]/g, ' ');
}

/** Of the languages known the one that leaves the least unread; of two alike `lang`, the talk's. */
export function tokensOf(text: string, lang: string): Token[] {
  const pieces = folded(text).match(PIECE) ?? [];
  const order = [lang, ...LEXICONS.keys()].flatMap((language) => LEXICONS.get(language) ?? []);
  const readings = order.map((lexicon) => meaningsOf(pieces, lexicon));
  const unread = (tokens: Token[]): number => tokens.filter(({ kind }) => kind === 'unknown').length;
  const [best = []] = readings.toSorted((a, b) => unread(a) - unread(b));
  return withDayRanges(withSpans(best.filter(({ kind }) => kind !== 'fill' && kind !== 'hour')));
}

function meaningsOf(pieces: readonly string[], lexicon: Lexicon): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < pieces.length;) {
    const { token, length } = tokenAt(pieces, index, lexicon, tokens);
    tokens.push(token);
    index += length;
  }
  return tokens;
}

function tokenAt(
  pieces: readonly string[],
  index: number,
  { phrases, longest }: Lexicon,
  before: readonly Token[],
): { token: Token; length: number } {
  for (let length = Math.min(longest, pieces.length - index); length > 0; length -= 1) {
    const found = phrases.get(pieces.slice(index, index + length).join(' '));
    if (found) return { token: inContext(found, before), length };
  }
  return { token: markOf(pieces[index] ?? ''), length: 1 };
}

/** "Di sera" after an hour tells which hour; by itself it is a part of the day. */
function inContext(found: readonly Meaning[], before: readonly Token[]): Token {
  const last = before.findLast(({ kind }) => kind !== 'fill' && kind !== 'hour')?.kind;
  const tellsHour = found.find(({ kind }) => kind === 'pm' || kind === 'am');
  const other = found.find(({ kind }) => kind !== 'pm' && kind !== 'am');
  return (last === 'time' ? tellsHour : undefined) ?? other ?? { kind: 'unknown' };
}

function markOf(piece: string): Token {
  const [, hours, minutes = '0'] = TIME.exec(piece) ?? [];
  if (hours !== undefined && Number(hours) <= 24 && Number(minutes) < 60)
    return { kind: 'time', at: Math.min(1440, Number(hours) * 60 + Number(minutes)) };
  if (/^[-–—]$/.test(piece)) return { kind: 'dash' };
  if (piece === ',') return { kind: 'comma' };
  return /^[\p{L}\d]/u.test(piece) ? { kind: 'unknown' } : { kind: 'stop' };
}

/** "Dalle 9 alle 11", "dopo le 18", "9-11" become one span each; an hour left alone stays one, and is not understood. */
function withSpans(raw: readonly Token[]): Token[] {
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
function withDayRanges(tokens: readonly Token[]): Token[] {
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
