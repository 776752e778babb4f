// Codes of requests in what a person writes: `PRC-7F3K2`, `prc 7f3k2`, `codice prc7f3k2`, a letter read for another.
// Whether there is such a request, and who may read of it, is left to the store and to bot/cases/person.

/** A code as it was meant. */
export interface TypedCode {
  /** The likeliest reading, as it is written: `PRC-7F3K2`. */
  shown: string;
  /** What it may be, the likeliest first: more than one where a letter stands that no code has. */
  candidates: string[];
  /** Nothing but a code can look like this: where it is not found, that is said. */
  sure: boolean;
  /** The text says nothing else. */
  alone: boolean;
}

/** Codes have no 0, 1, I or O: what was probably read for one. */
const MISREAD: Record<string, string[]> = { '0': ['D', 'Q'], O: ['D', 'Q'], '1': ['L', '7'], I: ['L', 'J'] };
const MOST_CANDIDATES = 8;
const MOST_CODES = 3;
const DASH = /[-‐‑‒–—−_.:/]/;
const PATTERN = /(?<![\p{L}\p{N}])([A-Z0-9]{3})(\s*[-‐‑‒–—−_.:/]\s*|\s+|)([A-Z0-9]{5})(?![\p{L}\p{N}])/giu;
/** "Il codice è ...": words that say that what follows is one. */
const NAMES = ['codice', 'cod', 'code', 'codul'];
const WORDS_BEFORE = 3;
/** Words that may stand beside a code without saying more. */
const BESIDE = new Set(
  'codice cod numero richiesta pratica code request codul cererea il la mio mia my the e è is este ecco a'.split(' '),
);

/** `prefixes`: the three letters of each comune. At most three codes. */
export function codesIn(text: string, prefixes: readonly string[]): TypedCode[] {
  const found: TypedCode[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const code = readCode(text, match, prefixes);
    if (code && !found.some(({ shown }) => shown === code.shown)) found.push(code);
  }
  return found.slice(0, MOST_CODES);
}

/** What else the text says: letters drawn by lot are no words of anybody. */
export function withoutCodes(text: string, prefixes: readonly string[]): string {
  let rest = '';
  let from = 0;
  for (const match of text.matchAll(PATTERN)) {
    if (!readCode(text, match, prefixes)) continue;
    rest += `${text.slice(from, match.index)} `;
    from = match.index + match[0].length;
  }
  return rest + text.slice(from);
}

function readCode(text: string, match: RegExpMatchArray, prefixes: readonly string[]): TypedCode | undefined {
  const [whole, head = '', between = '', tail = ''] = match;
  const prefix = prefixes.find((one) => one === lettered(head.toUpperCase()));
  if (prefix === undefined) return undefined;
  const body = tail.toUpperCase();
  const dashed = DASH.test(between);
  // Letters and figures together, or figures written on to the letters: no word is like that.
  const mixed = /\d/.test(body) && (/[A-Z]/.test(body) || between === '');
  const strange = /[01IO]/.test(body);
  // "CPN 55012" is a postal code, "lcc perch" a word: without a dash only letters and figures together are a code.
  if (!mixed && (strange || !dashed)) return isNamed(text, match, body, strange);
  const rest = text.replace(whole, ' ');
  return { ...candidatesOf(prefix, body), sure: dashed || mixed, alone: saysNothingElse(rest) };
}

/** All letters, or all figures, without a dash: only where the words before say that it is a code. */
function isNamed(text: string, match: RegExpMatchArray, body: string, strange: boolean): TypedCode | undefined {
  const before = wordsOf(text.slice(0, match.index)).slice(-WORDS_BEFORE);
  if (strange || !before.some((word) => NAMES.includes(word))) return undefined;
  const prefix = lettered((match[1] ?? '').toUpperCase());
  return { ...candidatesOf(prefix, body), sure: true, alone: saysNothingElse(text.replace(match[0], ' ')) };
}

function saysNothingElse(rest: string): boolean {
  return wordsOf(rest).every((word) => BESIDE.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** In the letters of a comune a figure is a letter misread. */
function lettered(head: string): string {
  return head.replaceAll('0', 'O').replaceAll('1', 'I');
}

function candidatesOf(prefix: string, body: string): { shown: string; candidates: string[] } {
  let bodies = [''];
  for (const letter of body) {
    const meant = MISREAD[letter] ?? [letter];
    bodies = bodies.flatMap((start) => meant.map((one) => start + one)).slice(0, MOST_CANDIDATES);
  }
  const shown = bodies.length === 1 ? `${prefix}-${bodies[0] ?? ''}` : `${prefix}-${body}`;
  return { shown, candidates: bodies.map((one) => `${prefix}-${one}`) };
}
