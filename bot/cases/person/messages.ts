// Words of the person to the desk that has their request: asked for, read back, sent only on a yes.
// What sending does is left to person-steps.ts; whether words are meant for a desk to hear.ts.
import { callLine } from '../../desk-lines.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { writeToDesk } from '../person-steps.ts';
import { byRef, refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { finish } from './rest.ts';
import { actions, isOpen } from './status.ts';
import { decline } from './times.ts';

const LONGEST = 1500;

export function askAnswer(talk: Talk, made: Case): void {
  if (!isOpen(made)) return over(talk, made);
  talk.state.asking = { kind: 'case', what: 'answer', ref: refOf(made) };
  const words = say(talk);
  reply(talk, words('case:answer.ask'), {
    case: made.code,
    choices: [{ id: 'case.leave', label: words('case:button.leave') }],
  });
}

/** Reads the words back. `sequence`: they also say that this time is not wanted. */
export function offerToSend(talk: Talk, made: Case, text: string, sequence?: number): void {
  if (!isOpen(made)) return over(talk, made);
  const ref = refOf(made);
  const said = { text: text.trim().slice(0, LONGEST), lang: talk.decoded?.lang ?? talk.state.language };
  const more = sequence === undefined ? {} : { sequence };
  talk.state.asking = { kind: 'case', what: 'send', ref, said, ...more };
  const words = say(talk);
  reply(talk, words(sequence === undefined ? 'case:answer.check' : 'case:answer.check_decline', { text: said.text }), {
    case: made.code,
    choices: [
      { id: `case.send.${ref}`, label: words('case:button.send') },
      { id: `case.answer.${ref}`, label: words('case:button.rewrite') },
      { id: 'case.leave', label: words('case:button.leave') },
    ],
  });
}

/** The words that were read back last, if they still wait. */
export function send(talk: Talk, made: Case): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'case' || asking.what !== 'send' || byRef([made], asking.ref) === undefined) return false;
  const { said, sequence } = asking;
  if (sequence !== undefined && made.life.appointment?.sequence === sequence) {
    decline(talk, made, sequence, said);
    return true;
  }
  const after = actOn(talk, made.id, (work) => writeToDesk(work, said));
  if (!after) over(talk, made);
  else finish(talk, say(talk)('case:answer.sent'), { case: after.code, choices: actions(talk, after) });
  return true;
}

/** The case to which words may be an answer: the one named by its code, that is open. */
export function openByCode(talk: Talk, code: string | null): Case | undefined {
  return sentCases(talk).find((made) => made.code === code && isOpen(made));
}

function over(talk: Talk, made: Case): void {
  const line = callLine(talk, deskOf(talk.env, made), made.comune);
  finish(talk, say(talk)('case:answer.over', { line }), { case: made.code, choices: actions(talk, made) });
}
