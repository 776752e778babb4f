// Numbers that keep their order in text written from right to left. There, two groups of digits would change places.
// Which text needs it is left to the callers.
import { el } from './dom.ts';

/** Never beyond the end of a line. */
const NUMBERS = /(\+?\d[\d \u00a0./:–-]*\d)/;

/** How that text runs, for words whose language nobody has told. */
export function writtenDir(text: string): 'ltr' | 'rtl' {
  return /[\u0590-\u08ff]/.test(text) ? 'rtl' : 'ltr';
}

/** A name, which may be of another language than what is around it: it runs as it is written. */
export function named(name: string, dir: string): (Node | string)[] {
  return dir === 'rtl' ? [el('bdi', {}, ...isolate(name, writtenDir(name)))] : [name];
}

/** The text with each number of several groups set apart; as it is where it runs from left to right. */
export function isolate(text: string, dir: string): (Node | string)[] {
  if (dir !== 'rtl') return [text];
  return text.split(NUMBERS).map((part, index) => (index % 2 === 1 ? el('bdi', { dir: 'ltr' }, part) : part));
}
