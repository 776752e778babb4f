// Words of the person to the desk that has their request: asked for, read back, sent only on a yes.
// What sending does is left to person-steps.ts; whether words are meant for a desk to hear.ts.
import { callLine } from '../../desk-lines.ts';
import type { CaseAsking } from '../../state.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { notesLeft } from '../note-cap.ts';
import { mayReopen, writeToDesk } from '../person-steps.ts';
import { byRef, refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { openAgain } from './ending.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';
import { actions } from './status.ts';
import { decline } from './times.ts';

const LONGEST = 1500;
/** After so many pieces, whom to call is said as well. */
const MOST_PIECES = 2;

type Drafted = Extract<CaseAsking, { what: 'send' }>;

export function askAnswer(talk: Talk, made: Case): void {
  if (!isOpen(made)) return over(talk, made);
  talk.state.asking = { kind: 'case', what: 'answer', ref: refOf(made) };
  const words = say(talk);
  reply(talk, words('case:answer.ask'), {
    case: made.code,
    choices: [{ id: 'case.leave', label: words('case:button.leave') }],
  });
}

/** Reads the words back. `sequence`: they also say that this time is not wanted. What is over may be opened again. */
export function offerToSend(talk: Talk, made: Case, text: string, sequence?: number): void {
  const again = !isOpen(made);
  if (again && !mayReopen(made)) return over(talk, made);
  const ref = refOf(made);
  const said = { text: text.trim().slice(0, LONGEST), lang: talk.decoded?.lang ?? talk.state.language };
  const more = { ...(sequence === undefined ? {} : { sequence }), ...(again ? { reopen: true as const } : {}) };
  talk.state.asking = { kind: 'case', what: 'send', ref, said, ...more };
  const words = say(talk);
  const check = again ? 'check_reopen' : sequence === undefined ? 'check' : 'check_decline';
  const desk = deskOf(talk.env, made);
  const call = words('case:answer.call', { line: callLine(talk, desk, made.comune) });
  const long = said.text.split('\n').length > MOST_PIECES ? [call] : [];
  reply(talk, [words(`case:answer.${check}`, { text: said.text }), ...long].join('\n'), {
    case: made.code,
    choices: [
      { id: `case.send.${ref}`, label: words('case:button.send') },
      { id: `case.answer.${ref}`, label: words('case:button.rewrite') },
      { id: 'case.leave', label: words('case:button.leave') },
    ],
  });
}

/** The same words once more, after something else was answered. */
export function readAgain(talk: Talk, { ref, said, sequence }: Drafted): void {
  const made = byRef(sentCases(talk), ref);
  if (made) offerToSend(talk, made, said.text, sequence);
}

/** The words that were read back last, if they still wait. */
export function send(talk: Talk, made: Case): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'case' || asking.what !== 'send' || byRef([made], asking.ref) === undefined) return false;
  const { said, sequence } = asking;
  if (asking.reopen) {
    openAgain(talk, made, said);
    return true;
  }
  if (sequence !== undefined && made.life.appointment?.sequence === sequence) {
    decline(talk, made, sequence, said);
    return true;
  }
  const mailed = notesLeft(made, talk.at) > 0;
  const after = actOn(talk, made.id, (work) => writeToDesk(work, said));
  if (!after) over(talk, made);
  else if (!mailed) waits(talk, after);
  else finish(talk, say(talk)('case:answer.sent'), { case: after.code, choices: actions(talk, after) });
  return true;
}

/** The case to which words may be an answer: the one named by its code that is open, else that may be again. */
export function byCode(talk: Talk, code: string | null): Case | undefined {
  const cases = sentCases(talk).filter((made) => made.code === code);
  return cases.find(isOpen) ?? cases.find(mayReopen);
}

/** Many words in a short time: they are kept, and the desk has had enough mails. */
function waits(talk: Talk, made: Case): void {
  const line = callLine(talk, deskOf(talk.env, made), made.comune);
  finish(talk, say(talk)('letter:kept', { line }), { case: made.code, choices: actions(talk, made) });
}

function over(talk: Talk, made: Case): void {
  const line = callLine(talk, deskOf(talk.env, made), made.comune);
  finish(talk, say(talk)('case:answer.over', { line }), { case: made.code, choices: actions(talk, made) });
}
