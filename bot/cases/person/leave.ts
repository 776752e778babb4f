// The person thinks better of what was being asked about a request: nothing goes, and what may be done now is on offer.
// Where the talk goes on is left to rest.ts.
import { callLine } from '../../desk-lines.ts';
import { callLinks } from '../../human.ts';
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { deskOf } from '../desk-of.ts';
import { byRef } from '../ref.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';
import { actions } from './status.ts';

export function leave(talk: Talk): void {
  const { asking } = talk.state;
  const words = say(talk);
  const wrote = asking.kind === 'case' && (asking.what === 'answer' || asking.what === 'send');
  const text = words(wrote ? 'case:answer.left' : 'common:kept');
  const all = sentCases(talk);
  const made = asking.kind === 'case' && 'ref' in asking ? byRef(all, asking.ref) : (all.find(isOpen) ?? all[0]);
  if (!made) return finish(talk, text);
  const desk = deskOf(talk.env, made);
  const call = words('case:status.call_again', { line: callLine(talk, desk, made.comune) });
  finish(talk, `${text}\n${call}`, {
    case: made.code,
    choices: actions(talk, made),
    links: callLinks(talk, [desk]),
  });
}
