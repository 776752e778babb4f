// "Ho chiamato, non risponde nessuno": another number, the switchboard of the comune, then how the request stands.
// How it stands is left to status.ts.
import { reply, say } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import type { Case } from '../types.ts';
import { tellStatus } from './status.ts';

/** `open`: the requests that wait, the newest first. Where there is no other number, when somebody answers is in the status. */
export function tellUnanswered(talk: Talk, open: readonly Case[]): void {
  const [made] = open;
  const words = say(talk);
  if (made) {
    const { switchboard } = talk.env.directory.comune(made.comune);
    const [own, second] = deskOf(talk.env, made).phones;
    const other = own?.value.uri === switchboard.value.uri ? second?.value : switchboard.value;
    const links = other ? [{ label: words('result:call', { phone: other.shown }), url: other.uri }] : [];
    const text = other ? words('case:status.other_number', { phone: other.shown }) : words('case:status.no_other');
    reply(talk, text, { case: made.code, links });
  }
  tellStatus(talk);
}
