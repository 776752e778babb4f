// Nothing of that kind is known in this talk: how to find it again by its code, and whom to call without one.
// What is known is left to status.ts and its neighbours.
import { callLine } from '../../desk-lines.ts';
import { callLinks, comuneOf, mainDesk } from '../../human.ts';
import { say } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { finish } from './rest.ts';

export function tellNone(talk: Talk): void {
  const words = say(talk);
  const comune = comuneOf(talk);
  if (!comune) return finish(talk, words('case:status.none'));
  const desk = mainDesk(talk, comune);
  const call = words('case:status.none_call', { line: callLine(talk, desk, comune) });
  finish(talk, `${words('case:status.none')}\n${call}`, { links: callLinks(talk, [desk]) });
}
