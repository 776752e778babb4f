// Parts the tokens of a wish into clauses, and says what each allows and forbids. What is not surely read is unsure.
// What the clauses make together is left to read.ts.
import type { Span } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** `only`: nothing but this. `never`: not this. `ok`: this is fine. `bare`: said without a word for either. */
type Polarity = 'only' | 'never' | 'ok' | 'bare';

export interface Clause {
  polarity: Polarity;
  /** "Anche": one more than what is allowed already. */
  also: boolean;
  /** One for each part joined by "e". `exact`: hours of the clock, no day and no part of one. */
  times: { days: number[]; allow: Span[]; ban: Span[]; open: ('before' | 'after')[]; exact: boolean }[];
  /** Other things named: `mail`, `call`, `app` ... */
  about: Token['kind'][];
  /** Words were left that are not known, or that leave it open. */
  unsure: boolean;
}

const POLAR: Token['kind'][] = ['never', 'only', 'ok', 'can', 'all', 'except'];
const TIMES: Token['kind'][] = ['days', 'part', 'span'];
const ABOUT: Token['kind'][] = [
  'call',
  'contact',
  'write',
  'app',
  'mail',
  'voicemail',
  'place',
  'self',
  'person',
  'holiday',
];
const HARD: Token['kind'][] = ['stop', 'but'];

export function clausesOf(tokens: readonly Token[]): Clause[] {
  return split(tokens, HARD).flatMap((sentence) => joined(sentence).flatMap(clauseOf));
}

function split(tokens: readonly Token[], at: readonly Token['kind'][]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (at.includes(token.kind)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Commas and "e" part two wishes only where each says for itself what it wants: "mai il sabato e la domenica" is one. */
function joined(sentence: readonly Token[]): Token[][] {
  const done: Token[][] = [];
  let open: Token[] = [];
  for (const part of pieces(sentence)) {
    const own = part.filter(({ kind }) => kind !== 'comma' && kind !== 'and');
    if (own.length === 0) continue;
    if (open.length > 0 && parts(open, part)) {
      done.push(open);
      open = own;
    } else open = [...open, ...(open.length > 0 ? part : own)];
  }
  return open.length > 0 ? [...done, open] : done;
}

/** Each piece begins with the mark that parted it from the one before. */
function pieces(sentence: readonly Token[]): Token[][] {
  const out: Token[][] = [[]];
  for (const token of sentence) {
    if (token.kind === 'comma' || token.kind === 'and') out.push([token]);
    else out.at(-1)?.push(token);
  }
  return out;
}

function parts(open: readonly Token[], part: readonly Token[]): boolean {
  // "Niente telefonate, scrivetemi": another way, named as a request of its own.
  if (part[0]?.kind === 'comma' && has(open, POLAR) && ['write', 'call'].includes(part[1]?.kind ?? '')) return true;
  if (!has(part, POLAR)) return false;
  // "Sabato e domenica mai": days alone wait for the word that rules them. Hours before a comma stand by themselves.
  return has(open, POLAR) || (part[0]?.kind === 'comma' && has(open, ['span'])) || has(open, ['reason']);
}

function has(tokens: readonly Token[], kinds: readonly Token['kind'][]): boolean {
  return tokens.some(({ kind }) => kinds.includes(kind));
}

/** What stands on either side of "tranne" is ruled by opposite words. */
function clauseOf(tokens: readonly Token[]): Clause[] {
  const at = tokens.findIndex(({ kind }) => kind === 'except');
  if (at < 0) return [plainClause(tokens)];
  const left = plainClause(tokens.slice(0, at));
  const right = plainClause(tokens.slice(at + 1));
  const nothingRight = right.times.length === 0 || right.polarity !== 'bare';
  if (left.unsure || right.unsure || nothingRight) return [{ ...right, unsure: true }];
  // "Mai il sabato, tranne la mattina": the exception is left out, which is the careful side.
  if (left.polarity === 'never') return left.times.length > 0 ? [left] : [{ ...right, polarity: 'only' }];
  return [...(left.times.length > 0 ? [left] : []), { ...right, polarity: 'never' }];
}

function plainClause(tokens: readonly Token[]): Clause {
  const at = tokens.findIndex(({ kind }) => kind === 'reason');
  const said = at < 0 ? tokens : tokens.slice(0, at);
  const reason = at < 0 ? [] : tokens.slice(at + 1);
  const kinds = said.map(({ kind }) => kind);
  // A reason may say anything but a further wish.
  const unsure =
    has(reason, [...POLAR, ...TIMES, 'time', 'mail', 'app', 'write', 'condition']) ||
    said.some(isUnread) ||
    mixed(kinds);
  const about = kinds.filter((kind) => ABOUT.includes(kind));
  return { polarity: polarityOf(kinds), also: kinds.includes('also'), times: timesOf(said), about, unsure };
}

function isUnread({ kind }: Token): boolean {
  const known = [...POLAR, ...TIMES, ...ABOUT, 'also', 'and', 'comma', 'reason'];
  return !known.includes(kind);
}

/** "Non solo la mattina" says neither; nor do a day and an hour parted by a comma, one ruled, one not. */
function mixed(kinds: readonly Token['kind'][]): boolean {
  if (kinds.includes('never') && kinds.includes('only')) return true;
  const parts = kinds.join(' ').split('comma');
  const [first = '', ...others] = parts;
  const hours = /part|span/;
  return (
    !first.includes('only') &&
    others.some(
      (part) =>
        (hours.test(part) !== hours.test(first) || /days/.test(part) !== /days/.test(first)) &&
        /days|part|span/.test(part) &&
        /days|part|span/.test(first),
    )
  );
}

function polarityOf(kinds: readonly Token['kind'][]): Polarity {
  if (kinds.includes('never')) return 'never';
  if (kinds.includes('only')) return 'only';
  if (kinds.includes('ok') || kinds.includes('all')) return 'ok';
  // "Potete chiamare il martedì": and when nothing was said, one may not.
  if (kinds.includes('can')) return kinds.some((kind) => TIMES.includes(kind)) ? 'only' : 'ok';
  return 'bare';
}

function timesOf(said: readonly Token[]): Clause['times'] {
  return split(said, ['and', 'comma'])
    .map((piece) => ({
      days: piece.flatMap((token) => (token.kind === 'days' ? token.days : [])),
      allow: piece.flatMap((token) => spansOf(token, 'allow')),
      ban: piece.flatMap((token) => spansOf(token, 'ban')),
      open: piece.flatMap((token) => (token.kind === 'span' && token.open ? [token.open] : [])),
      exact: !has(piece, ['days', 'part']),
    }))
    .filter(({ days, ban }) => days.length + ban.length > 0);
}

function spansOf(token: Token, side: 'allow' | 'ban'): Span[] {
  if (token.kind === 'part') return token.part[side];
  return token.kind === 'span' ? [token.span] : [];
}
