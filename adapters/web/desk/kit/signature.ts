// The name an operator signs with, as citizens and colleagues may read it: a name and nothing that could be taken for more.
// Asking for it, and again where it was no name, is left to guard.ts.
import { line } from '../../../../bot/mail/clean.ts';

const LONGEST = 40;
/** `dott.ssa` and initials are no addresses; `prova.example` is. */
const ADDRESS = /[@/\\:]|www\.|[\p{L}\p{N}]{2,}\.(?!ss[ae]\b)[\p{L}\p{N}]{2,}/iu;

/** Letters, spaces, apostrophes, dots and hyphens; `undefined` where it holds an address or no letter at all. */
export function signatureOf(typed: string): string | undefined {
  if (ADDRESS.test(typed)) return undefined;
  const name = line(typed.replace(/[^\p{L}\p{M}\s'’.-]+/gu, ' '), LONGEST)
    .replace('…', '')
    // `A.Rossi` is a name, and a chat would make a link of it.
    .replace(/\.(?!ss[ae]\b)(?=\p{L}{2})/giu, '. ')
    .trim();
  return /\p{L}/u.test(name) ? name : undefined;
}
