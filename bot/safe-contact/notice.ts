// Tells a wish of how to be contacted from other words: beside a number, at another question, after a request was sent.
// What the wish then allows is left to read.ts.
import { clausesOf } from './clauses.ts';
import type { Clause } from './clauses.ts';
import type { Token } from './tokens.ts';
import { tokensOf } from './tokens.ts';

type Kind = Token['kind'];

const RULED: Kind[] = ['never', 'only', 'except'];
const TIMES: Kind[] = ['days', 'part', 'span'];
const WAYS: Kind[] = ['call', 'contact', 'write', 'app', 'mail', 'voicemail'];
const MANNERS: Kind[] = ['ok', 'all', 'can', 'also', 'and', 'comma', 'stop'];
const REFUSED: Kind[] = ['never', 'call', 'contact', 'can', 'risk', 'reason', 'and', 'comma', 'stop'];
const PARTED: Kind[] = ['comma', 'stop', 'but', 'reason', 'lack'];

/** Beside a number or an address: anything about times, ways, or who reads along. Names of people count with `shared`. */
export function isBesideWish(text: string, lang: string, shared: boolean): boolean {
  const tokens = tokensOf(text, lang);
  const has = (...kinds: Kind[]): boolean => tokens.some(({ kind }) => kinds.includes(kind));
  if (has('risk') || (shared && has('person'))) return true;
  return has(...TIMES, 'voicemail', 'condition') || (has(...RULED) && has(...WAYS, 'place', 'person', 'self'));
}

/** "Non scrivetemi", "solo WhatsApp": in so many words a way that is wanted, or is not. No question. */
export function isWayWish(text: string, lang: string): boolean {
  if (text.includes('?')) return false;
  const tokens = tokensOf(text, lang);
  return parted(tokens).some(
    (part) =>
      part.some(({ kind }) => RULED.includes(kind)) &&
      part.some(({ kind }) => WAYS.includes(kind)) &&
      part.every(({ kind }) => kind !== 'unknown'),
  );
}

/** "Mai di sabato", "solo la mattina", "chiamatemi dopo le 18": nothing but that, read to the last word. */
export function isTimeWish(text: string, lang: string): boolean {
  const clauses = clausesOf(tokensOf(text, lang));
  const rules = ({ polarity, times, about }: Clause): boolean =>
    polarity === 'bare' ? about.includes('call') && times.some(({ exact }) => exact) : polarity !== 'ok';
  const ruled = clauses.some((clause) => clause.times.length > 0 && rules(clause));
  return ruled && clauses.every(({ unsure }) => !unsure);
}

/** "Mai la sera, mio marito legge il telefono": a rule and a time or a way, whatever stands beside them. No question. */
export function isRuledWish(text: string, lang: string): boolean {
  const tokens = tokensOf(text, lang);
  const has = (kinds: Kind[]): boolean => tokens.some(({ kind }) => kinds.includes(kind));
  return !text.includes('?') && has(RULED) && (has(TIMES) || has(WAYS));
}

/** Whether any word of it is about being contacted. */
export function isAboutContact(text: string, lang: string): boolean {
  const kinds: Kind[] = [...RULED, ...TIMES, ...WAYS, 'risk', 'condition', 'self', 'place', 'holiday'];
  return tokensOf(text, lang).some(({ kind }) => kinds.includes(kind));
}

/** "Nessun problema", "no, va bene sempre": manners, and no limit. */
export function isMannersOnly(text: string, lang: string): boolean {
  const [first, ...rest] = tokensOf(text, lang);
  const tokens = first?.kind === 'never' ? rest : first ? [first, ...rest] : [];
  return (
    tokens.some(({ kind }) => kind === 'ok' || kind === 'all') && tokens.every(({ kind }) => MANNERS.includes(kind))
  );
}

/** "No, è pericoloso", "no, non possono chiamare": calls are refused, and nothing else is said. */
export function isPlainRefusal(text: string, lang: string): boolean {
  const kinds = tokensOf(text, lang).map(({ kind }) => kind);
  return kinds[0] === 'never' && kinds.every((kind) => REFUSED.includes(kind));
}

/** "No, nessun problema, va bene": it began with a no that was none. */
export function agreesAfterAll(text: string, lang: string): boolean {
  return tokensOf(text, lang).some(({ kind }) => kind === 'ok' || kind === 'can' || kind === 'all');
}

function parted(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (PARTED.includes(token.kind)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
