// What is known by its shape alone: mail addresses, links, codes, dates of birth, long numbers. Each leaves a mark.
// Names and addresses, which are known by the words around them, are left to names.ts and addresses.ts.
import type { Lists } from './words.ts';

/** One private character for each kind of thing taken out: no other rule can read it as a word. */
export const MARKS = {
  name: '\uE000',
  address: '\uE001',
  place: '\uE002',
  number: '\uE003',
  mail: '\uE004',
  link: '\uE005',
  code: '\uE006',
  date: '\uE007',
} as const;
export type Mark = keyof typeof MARKS;

const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}])';

const SPOKEN_MAIL = new RegExp(
  `(?:\\S{1,40}\\s(?:punto|dot|point|punct|trattino|underscore)\\s){0,4}\\S{1,60}\\s(?:chiocciola|chiocciolina|arroba|arobase)\\s\\S{1,60}(?:\\s(?:punto|dot|point|punct|ponto)\\s\\p{L}{2,20}){0,3}`,
  'giu',
);
const ENGLISH_MAIL = /\S{1,60}\sat\s\S{1,60}(?:\sdot\s\p{L}{2,20}){1,3}/giu;
const MAIL = /[^\s@<>()]{1,100}@[^\s@<>()]{1,100}\.[^\s@<>()]{1,60}/gu;
const HANDLE = /@[\p{L}\p{N}_.]{2,40}/gu;
const LINK =
  /(?:https?:\/\/|www\.)\S+|(?<![\p{L}\p{N}])[\p{L}\p{N}-]{1,60}(?:\.[\p{L}\p{N}-]{1,60}){0,4}\.(?:it|com|org|net|eu|ro|al|gov|edu|fr|es|de|pt|br|me|io|app|info|example|lk|cn|ma|ua|ru|uk)(?:\/\S*|(?![\p{L}\p{N}]))/giu;
