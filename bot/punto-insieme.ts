// What the Punto Insieme asks first, as far as it can be known before anybody asks: whether the request is for it, an age, a hospital.
// The questions are flows/request.ts's; what the desk makes of the answers is its own.
import type { Need } from '../flows/types.ts';
import type { Case, CaseDetails } from './ports.ts';
import { plain } from './options.ts';
import type { RequestPart } from './request-parts.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { factDate } from './when.ts';

/** The 30 days within which care is to begin, as the Region once announced it. */
const PROMISE = 'punto-insieme-30-giorni';

const ITS_NEEDS: (Need | 'unclear')[] = ['elderly_care', 'disability', 'caregiver'];

/** A part that the Punto Insieme answers for; through the segretariato, where it has no inbox of its own. */
export function isForPuntoInsieme({ desk, needs }: RequestPart): boolean {
  return desk.service === 'punto_insieme' || needs.some(({ need }) => ITS_NEEDS.includes(need));
}

/** "Mia madre ha 84 anni": told already, so not asked. */
export function ageTold(talk: Talk): Pick<CaseDetails, 'puntoInsieme'> {
  const unit = talk.env.words.languages.flatMap((language) => talk.env.words.list(language, 'request:age.units'));
  const said = talk.state.told ? plain(talk.state.told.text) : '';
  const ages = [...said.matchAll(/\b(\d{1,3})(?: de)? (\p{L}+)/gu)].filter(([, , word = '']) => unit.includes(word));
  const age = ages.length === 1 ? ages[0]?.[1] : undefined;
  return age === undefined ? {} : { puntoInsieme: { age } };
}

/** A hospital was named, or the need is for the coming days: when the person comes home then matters most. */
export function namesHospital(talk: Talk, { details }: Case): boolean {
  const said = talk.state.told ? ` ${plain(talk.state.told.text)} ` : ' ';
  const names = talk.env.words.languages.flatMap((language) =>
    talk.env.words.list(language, 'request:discharge.words'),
  );
  return (
    names.some((name) => said.includes(` ${name}`)) ||
    details.needs.some(({ need, urgency }) => need === 'elderly_care' && urgency === 'urgent')
  );
}

/** Whether the case carries the first form. */
export function wasAsked({ details }: Case): boolean {
  return details.puntoInsieme !== undefined;
}

/** What was promised of the Punto Insieme, by whom and when; empty where it may not be shown. */
export function promiseLine(talk: Talk): string {
  const measure = talk.env.directory.measure(PROMISE, talk.at);
  if (!measure) return '';
  const words = say(talk);
  const confirm = measure.confirm ? ` (${words('result:fact_confirm')})` : '';
  // The address behind the source's name is for who checks it, not for who reads it here.
  const [source = ''] = measure.source.split(',');
  const date = factDate(measure.date, talk.state.language) ?? measure.date;
  return words('measures:punto-insieme-30-giorni', { source, date, confirm });
}
