// How a button names a case: `prc-7f3k2.1`, its code and part; a case without a code by its id. No word of the person.
// What a button does is left to bot/cases/person.
import type { Case } from './types.ts';

/** In ids of choices: lower case, no spaces, two segments (`prc-7f3k2`, `1`) or one (an id). */
export function refOf({ code, part, id }: Pick<Case, 'code' | 'part' | 'id'>): string {
  return code === null ? id : `${code.toLowerCase()}.${part}`;
}

/** The case among these that the ref names. */
export function byRef<One extends Pick<Case, 'code' | 'part' | 'id'>>(
  cases: readonly One[],
  ref: string,
): One | undefined {
  return cases.find((made) => refOf(made) === ref);
}
