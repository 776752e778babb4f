// Numbers that keep their order in text written from right to left. There, two groups of digits would change places.
// Which text needs it is left to the callers.
import { el } from './dom.ts';

const NUMBERS = /(\+?\d[\d\s./:–-]*\d)/;

/** How that text runs, for words whose language nobody has told. */
export function writtenDir(text: string): 'ltr' | 'rtl' {
  return /[\u0590-\u08ff]/.test(text) ? 'rtl' : 'ltr';
}

/** The text with each number of several groups set apart; as it is where it runs from left to right. */
export function isolate(text: string, dir: string): (Node | string)[] {
  if (dir !== 'rtl') return [text];
  return text.split(NUMBERS).map((part, index) => (index % 2 === 1 ? el('bdi', { dir: 'ltr' }, part) : part));
}
