// Cuts what somebody wrote into tokens of meaning, in the language whose words cover it best.
// Joining hours and days is left to times.ts, what the tokens say together to clauses.ts.
import { LEXICONS } from './lexicon.ts';
import type { Concept, DayPart, Lexicon, Meaning, Span } from './lexicon.ts';
import { withDayRanges, withSpans } from './times.ts';

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
