// The way out to a person, from anywhere: the number of the desk, its hours, and a request to be called back.
// Which desk that is was decided by the directory; danger is the floor's.
import { COMUNI } from '../flows/types.ts';
import type { ComuneId } from '../flows/types.ts';
import { valuesOf } from './answers.ts';
import { callLine } from './desk-lines.ts';
import type { Choice, Link } from './message.ts';
import type { Desk } from './ports.ts';
import { reply, say } from './talk.ts';
import type { Talk, View } from './talk.ts';

/** The comune as far as it is known: said by the person, else the page's. */
export function comuneOf(talk: Talk): ComuneId | undefined {
  const [named] = valuesOf(talk.state.answers, 'access.comune');
  if (named === 'outside') return undefined;
  return COMUNI.find((id) => id === named) ?? talk.state.pageComune ?? undefined;
}

/** The desk that answers for everything in that comune. */
export function mainDesk(talk: Talk, comune: ComuneId): Desk {
  const [desk] = talk.env.directory.desks('segretariato', comune);
  if (!desk) throw new Error(`the directory has no segretariato for ${comune}`);
  return desk;
}

/** Numbers to call a person now; with a comune known also the offer to be called back. */
export function offerHuman(talk: Talk, opening: string, choices: Choice[] = []): void {
  const comune = comuneOf(talk);
  const words = say(talk);
  if (!comune) {
    const { lines, links } = switchboards(talk);
    reply(talk, [opening, words('common:human_all'), ...lines].join('\n'), { choices, links });
    return;
  }
  const desk = mainDesk(talk, comune);
  // A child or a teenager in danger fills in nothing.
  const asksForm = desk.inbox && !talk.state.noticed.includes('minor');
  const request: Choice = { id: 'human.request', label: words('common:human_request') };
  const other = asksForm ? [words('common:human_other')] : [];
  reply(talk, [opening, callLine(talk, desk, comune), ...other].join('\n'), {
    links: callLinks(talk, [desk]),
    choices: [...(asksForm ? [request] : []), ...choices],
  });
}

/** The seven switchboards, where it is not known which one is the person's. */
export function switchboards(talk: Talk): { lines: string[]; links: Link[] } {
  const comuni = talk.env.directory.comuni();
  return {
    lines: comuni.map((comune) => `${comune.name}: ${comune.switchboard.value.shown}`),
    links: comuni.map(({ switchboard: { value } }) => ({
      label: say(talk)('result:call', { phone: value.shown }),
      url: value.uri,
    })),
  };
}

export function callLinks(talk: View, desks: readonly Desk[]): Link[] {
  return desks.flatMap((desk) =>
    desk.phones
      .slice(0, 1)
      .map(({ value }) => ({ label: say(talk)('result:call', { phone: value.shown }), url: value.uri })),
  );
}
