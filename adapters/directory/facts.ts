// From a value in the files to a fact that may be shown; values recalled from memory or unknown stop here.
// What counts as a desk is left to desks.ts.
import parsePhone from 'libphonenumber-js/max';
import type { Fact, Phone } from '../../bot/ports.ts';
import type { PhoneEntry, Provenance, Value } from './shape.ts';

function shown<T>(value: T, entry: Provenance): Fact<T> | undefined {
  const { status, source, date, confirm } = entry;
  if (status !== 'SEED' && status !== 'FOUND') return undefined;
  return { value, status, source, date, confirm };
}

/** The fact, or undefined where nothing may be shown. */
export function fact<T>(entry: Value<T> | undefined): Fact<T> | undefined {
  return entry && shown(entry.value, entry);
}

/** Italian numbers may be shorter, but those are rarer than a digit left out. */
const FEWEST_DIGITS = 8;

/** A number that can be called: Italian numbers as `tel:+39...`, short ones as `tel:112`; undefined where it is neither. */
export function toPhone(number: string): Phone | undefined {
  const digits = number.replaceAll(' ', '');
  if (/^[18]\d{2,5}$/.test(digits)) return { shown: number, uri: `tel:${digits}` };
  if (digits.length < FEWEST_DIGITS) return undefined;
  const parsed = parsePhone(number, 'IT');
  return parsed?.isValid() ? { shown: number, uri: parsed.getURI() } : undefined;
}

/** The phone as a fact, or undefined where it may not be shown. */
export function phoneFact(entry: PhoneEntry): Fact<Phone> | undefined {
  const phone = toPhone(entry.number);
  return phone && shown(phone, entry);
}
