// A desk in words: phone, hours, opening, freshness, each as one line. Nothing here that the directory does not say.
// The layout of a whole card is left to card.ts.
import type { ComuneId } from '../flows/types.ts';
import type { Desk, Phone } from './ports.ts';
import type { View } from './talk.ts';
import { say } from './talk.ts';
import { factDate, hoursInWords, openingInWords } from './when.ts';

export interface DeskLines {
  name: string;
  phones: Phone[];
  hours: string | undefined;
  opening: string | undefined;
  freshness: string;
  appointment: string | undefined;
}

export function deskLines(talk: View, desk: Desk, comune: ComuneId): DeskLines {
  const words = say(talk);
  const { language } = talk.state;
  const opening = talk.env.calendar.opening(desk, comune, talk.at);
  const spoken = desk.hours && hoursInWords(desk.hours.value, words, language);
  const unsure = desk.hours?.confirm ? ` (${words('result:fact_confirm')})` : '';
  const kept = desk.appointment?.value;
  return {
    name: desk.name,
    phones: desk.phones.map((phone) => phone.value),
    hours: spoken && words('result:hours', { hours: spoken + unsure }),
    opening:
      openingInWords(opening, talk.at, words, language) ?? (desk.hours ? undefined : words('result:hours_unknown')),
    freshness: freshness(talk, desk),
    appointment:
      kept === 'required'
        ? words('result:appointment_required')
        : kept === 'referral_only'
          ? words('result:referral_only')
          : undefined,
  };
}

/** One line to call: name, first number, whether somebody answers now. */
export function callLine(talk: View, desk: Desk, comune: ComuneId): string {
  const lines = deskLines(talk, desk, comune);
  return say(talk)('common:human_line', {
    name: lines.name,
    phone: lines.phones[0]?.shown ?? '',
    opening: lines.opening ?? '',
  }).trim();
}

/** The oldest date among what is shown, and whether any of it must be confirmed. */
function freshness(talk: View, desk: Desk): string {
  const facts = [...desk.phones, ...(desk.email ? [desk.email] : []), ...(desk.hours ? [desk.hours] : [])];
  const dates = facts.map((fact) => fact.date).toSorted();
  const oldest = dates.find((date) => /^\d/.test(date));
  const words = say(talk);
  const date = oldest && factDate(oldest, talk.state.language);
  if (!date || dates.some((one) => !/^\d/.test(one))) return words('result:fresh_undated');
  return words(facts.some((fact) => fact.confirm) ? 'result:fresh_confirm' : 'result:fresh', { date });
}
