// What a mail about a case carries besides its words: the link to the case, and the digits that whoever acts must type.
// What the page does with them is left to adapters/web/desk.
import { linkKey } from '../links.ts';
import type { Environment } from '../talk.ts';
import type { Case } from './types.ts';

/** In days: a link to a case opens as long as a case may be open; a new one goes to the desk's inbox alone. */
const LINK_DAYS = 60;
const DAY_MS = 86_400_000;

/** `until`: when what brings the link ends, for then the link ends too. */
export function caseLink({ links }: Environment, made: Case, at: Date, until?: Date): string {
  const days = until ? (until.getTime() - at.getTime()) / DAY_MS : LINK_DAYS;
  return links.url('case', made.id, made.life.linkEpoch, at, Math.min(days, LINK_DAYS));
}

/** The same digits for all cases of a desk would be learnt by everybody: each case has its own, new with each epoch. */
export function caseDigits({ links }: Environment, made: Case): string {
  return links.digits(linkKey('case', made.id, made.life.linkEpoch));
}
