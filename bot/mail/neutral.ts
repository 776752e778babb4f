// Which desks a mail to a person may name: those whose name tells nobody why one goes there.
// What else such a mail leaves out is left to copy.ts and letters.ts.
import type { ServiceKey } from '../../flows/types.ts';
import type { Case, Desk } from '../ports.ts';

const NEUTRAL = new Set<ServiceKey>(['segretariato', 'housing_office', 'employment_centre', 'regional_urp']);

/** Never after violence: not even where one goes may be read by somebody else. */
export function mayBeNamed(desk: Desk, made: Case): boolean {
  return NEUTRAL.has(desk.service) && !afterViolence(made);
}

export function afterViolence({ details }: Case): boolean {
  return details.needs.some(({ need }) => need === 'violence');
}
