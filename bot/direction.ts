// Which way a language is written, and how a name or a number keeps its own order inside it.
// How a page or a card shows it is left to its adapter.

export type Direction = 'ltr' | 'rtl';

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ps', 'ur'];

/** `language`: BCP 47, at least its first part. */
export function directionOf(language: string): Direction {
  return RIGHT_TO_LEFT.includes(language.slice(0, 2)) ? 'rtl' : 'ltr';
}

const FIRST_STRONG = '\u2068';
const POP = '\u2069';
/** Keeps its order by itself; and a mark at the end of an address could be taken for a part of it by who makes a link of it. */
const ONE_WORD = /^\S*$/;

/**
 * What is put into a text that runs the other way, with invisible marks around it: otherwise "Comune di Porcari: 0583 21181"
 * is shown with its parts changed about. Unchanged where the text runs from left to right, or the value has nothing that
 * does.
 */
export function isolate(value: string, language: string): string {
  if (directionOf(language) === 'ltr' || !/[\p{Script=Latin}\d]/u.test(value) || ONE_WORD.test(value)) return value;
  return value.includes(FIRST_STRONG) ? value : `${FIRST_STRONG}${value}${POP}`;
}
