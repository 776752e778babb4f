// "Chiedo che mi richiamino", where a request for the same need waits at its desk already: no second one is begun.
// Whether the person wants another one all the same is left to them; making it to bot/request-steps.ts.
import { walk } from '../../../flows/walk.ts';
import { namedNeeds } from '../../answers.ts';
import { callLine } from '../../desk-lines.ts';
import { callLinks } from '../../human.ts';
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';

/** Says that it is there, with whom to call and the way to write to the desk. False where there is none. */
export function tellAlready(talk: Talk): boolean {
  const made = alreadyAsked(talk);
  if (!made) return false;
  const words = say(talk);
  const desk = deskOf(talk.env, made);
  const write = { id: `case.answer.${refOf(made)}`, label: words('case:button.answer') };
  finish(talk, words('case:already', { code: made.code ?? '', line: callLine(talk, desk, made.comune) }), {
    case: made.code,
    choices: [...(desk.inbox ? [write] : []), { id: 'result.request', label: words('case:button.new') }],
    links: callLinks(talk, [desk]),
  });
  return true;
}

/** Who writes for others has a request for each of them; what did not arrive is asked for again. */
function alreadyAsked(talk: Talk): Case | undefined {
  const { request, answers, noticed } = talk.state;
  if (request || noticed.includes('minor')) return undefined;
  const road = walk(answers);
  const found = (road.arrived ? road.arrival.referrals : road.referrals).map(({ need }) => need);
  const needs = [...namedNeeds(answers), ...found].filter((need) => need !== 'unclear');
  const open = sentCases(talk).filter((made) => isOpen(made) && made.state !== 'undeliverable');
  return open.find(
    ({ details }) =>
      details.forWhom === 'self' && needs.every((need) => details.needs.some((asked) => asked.need === need)),
  );
}
