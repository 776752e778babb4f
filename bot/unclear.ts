// Words that the bot did not understand, or understood wrongly, gathered while a message is answered.
// Taking names and places out of them, keeping them and forgetting them is left to whoever reads `Talk.unclear`.
import type { Need } from '../flows/types.ts';
import type { Decoded } from './decoder/types.ts';
import type { Told } from './state.ts';
import type { Talk } from './talk.ts';

export interface Unclear {
  /** As the person wrote it, cut to 1000 characters: not yet fit to be kept. */
  text: string;
  /** ISO 639-1. */
  lang: string;
  why: 'not_understood' | 'corrected';
  /** What the bot took it for. */
  said: Need | null;
  /** What the person then said it was. */
  corrected?: Need;
}

const LONGEST = 1000;

/** The words of this message, to learn from; null for a cry for help, and for what is typed into a request. */
export function toldNow({ decoded, hit, incoming, state }: Talk): Told {
  if (hit || state.floor || state.request || incoming.text.trim() === '') return null;
  if (decoded && speaksOfDanger(decoded)) return null;
  return { text: incoming.text.slice(0, LONGEST), lang: decoded?.lang ?? state.language };
}

/** From here on the decoder's own doubt of a danger keeps words out, in this turn and in those that come back to it. */
const DOUBT = 0.2;

export function speaksOfDanger({ urgency, danger }: Decoded): boolean {
  return urgency === 'emergency' || danger >= DOUBT;
}

/** Adds words to those to learn from; never while a danger is open. */
export function gather(talk: Talk, told: Told, what: Omit<Unclear, 'text' | 'lang'>): void {
  if (told && !talk.state.floor && !talk.hit) talk.unclear.push({ ...told, ...what });
}
