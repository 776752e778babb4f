// Makes any text safe and comparable: one form for apostrophes, accents, cases, repeats; nothing invisible; bounded.
// What the words mean is left to the lexicon (lexicon.ts); the signs of the floor have a form of their own (floor/normalise.ts).

/** Longest text that is looked at: the first 8,000 and the last 2,000 characters. */
export const HEAD = 8_000;
export const TAIL = 2_000;
/** So many words of it, of its two ends: ten thousand characters of an alphabet are fewer, of Han signs or lone letters more. */
const MOST_WORDS = 3_000;

/** One text in the forms in which it is searched. Words are divided by one space; an apostrophe stays inside a word. */
export interface Normalised {
  /** Lower case, accents kept. */
  plain: string;
  /** Accents folded, letters repeated three times or more written once ("aiutooo" -> "aiuto"). */
  folded: string;
  /** The same with such repeats written twice ("nottte" -> "notte"); often equal to `folded`. */
  doubled: string;
}

/** One word of the text, in order. */
export interface Token {
  folded: string;
  doubled: string;
  /** As written, accents and capitals kept. */
  raw: string;
  /** Punctuation that ends a clause stands before this word. */
  clause: boolean;
}

/** The normal forms of any text. Never throws; each form is its own normal form. */
export function normalise(text: string): Normalised {
  const words = tokenise(text, WORD_WITH_APOSTROPHE);
  const join = (form: (token: Token) => string): string => words.map(form).join(' ').trim();
  return {
    plain: join((word) => word.raw.toLowerCase()),
    folded: join((word) => word.folded),
    doubled: join((word) => word.doubled),
  };
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WORD_WITH_APOSTROPHE = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;

/** The words of any text; an apostrophe divides words, and every Han character is a word. */
export function tokenise(text: string, word: RegExp = WORD): Token[] {
  const clean = cleanse(text);
  const tokens: Token[] = [];
  let end = 0;
  for (const match of clean.matchAll(word)) {
    const clause = /[.,;:!?\n()…。，！？；،؟]|\s[-–—]\s/.test(clean.slice(end, match.index));
    end = match.index + match[0].length;
    for (const [place, raw] of splitHan(match[0]).entries()) {
      const base = foldAccents(raw.toLowerCase());
      const folded = squeeze(base, 1);
      if (folded === '') continue;
      tokens.push({ folded, doubled: squeeze(base, 2), raw, clause: clause && place === 0 });
    }
  }
  return tokens.length <= MOST_WORDS ? tokens : twoEnds(tokens);
}

function twoEnds(tokens: Token[]): Token[] {
  const last = (MOST_WORDS * TAIL) / (HEAD + TAIL);
  return [...tokens.slice(0, MOST_WORDS - last), ...tokens.slice(-last)];
}

/** Bounded, well formed, compatible characters only; no controls, no invisible or direction marks; plain apostrophes. */
export function cleanse(text: string): string {
  // NFKC would take the lone acute accent apart, and makes apostrophes of other signs: before and after.
  const begun = plainApostrophes(bound(text).toWellFormed().replace(MORE_MARKS, '$1'));
  return plainApostrophes(bound(begun.normalize('NFKC')))
    .replace(/[\t\r\n\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\uFE00-\uFE0F]|(?!\n)\p{Cc}/gu, '')
    .replace(MORE_MARKS, '$1')
    .replace(/\uFFFD/gu, ' ')
    .normalize('NFC');
}

/** So many marks on one letter are told apart; a thousand of them are slow to put in order. */
const MORE_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Folds accents of Latin, Greek and Cyrillic letters and the vowel signs of Arabic; other scripts keep their marks. */
export function foldAccents(text: string): string {
  if (ASCII.test(text)) return text;
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036F\u064B-\u065F\u0670\u0640]/gu, '')
    .replace(/[łđøıßæœðþאىة]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}

const ASCII = /^[\0-\x7f]*$/;

const LETTERS: Partial<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  ى: 'ي',
  ة: 'ه',
};

function plainApostrophes(text: string): string {
  return text.replace(/[\u2018\u2019\u201A\u201B\u02BC\u02B9\u00B4\u0060\u2032\uFF07\u05F3]/gu, "'");
}

function bound(text: string): string {
  return text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} ${text.slice(1 - TAIL)}`.toWellFormed();
}

function squeeze(word: string, to: 1 | 2): string {
  if (!repeats(word)) return word;
  return word.replace(/(\p{L})\1{2,}/gu, to === 1 ? '$1' : '$1$1');
}

/** A quick look: one unit three times in a row, or letters of two units. */
function repeats(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const unit = word.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xe000) return true;
    if (unit === word.charCodeAt(at + 1) && unit === word.charCodeAt(at + 2)) return true;
  }
  return false;
}

function splitHan(word: string): string[] {
  if (!/\p{Script=Han}/u.test(word)) return [word];
  const pieces = word.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? [];
  return pieces.map((piece) => piece.replace(/^'|'$/g, '')).filter((piece) => piece !== '');
}
