// A desk in words: phone, hours, opening, freshness, each as one line. Nothing here that the directory does not say.
// The layout of a whole card is left to card.ts.
import type { ComuneId } from '../flows/types.ts';
import { deskName } from './desk-name.ts';
import { isStale } from './fresh/checks.ts';
import { romeDay } from './fresh/months.ts';
import { dayWords } from './mail/dates.ts';
import type { Desk, DeskCheck, Fact, Phone } from './ports.ts';
import { say } from './talk.ts';
import type { Environment, View } from './talk.ts';
import { factDate, hoursInWords, openingInWords } from './when.ts';

export interface DeskLines {
  name: string;
  phones: Phone[];
  hours: string | undefined;
  opening: string | undefined;
  freshness: string;
  /** The desk has not answered for long whether all this still holds. */
  stale: boolean;
  appointment: string | undefined;
}

/** As much of a talk as the facts of a desk take; a page has that much too. */
interface FactsView extends Pick<View, 'at' | 'state'> {
  env: Pick<Environment, 'words' | 'calendar' | 'freshness'>;
}

export function deskLines(talk: FactsView, desk: Desk, comune: ComuneId): DeskLines {
  const words = say(talk);
  const { language } = talk.state;
  const opening = talk.env.calendar.opening(desk, comune, talk.at);
  const spoken = desk.hours && hoursInWords(desk.hours.value, words, language);
  const check = talk.env.freshness(desk.id);
  const unsure = desk.hours?.confirm && !holds(check) ? ` (${words('result:fact_confirm')})` : '';
  const kept = desk.appointment?.value;
  return {
    name: deskName(desk, talk.env.words, language),
    phones: desk.phones.map((phone) => phone.value),
    hours: spoken && words('result:hours', { hours: spoken + unsure }),
    opening:
      openingInWords(opening, talk.at, words, language) ?? (desk.hours ? undefined : words('result:hours_unknown')),
    freshness: freshness(talk, desk),
    stale: isStale(check, talk.at),
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

/** What the desk itself verified last, else the oldest date among what is shown, and whether any of it must be confirmed. */
function freshness(talk: FactsView, desk: Desk): string {
  const { language } = talk.state;
  const words = say(talk);
  const check = talk.env.freshness(desk.id);
  if (isStale(check, talk.at)) return staleWords(talk, desk, check);
  if (holds(check)) return words('result:fresh_verified', { day: dayWords(check.verifiedAt, language) });
  const facts = shownFacts(desk);
  const date = oldestDate(facts);
  const said = date && factDate(date, language);
  if (!said) return words('result:fresh_undated');
  return words(facts.some((fact) => fact.confirm) ? 'result:fresh_confirm' : 'result:fresh', { date: said });
}

function holds(check: DeskCheck | undefined): check is DeskCheck & { verifiedAt: Date } {
  return check !== undefined && check.verifiedAt !== null;
}

/** Nobody has answered for long: since when it is known, and to telephone first. */
function staleWords(talk: FactsView, desk: Desk, check: DeskCheck | undefined): string {
  const words = say(talk);
  const known = [oldestDate(shownFacts(desk)), holds(check) ? romeDay(check.verifiedAt) : undefined];
  const date = known
    .filter((one) => one !== undefined)
    .toSorted()
    .at(-1);
  if (!date) return words('result:fresh_undated');
  const [year = '', month] = date.split('-');
  if (!month) return words('result:fresh_stale_year', { year });
  return words('result:fresh_stale', { month: factDate(`${year}-${month}`, talk.state.language) ?? year });
}

function shownFacts({ phones, email, hours }: Desk): Fact<unknown>[] {
  return [...phones, ...(email ? [email] : []), ...(hours ? [hours] : [])];
}

/** `undefined` where one of them has none: then it may be older than all the others. */
function oldestDate(facts: Fact<unknown>[]): string | undefined {
  const dates = facts.map((fact) => fact.date).toSorted();
  return dates.every((date) => /^\d/.test(date)) ? dates[0] : undefined;
}
