// "Domani non ce la faccio", said where an appointment waits: no more than that somebody cannot come.
// Who has an appointment, and what follows, is left to the conversation; every word beyond these leaves the cry a cry.
import type { Words } from '../words.ts';
import { allOf, divided, longestStart } from './leave.ts';

const LONGEST = 120;

/** Only where nothing else is said, and when or that it is about coming is. */
export function isOnlyCannot(text: string, words: Words): boolean {
  let rest = divided(text);
  if (rest === '' || rest.length > LONGEST) return false;
  const lists = { cannot: allOf('floor:said_cannot', words), when: allOf('floor:said_when', words) };
  const beside = [...allOf('floor:said_beside', words), ...allOf('floor:said_cannot_beside', words)];
  const found = { cannot: false, when: false };
  while (rest !== '') {
    const phrase = /^\d{1,2}(?= |$)/.exec(rest)?.[0] ?? longestStart(rest, [...lists.cannot, ...lists.when], beside);
    if (phrase === undefined) return false;
    found.cannot ||= lists.cannot.includes(phrase);
    found.when ||= lists.when.includes(phrase);
    rest = rest.slice(phrase.length).trimStart();
  }
  return found.cannot && found.when;
}
