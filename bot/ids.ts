// Fresh identifiers: for cases and mails, and the short codes that a person can read out on the phone.
// Which comune a code begins with is left to whoever makes the case.
import { randomInt, randomUUID } from 'node:crypto';

/** Without 0, 1, I and O, which are misheard and misread. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const ids = {
  uuid: (): string => randomUUID(),
  /** Five characters: 33 million codes for each comune. */
  code: (): string => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
};
