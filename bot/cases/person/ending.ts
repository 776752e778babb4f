// Taking a request back, one part or all, and opening again what was closed or has expired; answers to "how did it go?".
// What each does to the case is left to person-steps.ts.
import { callLine } from '../../desk-lines.ts';
import { callLinks } from '../../human.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { answerCheck, mayReopen, reopen, withdraw } from '../person-steps.ts';
import { may } from '../life.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { refuseGuest } from './follow-here.ts';
import { isGuest } from './proof.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';
import { actions, tellCode } from './status.ts';
import { tellNone } from './none.ts';

/** Everything of this conversation that can be taken back. */
export function withdrawable(talk: Talk): Case[] {
  return sentCases(talk).filter((made) => may(made, 'withdraw') && isOpen(made) && !isGuest(made));
}

/** One: whether it is meant. Several: which. False where there is none. */
export function askWithdraw(talk: Talk): boolean {
  const open = withdrawable(talk);
  const [only, ...others] = open;
  if (!only) return refuseGuest(talk, sentCases(talk).filter(isOpen));
  if (others.length === 0) {
    confirmWithdraw(talk, [only]);
    return true;
  }
  const words = say(talk);
  const parts = open.map((made) => ({
    id: `case.withdraw.${refOf(made)}`,
    label: label(`${made.code ?? ''}: ${deskOf(talk.env, made).name}`),
  }));
  reply(talk, words('case:withdraw.which'), {
    choices: [
      ...parts,
      { id: 'case.withdraw.all', label: words('case:withdraw.all') },
      { id: 'case.leave', label: words('case:button.leave') },
    ],
  });
  return true;
}

export function confirmWithdraw(talk: Talk, cases: readonly Case[]): void {
  const [first, ...others] = cases;
  if (!first) return tellNone(talk);
  if (refuseGuest(talk, cases)) return;
  const words = say(talk);
  const part = others.length === 0 && withdrawable(talk).some(({ code, id }) => code === first.code && id !== first.id);
  const codes = [...new Set(cases.map(({ code }) => code ?? ''))].join(', ');
  const desk = deskOf(talk.env, first).name;
  talk.state.asking = { kind: 'confirm', what: 'withdraw', refs: cases.map(refOf) };
  reply(talk, words(part ? 'case:withdraw.ask_part' : 'case:withdraw.ask', { code: codes, desk }), {
    choices: [
      { id: 'confirm.withdraw.yes', label: words('common:yes') },
      { id: 'confirm.withdraw.no', label: words('common:no') },
    ],
  });
}

export function doWithdraw(talk: Talk, cases: readonly Case[]): void {
  const words = say(talk);
  const done = cases.flatMap((made) => actOn(talk, made.id, withdraw) ?? []);
  const [first] = done;
  if (!first) return finish(talk, words('case:withdraw.before', { code: cases[0]?.code ?? '' }));
  const left = withdrawable(talk).some(({ code }) => code === first.code);
  const code = [...new Set(done.map((made) => made.code ?? ''))].join(', ');
  const desk = done.map((made) => deskOf(talk.env, made).name).join(', ');
  finish(talk, words(left ? 'case:withdraw.done_part' : 'case:withdraw.done', { code, desk }), { case: first.code });
}

export function openAgain(talk: Talk, made: Case, said?: { text: string; lang: string }): void {
  if (may(made, 'reopen') && !mayReopen(made)) return offerNew(talk, made);
  const after = actOn(talk, made.id, (work) => reopen(work, said));
  if (!after) return tellCode(talk, [made]);
  const line = callLine(talk, deskOf(talk.env, after), after.comune);
  finish(talk, say(talk)('case:check.reopened', { code: after.code ?? '', line }), {
    case: after.code,
    choices: actions(talk, after),
  });
}

/** Of what was erased nothing is left to open again. */
function offerNew(talk: Talk, made: Case): void {
  const desk = deskOf(talk.env, made);
  finish(talk, say(talk)('case:check.erased', { line: callLine(talk, desk, made.comune) }), {
    case: made.code,
    choices: [{ id: 'result.request', label: say(talk)('case:button.new') }],
    links: callLinks(talk, [desk]),
  });
}

/** The tap after seven or thirty days. A "no" opens again what was closed; to who was only advised a request is offered. */
export function takeCheck(talk: Talk, made: Case, day: number, answer: 'yes' | 'no' | 'later'): void {
  const desk = deskOf(talk.env, made);
  const line = callLine(talk, desk, made.comune);
  const words = say(talk);
  let reopened = false;
  const after =
    actOn(talk, made.id, (work) => {
      const told = answerCheck(work, day, answer);
      reopened = answer === 'no' && reopen(work);
      return told || reopened;
    }) ?? made;
  const links = callLinks(talk, [desk]);
  const choices = after.state === 'advised' ? [] : actions(talk, after);
  if (answer !== 'no')
    return finish(talk, words(`case:check.${answer}`, { line }), { case: after.code, choices, links });
  if (after.state === 'advised') {
    const request = { id: 'result.request', label: words('case:button.request') };
    return finish(talk, words('case:check.no_advised', { line }), { choices: [request], links });
  }
  if (!reopened && may(after, 'reopen')) return offerNew(talk, after);
  const key = reopened ? 'no_reopened' : isOpen(after) ? 'no_open' : 'no_over';
  finish(talk, words(`case:check.${key}`, { line }), { case: after.code, choices, links });
}

function label(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
