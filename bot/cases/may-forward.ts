// What the person may still agree to once a request is made, or a contact given: that it is passed on, and to be asked how it went.
// Passing it on is left to bot/cases/desk, asking to bot/cases/clock.
import { isOver } from '../../flows/case.ts';
import type { Arrival } from '../../flows/walk.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { Choice } from '../message.ts';
import { isSensitive, rulesFor } from '../safe-contact/moment.ts';
import { reply, saveCase, say, sentCases } from '../talk.ts';
import type { Talk } from '../talk.ts';
import { actOn } from './apply.ts';
import { lifeState, newLife } from './life.ts';
import { refOf } from './ref.ts';
import type { Case, CaseDetails } from './types.ts';
import { changeLife, record } from './work.ts';
import type { CaseWork } from './work.ts';

/** Buttons under a request that was just made. */
export function afterSending(talk: Talk, sent: readonly Case[]): Choice[] {
  const words = say(talk);
  const [first] = sent;
  if (!first) return [];
  return [
    { id: `case.may_forward.${refOf(first)}`, label: words('request:may_forward') },
    ...(sent.every(mayFollow) ? [{ id: `case.follow.${refOf(first)}`, label: words('result:follow') }] : []),
  ];
}

/** "Se serve, possono passarla": every part of the request that is still open. False where there is none. */
export function chooseMayForward(talk: Talk, made: Case): boolean {
  const parts = sentCases(talk).filter(({ code }) => code === made.code);
  const done = parts.filter(({ id }) => actOn(talk, id, mayForward) !== undefined);
  if (done.length > 0) confirm(talk, 'request:may_forward_done', made);
  return done.length > 0;
}

/** "Mi chieda tra una settimana": of a request that was made. False where it may not be asked, or is already. */
export function chooseFollow(talk: Talk, made: Case): boolean {
  const done = mayFollow(made) && actOn(talk, made.id, followUp) !== undefined;
  if (done) confirm(talk, 'request:follow_done', made);
  return done;
}

function mayForward(work: CaseWork): boolean {
  const state = lifeState(work.made.state);
  if (!state || isOver(state) || work.made.life.mayForward) return false;
  changeLife(work, { mayForward: true });
  record(work, 'forward_allowed', 'person');
  return true;
}

function followUp(work: CaseWork): boolean {
  if (work.made.life.checks) return false;
  changeLife(work, { checks: { from: work.at.toISOString(), asked: [], answers: [] } });
  return true;
}

/** Money and no hurry, nothing heavy, nobody who must not be written to. */
function mayFollow({ details }: { details: CaseDetails }): boolean {
  const simple = details.needs.every(({ area, urgency }) => area === 'economic' && urgency === 'none');
  return simple && !isSensitive(details) && rulesFor(details).silent !== true;
}

/** Whether the card may offer to ask how it went: nothing was asked of a desk yet, and nobody asks already. */
export function offersFollow(talk: Talk, arrival: Arrival): boolean {
  if (talk.state.floor || talk.state.noticed.includes('minor')) return false;
  const details = adviceOf(talk, arrival);
  return mayFollow({ details }) && !sentCases(talk).some((made) => sameNeeds(made, details));
}

/** Somebody who got a contact wants to be asked how it went: kept under a code, and nothing is sent to anybody. */
export function followAdvice(talk: Talk, arrival: Arrival, comune: ComuneId, deskId: string): void {
  const made: Case = {
    id: talk.env.ids.uuid(),
    code: `${talk.env.directory.comune(comune).code}-${talk.env.ids.code()}`,
    part: 1,
    conversationId: talk.incoming.conversationId,
    channel: talk.incoming.channel,
    comune,
    deskId,
    state: 'advised',
    details: adviceOf(talk, arrival),
    life: newLife(),
    version: 0,
    createdAt: talk.at,
    requestedAt: null,
    dueAt: null,
  };
  saveCase(talk, made);
  actOn(talk, made.id, (work) => {
    record(work, 'advised', 'person');
    return followUp(work);
  });
  confirm(talk, 'request:follow_advised', made);
}

function adviceOf(talk: Talk, arrival: Arrival): CaseDetails {
  return {
    needs: arrival.referrals.map(({ area, need, urgency }) => ({ area, need, urgency })),
    answers: [],
    language: talk.state.language,
    forWhom: arrival.forWhom ?? 'self',
    preferred: [],
  };
}

function sameNeeds({ details }: Case, other: CaseDetails): boolean {
  const names = (needs: CaseDetails['needs']): string =>
    needs
      .map(({ need }) => need)
      .toSorted()
      .join();
  return names(details.needs) === names(other.needs);
}

function confirm(talk: Talk, key: string, made: Case): void {
  const words = say(talk);
  talk.state.asking = { kind: 'result' };
  const choices = ['another', 'erase'].map((id) => ({ id: `result.${id}`, label: words(`result:${id}`) }));
  reply(talk, words(key, { code: made.code ?? '' }), { choices, case: made.code });
}
