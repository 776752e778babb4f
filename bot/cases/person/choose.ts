// The buttons about a request: `case.accept.prc-7f3k2.1.2`, `case.answer.prc-7f3k2.1`, `case.prove.prc-7f3k2`, `case.here.prc-7f3k2`.
// What each does is left to the files beside; a button of another conversation's request does nothing.
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { chooseFollow, chooseMayForward } from '../may-forward.ts';
import { byRef, refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { askProof } from './code-talk.ts';
import { askContact } from './contact.ts';
import { confirmWithdraw, openAgain, takeCheck, withdrawable } from './ending.ts';
import { followHere } from './follow-here.ts';
import { allow, deny } from './forwarding.ts';
import { askAnswer, send } from './messages.ts';
import { leave } from './leave.ts';
import { finish } from './rest.ts';
import { tellNews } from './status.ts';
import { accept, askMove, decline } from './times.ts';

/** `id` without its `case.`. False for a button that fits nothing. */
export function chooseCase(talk: Talk, id: string): boolean {
  const [what = '', ...rest] = id.split('.');
  if (chooseWithout(talk, what, rest)) return true;
  const named = nameIn(talk, rest.join('.'));
  if (!named) return false;
  const { made, more } = named;
  const number = Number(more);
  switch (what) {
    case 'accept':
      accept(talk, made, number);
      return true;
    case 'decline':
      // A time that is fixed is not lost by one tap on an old button.
      if (made.state === 'confirmed' && made.life.appointment?.sequence === number) askMove(talk, made);
      else decline(talk, made, number);
      return true;
    case 'may_forward':
      return chooseMayForward(talk, made);
    case 'follow':
      return chooseFollow(talk, made);
    case 'news':
      tellNews(talk, made);
      return true;
    case 'move':
      askMove(talk, made);
      return true;
    case 'moved':
      decline(talk, made, number);
      return true;
    case 'forward_yes':
      allow(talk, made);
      return true;
    case 'forward_no':
      deny(talk, made);
      return true;
    case 'answer':
      askAnswer(talk, made);
      return true;
    case 'send':
      return send(talk, made);
    case 'reopen':
      openAgain(talk, made);
      return true;
    case 'withdraw':
      confirmWithdraw(talk, [made]);
      return true;
    case 'check_yes':
    case 'check_no':
    case 'check_later':
      takeCheck(talk, made, number, CHECKS[what]);
      return true;
    default:
      return false;
  }
}

const CHECKS = { check_yes: 'yes', check_no: 'no', check_later: 'later' } as const;

function chooseWithout(talk: Talk, what: string, rest: string[]): boolean {
  const name = [what, ...rest].join('.');
  if (name === 'leave') leave(talk);
  else if (name === 'contact') askContact(talk);
  else if (name === 'contact_right') finish(talk, say(talk)('case:contact.kept'));
  else if (name === 'withdraw.all') confirmWithdraw(talk, withdrawable(talk));
  else if (what === 'here') return followHere(talk);
  else if (what === 'prove' && rest.length === 1) askProof(talk, rest[0] ?? '');
  else return false;
  return true;
}

/** The case that the rest of the id begins with, and what stands behind: a sequence, a day. */
function nameIn(talk: Talk, rest: string): { made: Case; more: string } | undefined {
  const cases = sentCases(talk);
  const whole = byRef(cases, rest);
  if (whole) return { made: whole, more: '' };
  const at = rest.lastIndexOf('.');
  const made = byRef(cases, rest.slice(0, at));
  return made && refOf(made).length === at ? { made, more: rest.slice(at + 1) } : undefined;
}
