// The facts of a desk as citizens see them, in words and with their dates, for who must say whether they still hold.
// Which desks belong together is left to owners.ts; how they look in a mail or on a page to those.
import { dayWords } from '../mail/dates.ts';
import type { Desk, DeskCheck, Fact } from '../ports.ts';
import { factDate, hoursInWords } from '../when.ts';
import type { Say } from '../words.ts';

/** What may be corrected one by one; everything else goes in words. */
export const FIELDS = ['phone', 'hours', 'address', 'email'] as const;
export type Field = (typeof FIELDS)[number];

export function isField(text: string): text is Field {
  return FIELDS.some((field) => field === text);
}

export interface ShownFact {
  field: Field | 'appointment';
  /** As it is kept in the directory; empty: not known. */
  kept: string;
  /** As citizens read it. */
  shown: string;
  /** Where the date comes from, in words. */
  dated: string;
}

/** In the order of a card; fields that may be corrected are there also when nothing is known. */
export function shownFacts(desk: Desk, say: Say, check: DeskCheck | undefined): ShownFact[] {
  const one = <T>(
    field: ShownFact['field'],
    fact: Fact<T> | undefined,
    words: (value: T) => { kept: string; shown: string },
  ): ShownFact[] => {
    if (fact) return [{ field, ...words(fact.value), dated: dateOf(fact, say, check) }];
    return field === 'appointment' ? [] : [{ field, kept: '', shown: say('fresh:unknown'), dated: '' }];
  };
  const text = (value: string): { kept: string; shown: string } => ({ kept: value, shown: value });
  const phones = desk.phones.length > 0 ? desk.phones : [undefined];
  return [
    ...phones.flatMap((phone) =>
      one('phone', phone, ({ shown }) => ({
        kept: shown,
        shown: desk.fallback ? say('fresh:switchboard', { phone: shown }) : shown,
      })),
    ),
    ...one('hours', desk.hours, (osm) => ({ kept: osm, shown: hoursInWords(osm, say, 'it') ?? osm })),
    ...one('address', desk.address, text),
    ...one('email', desk.email, text),
    ...one('appointment', desk.appointment, (kind) => ({ kept: kind, shown: say(`fresh:appointment.${kind}`) })),
  ];
}

/** What the directory holds of that field now; for a phone one of several, told by itself. */
export function keptNow(desk: Desk, field: Field, before: string): string {
  if (field === 'phone') return desk.phones.some(({ value }) => value.shown === before) ? before : '';
  return (field === 'hours' ? desk.hours : field === 'address' ? desk.address : desk.email)?.value ?? '';
}

function dateOf(fact: Fact<unknown>, say: Say, check: DeskCheck | undefined): string {
  if (check?.verifiedAt) return say('fresh:dated.verified', { day: dayWords(check.verifiedAt, 'it') });
  const date = factDate(fact.date, 'it');
  return date ? say('fresh:dated.read', { date }) : say('fresh:dated.undated');
}
