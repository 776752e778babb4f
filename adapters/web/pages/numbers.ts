// Numbers of several groups among words that are read from the right: "0583 211899" would be shown as "211899 0583".
// Names in such words are set apart by who writes the page.
import { directionOf } from '../../../bot/direction.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** Telephones, hours from-to, dates in figures; also inside the marks that a text may have for it. Not the digits of an address. */
const NUMBERS = /(?<![\p{L}\d.@])(\+?\d[\d ./:–-]*\d)(?!\d|[.@]?\p{L})/u;

/** The text with each of its numbers kept in its order; as it is where the language runs from the left. */
export function numbersIn(text: string, language: string): Html {
  if (directionOf(language) === 'ltr') return html`${text}`;
  const parts = text.split(NUMBERS);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<bdi dir="ltr">${part}</bdi>` : html`${part}`))}`;
}
