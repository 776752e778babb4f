// Fresh identifiers: for cases and mails, and the short codes that a person can read out on the phone.
// Which comune a code begins with is left to whoever makes the case.
import { randomInt, randomUUID } from 'node:crypto';
import { SHEET_LENGTH, SHEET_LETTERS } from './sheet/code.ts';

/** Without 0, 1, I and O, which are misheard and misread. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const ids = {
  uuid: (): string => randomUUID(),
  /** Five characters: 33 million codes for each comune. */
  code: (): string => drawn(LETTERS, 5),
  /** For a sheet of paper, which opens by it alone. */
  sheet: (): string => drawn(SHEET_LETTERS, SHEET_LENGTH),
};

function drawn(letters: string, length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}
