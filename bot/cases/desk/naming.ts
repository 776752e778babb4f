// Whether a desk may be named to the person: not where a notification on a telephone would show a name that tells why one goes there.
// Which names tell is left to bot/mail/neutral.ts, what is only announced to bot/safe-contact.
import { mayBeNamed } from '../../mail/neutral.ts';
import type { Desk } from '../../ports.ts';
import { needsNeutral } from '../../safe-contact/moment.ts';
import type { Case } from '../types.ts';

/** What is only announced is read when the person asks for it: then the name is seen by them alone. */
export function isNameable(desk: Desk, made: Case): boolean {
  return mayBeNamed(desk, made) || made.channel !== 'telegram' || needsNeutral(made);
}
