// Reads the one way to be reached that a person types: a phone of any country or an e-mail, with words around it.
// What is asked when it cannot be read is left to request-steps.ts and its words.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneNumber } from 'libphonenumber-js/max';
import type { CaseDetails } from './ports.ts';

export type Contact = NonNullable<CaseDetails['contact']>;

/** `short`: a plausible Italian landline with few digits, to be read again; `several`: more than one number. */
export type ContactRead =
  | { ok: true; contact: Contact }
  | { ok: false; problem: 'short'; contact: Contact }
  | { ok: false; problem: 'wrong'; number: string }
  | { ok: false; problem: 'several' | 'none' };

const EMAIL = /[^\s@<>()[\],;:"]{1,64}@[^\s@<>()[\],;:"]{1,190}\.[a-z]{2,24}/giu;
/** Runs of digits with the marks people put between them. */
const NUMBER = /\+?\d[\d\s./()-]{3,24}\d/g;
/** Landlines of the Piana have six digits after the prefix; five are rare enough to ask again. */
const USUAL_LANDLINE = 10;

export function readContact(text: string): ContactRead {
  const emails = text.match(EMAIL) ?? [];
  const numbers = text.replace(EMAIL, ' ').match(NUMBER) ?? [];
  if (emails.length + numbers.length > 1) return { ok: false, problem: 'several' };
  const [email] = emails;
  if (email) return { ok: true, contact: { kind: 'email', value: email, shown: email } };
  const [number] = numbers;
  if (!number) return shortNumber(text);
  const phone = parsePhoneNumberFromString(number, 'IT');
  if (!phone?.isValid()) return { ok: false, problem: 'wrong', number: number.trim() };
  const contact: Contact = { kind: 'phone', value: phone.number, shown: shownNumber(phone, text) };
  return isShortLandline(phone) ? { ok: false, problem: 'short', contact } : { ok: true, contact };
}

/** Without what stood beside a number: it was no hint for who calls. */
export function bareContact(contact: Contact): Contact {
  return contact.kind === 'phone' ? { ...contact, shown: contact.shown.replace(/ \(.*\)$/s, '') } : contact;
}

/** What was said beside it: who to ask for, when to call, who reads along. */
export function besideContact(text: string): string {
  const rest = text.replace(EMAIL, ' ').replace(NUMBER, ' ').replace(/\s+/g, ' ');
  return rest.replace(/^[\s,;.:)-]+|[\s,;:(-]+$/g, '');
}

function shortNumber(text: string): ContactRead {
  const digits = /\d[\d ]*/.exec(text);
  return digits ? { ok: false, problem: 'wrong', number: digits[0].trim() } : { ok: false, problem: 'none' };
}

function isShortLandline(phone: PhoneNumber): boolean {
  return (
    phone.countryCallingCode === '39' &&
    phone.nationalNumber.startsWith('0') &&
    phone.nationalNumber.length < USUAL_LANDLINE
  );
}

/** "339 123 4567 (chiedere di ...)": what stood beside the number goes with it. */
function shownNumber(phone: PhoneNumber, text: string): string {
  const shown = phone.countryCallingCode === '39' ? phone.formatNational() : phone.formatInternational();
  const beside = besideContact(text);
  return beside.length > 2 && beside.length <= 80 ? `${shown} (${beside})` : shown;
}
