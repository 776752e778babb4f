// Puts the name of the comune in place of a frazione or a postal code: nothing smaller than a comune is kept.
// Streets and houses are left to addresses.ts.
import type { Comune, Frazione } from '../ports.ts';
import type { Token } from './tokens.ts';
import type { Lists } from './words.ts';
import { fold, wordsIn } from './words.ts';

const LONGEST = 6;

/** Names that several comuni have are taken out. */
export function createPlaces(comuni: Comune[], frazioni: Frazione[], lists: Lists): (tokens: Token[]) => void {
  const nameOf = new Map(comuni.map(({ id, name }) => [id, name]));
  const places = new Map<string, string | null>();
  for (const { name, comune, aliases } of frazioni)
    for (const form of [name, ...aliases]) {
      const key = wordsIn(form).map(fold).join(' ');
      const said = nameOf.get(comune) ?? null;
      places.set(key, places.has(key) && places.get(key) !== said ? null : said);
    }
  const isComune = (key: string): boolean => comuni.some(({ name }) => fold(name) === key);
  return (tokens) => {
    for (let start = 0; start < tokens.length; start += 1)
      for (let length = Math.min(LONGEST, tokens.length - start); length > 0; length -= 1) {
        const span = tokens.slice(start, start + length);
        const key = span.map(({ folded }) => folded).join(' ');
        const said = places.get(key);
        if (said === undefined || (lists.commonPlaces.has(key) && !span[0]?.capital)) continue;
        if (!isComune(key)) put(span, said);
        start += length - 1;
        break;
      }
  };
}

function put(span: Token[], said: string | null): void {
  for (const [index, token] of span.entries())
    if (said === null) token.mark = 'place';
    else {
      token.instead = index === 0 ? said : '';
      if (index > 0) token.gap = '';
    }
}
