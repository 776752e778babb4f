// The code of a sheet of paper: ten characters of Crockford's base 32, in two groups, as they are read over the telephone.
// Drawing one is left to ids.ts, what it opens to the store and adapters/web/paper.

export const SHEET_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: with a few wrong tries an hour nobody finds one by guessing. */
export const SHEET_LENGTH = 10;

/** Small letters, spaces and dashes do not matter; O is 0, I and L are 1. Undefined where it can be no code. */
export function readSheetCode(text: string): string | undefined {
  const said = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._:/]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const isCode = said.length === SHEET_LENGTH && [...said].every((letter) => SHEET_LETTERS.includes(letter));
  return isCode ? said : undefined;
}

/** `K7M2Q-9XTA4`. */
export function showSheetCode(code: string): string {
  return `${code.slice(0, SHEET_LENGTH / 2)}-${code.slice(SHEET_LENGTH / 2)}`;
}
