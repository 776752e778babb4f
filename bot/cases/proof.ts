// What a mail about a case carries besides its words: the link to the case, and the digits that whoever acts must type.
// What the page does with them is left to adapters/web/desk.
import type { Environment } from '../talk.ts';
import type { Case } from './types.ts';

/** A link to a case opens as long as a case may be open; a new one goes to the desk's inbox alone. */
const LINK_DAYS = 60;

export function caseLink({ links }: Environment, made: Case, at: Date): string {
  return links.url('case', made.id, made.life.linkEpoch, at, LINK_DAYS);
}

/** The same digits for all cases of a desk would be learnt by everybody: each case has its own, new with each epoch. */
export function caseDigits({ links }: Environment, made: Case): string {
  return links.digits(`case ${made.id} ${made.life.linkEpoch}`);
}
