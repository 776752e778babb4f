// Takes out of a text whatever may tell who wrote it or where they live, and keeps the words of the need.
// Careful, not certain: who may read what is left, and for how long, is for the queue to bound.
import { cleanse } from '../decoder/normalise.ts';
import type { Comune, Frazione } from '../ports.ts';
import { createAddresses } from './addresses.ts';
import { takeHan } from './han.ts';
import { createNames } from './names.ts';
import { createPlaces } from './places.ts';
import { MARKS, createShapes } from './shapes.ts';
import { fromTokens, toTokens } from './tokens.ts';
import type { Lists } from './words.ts';

/** Pure; any text, in bounded time. What was taken out is told by its kind: "[name]", "[number]". */
export type Redact = (text: string) => string;

/** Longest text that is kept, in characters. */
const LONGEST = 300;
/** So much of a text is looked at: more than can be kept. */
const READ = 1000;

export function createRedact({
  comuni,
  frazioni,
  lists,
}: {
  comuni: Comune[];
  frazioni: Frazione[];
  lists: Lists;
}): Redact {
  const shapes = createShapes(
    lists,
    comuni.map(({ code }) => code),
  );
  const places = createPlaces(comuni, frazioni, lists);
  const addresses = createAddresses(lists);
  const names = createNames(lists);
  return (text) => {
    const begun = takeHan(shapes(cut(cleanse(text), READ)));
    const read = toTokens(begun);
    addresses(read.tokens);
    places(read.tokens);
    names(read.tokens);
    return cut(spelt(fromTokens(read)), LONGEST);
  };
}

/** True where words are left beside what was taken out. */
export function saysSomething(redacted: string): boolean {
  return /\p{L}{2}/u.test(redacted.replace(/\[[a-z]+\]/g, ''));
}

function spelt(text: string): string {
  let said = text;
  for (const [kind, mark] of Object.entries(MARKS))
    said = said.replace(new RegExp(`${mark}(?:[\\s,.]*${mark})*`, 'gu'), `[${kind}]`);
  return said
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim();
}

/** Cut between two words. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const part = text.slice(0, length).toWellFormed();
  const space = part.search(/\s\S*$/);
  return part.slice(0, space > length / 2 ? space : length).trimEnd();
}