const TAX_CODE = /\p{L}{6}[\s-]?\d\p{L}?[\s-]?\d?[\s-]?\p{L}\s?\d{2}[\s-]?\p{L}\s?\d{3}[\s-]?\p{L}/gu;
const IBAN = new RegExp(`${BEFORE}[A-Z]{2}\\d{2}(?:\\s?[A-Z0-9]{4}){3,7}(?:\\s?[A-Z0-9]{1,4})?${AFTER}`, 'giu');
const PLATE = new RegExp(`${BEFORE}[A-Z]{2}[\\s-]?\\d{3}[\\s-]?[A-Z]{2}${AFTER}`, 'gu');
const SAID_PLATE = /(targa\s)[a-z]{2}[\s-]?\d{3}[\s-]?[a-z]{2}(?!\p{L})/giu;
const CASE_CODE = new RegExp(`${BEFORE}[A-Z]{3}\\s?-\\s?(?=[A-Z]*\\d|[A-Z]{5}${AFTER})[2-9A-Z]{5}${AFTER}`, 'gu');
const SMALL_CASE_CODE = new RegExp(`${BEFORE}[a-z]{3}\\s?-\\s?(?=[a-z]{0,4}\\d)[2-9a-z]{5}${AFTER}`, 'giu');
const REFERENCE = new RegExp(
  `${BEFORE}(pratica|protocollo|prot|fascicolo|contratto|utenza|cliente|tessera|matricola|polizza|verbale|sentenza|dossier|dosar|dosarul|expediente|processo|reference|ref|file|pod|pdr|nr|num|numero|number|no|n)([.°:º#\\s]{1,4})(?:(?:n|nr|no|num|numero)[.°º:\\s]{1,3})?[\\p{L}\\p{N}/-]{0,6}\\d[\\p{L}\\p{N}/-]{2,20}`,
  'giu',
);
const MIXED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}]+(?:[-_/][\p{Script=Latin}\p{Script=Cyrillic}\p{Nd}]+)*/gu;
const NUMERIC_DATE = new RegExp(
  `${BEFORE}(?:\\d{1,2}\\s?[./-]\\s?\\d{1,2}\\s?[./-]\\s?(?:19|20)?\\d{2}|(?:19|20)\\d{2}[./-]\\d{1,2}[./-]\\d{1,2})${AFTER}`,
  'gu',
);
/** Any five digits, whatever stands between them. */
const LONG_NUMBER = /\+?\(?\p{Nd}(?:(?:[\s./()\-–—_,:;*']|\u20E3){0,4}\p{Nd}){4,}/gu;
/** "7 figli", "1200euro": a number that counts what follows is no code. */
const COUNTED = /^\d{1,4}\p{L}{3,}$/u;

/** Takes out whatever has the shape of something personal. `prefixes` begin the codes of our own cases. */
export function createShapes({ births, months, digits, units }: Lists, prefixes: string[]): (text: string) => string {
  const ownCode = new RegExp(`${BEFORE}(?:${prefixes.join('|')})[\\s.-]{0,3}[2-9A-HJ-NP-Z]{5}${AFTER}`, 'gu');
  const spelledCode = new RegExp(
    `${BEFORE}(?:${prefixes.join('|')})[\\s.-]{0,3}(?=[a-z]{0,4}\\d)[2-9a-z]{5}${AFTER}`,
    'giu',
  );
  const month = `(?:${months.join('|')})`;
  const longDate = new RegExp(
    `${BEFORE}(?:\\d{1,2}(?:st|nd|rd|th|º|°)?[\\s,.]{1,2}(?:di |de |d')?${month}[\\s,.]{1,2}(?:del |de |of )?(?:19|20)\\d{2}|${month}\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s(?:19|20)\\d{2})${AFTER}`,
    'giu',
  );
  const birth = new RegExp(
    `${BEFORE}((?:${births.join('|')})${AFTER})(?:[\\s,:'’]{1,2}(?!(?:e|ed|and|ho|have|con|with|si|y|et|dhe)${AFTER})\\p{L}{1,15}){0,4}[\\s,:'’]{1,2}\\d[\\d./-]*(?![\\d./-]|\\s?(?:${[...units].join('|')})${AFTER})(?:\\s?(?:di |de )?${month}(?:\\s(?:del |de )?\\d{2,4})?)?`,
    'giu',
  );
  const saidNumber = new RegExp(
    `${BEFORE}(?:(?:${digits.join('|')}|\\d{1,4})${AFTER}[\\s,.-]{0,3}){4,}(?:${digits.join('|')}|\\d{1,4})${AFTER}`,
    'giu',
  );
  const put = (kind: Mark): string => ` ${MARKS[kind]} `;
  return (text) =>
    text
      .replace(SPOKEN_MAIL, put('mail'))
      .replace(ENGLISH_MAIL, put('mail'))
      .replace(MAIL, put('mail'))
      .replace(HANDLE, put('name'))
      .replace(LINK, put('link'))
      .replace(TAX_CODE, put('code'))
      .replace(IBAN, put('code'))
      .replace(ownCode, put('code'))
      .replace(spelledCode, put('code'))
      .replace(CASE_CODE, put('code'))
      .replace(SMALL_CASE_CODE, put('code'))
      .replace(PLATE, put('code'))
      .replace(SAID_PLATE, `$1${put('code')}`)
      .replace(longDate, put('date'))
      .replace(NUMERIC_DATE, put('date'))
      .replace(birth, `$1${put('date')}`)
      .replace(REFERENCE, `$1${put('code')}`)
      .replace(MIXED, (word) => (isCode(word) ? put('code') : word))
      .replace(LONG_NUMBER, put('number'))
      .replace(saidNumber, put('number'));
}

/** Letters and digits mixed: a code; but "3andi" and "ma3andich" are words of Darija, and "100euro" is a sum. */
function isCode(word: string): boolean {
  const digits = word.match(/\d/g)?.length ?? 0;
  if (word.length < 5 || digits === 0 || digits === word.length || COUNTED.test(word)) return false;
  if (!/\p{L}/u.test(word)) return false;
  return digits >= 3 || (digits >= 2 && word === word.toUpperCase());
}
