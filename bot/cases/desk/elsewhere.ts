// Whom the person may call when a desk is done with a case: one line and its link, said with every ending.
// What a desk's line says is left to bot/desk-lines.ts.
import { callLine } from '../../desk-lines.ts';
import type { Link } from '../../message.ts';
import type { Desk } from '../../ports.ts';
import { deskOf } from '../desk-of.ts';
import { languageOf, sayTo } from '../tell.ts';
import type { CaseWork } from '../work.ts';

/** `own`: the desk of the case. `other`: the comune's own desk where it has no part of the request yet, else its switchboard. */
export function elsewhere(work: CaseWork, whose: 'own' | 'other' = 'other'): { line: string; links: Link[] } {
  const { env, made, at } = work;
  const say = sayTo(work);
  const own = deskOf(env, made);
  const desk = whose === 'own' ? own : otherDesk(work, own);
  const { name, switchboard } = env.directory.comune(made.comune);
  const phone = (desk?.phones[0] ?? switchboard).value;
  const line =
    desk === undefined
      ? say('common:human_line', { name, phone: phone.shown, opening: '' }).trim()
      : callLine({ env, at, state: { language: languageOf(work) } }, desk, made.comune);
  return { line, links: [{ label: say('result:call', { phone: phone.shown }), url: phone.uri }] };
}

function otherDesk({ env, made, siblings }: CaseWork, own: Desk): Desk | undefined {
  const have = [own.id, ...siblings.map(({ deskId }) => deskId)];
  return env.directory
    .desks('segretariato', made.comune)
    .find(({ id, phones }) => !have.includes(id) && phones.length > 0);
}
