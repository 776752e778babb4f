// A request for another desk: the person is asked first, unless they had agreed; then this case ends and the other desk has its own.
// Which desks may be chosen is left to adapters/web/desk; what the person answers to person-steps.ts.
import { handOver } from '../../mail/hand-over.ts';
import type { Desk } from '../../ports.ts';
import { alarmOf } from '../clock/alarm.ts';
import { eventOf, newLife } from '../life.ts';
import { refOf } from '../ref.ts';
import { sayTo, tellPerson } from '../tell.ts';
import type { Actor, Case, CaseLife } from '../types.ts';
import { changeLife, record, step } from '../work.ts';
import type { CaseWork } from '../work.ts';
import { endAppointment, takeCharge } from './charge.ts';

/** Asks the person whether that desk may have it. False where no such desk takes mail, or it is this one. */
export function askForward(work: CaseWork, by: string, to: string): boolean {
  const target = targetOf(work, to);
  if (!target || !step(work, 'ask_forward')) return false;
  takeCharge(work, by);
  changeLife(work, { forwardTo: to });
  record(work, 'forward_asked', 'desk', { desk: to, by });
  const say = sayTo(work);
  const ref = refOf(work.made);
  tellPerson(work, {
    key: 'case:told.forward_ask',
    values: { desk: target.name },
    choices: [
      { id: `case.forward_yes.${ref}`, label: say('case:told.forward_yes') },
      { id: `case.forward_no.${ref}`, label: say('case:told.forward_no') },
    ],
    letter: 'news',
  });
  return true;
}

/**
 * Passes the request on: this case ends and its links die, the other desk gets a case of its own and its mail. `siblings`:
 * all cases of the same code, this one included. `actor`: who said so last; the person is told, unless they did.
 */
export function forward(
  work: CaseWork,
  by: string,
  to: string,
  siblings: readonly Case[],
  actor: Actor = 'desk',
): boolean {
  const target = targetOf(work, to);
  if (!target || !step(work, 'forward')) return false;
  const { made, change } = work;
  change.cancelMails.push(made.id);
  record(work, 'forwarded', actor, { desk: to, ...(by === '' ? {} : { by }) });
  endAppointment(work);
  const next = nextCase(work, target, siblings);
  change.cases.push(next);
  change.events.push(eventOf(next, 'requested', actor, work.at, { from: made.deskId }));
  const mail = handOver(work.env, next, work.at);
  if (mail) change.outbox.push(mail);
  // The check-ins go with the request: nobody is asked twice.
  const { checks: _, ...life } = work.made.life;
  work.made = { ...work.made, life: { ...life, forwardTo: to, linkEpoch: life.linkEpoch + 1 } };
  if (actor !== 'person')
    tellPerson(work, { key: 'case:told.forwarded', values: { desk: target.name }, letter: 'news' });
  return true;
}

function targetOf({ env, made }: CaseWork, to: string): Desk | undefined {
  const desk = env.directory.desk(to);
  return desk?.inbox && desk.id !== made.deskId ? desk : undefined;
}

function nextCase({ env, made, at }: CaseWork, target: Desk, siblings: readonly Case[]): Case {
  const { checks } = made.life;
  const life: CaseLife = {
    ...newLife(),
    since: at.toISOString(),
    forwardedFrom: made.id,
    forwardedBy: made.deskId,
    ...(checks ? { checks } : {}),
  };
  const next: Case = {
    ...made,
    id: env.ids.uuid(),
    part: Math.max(made.part, ...siblings.map(({ part }) => part)) + 1,
    deskId: target.id,
    state: 'requested',
    life,
    version: 0,
    createdAt: at,
    requestedAt: at,
    dueAt: null,
  };
  return { ...next, dueAt: alarmOf(env, next, at) };
}
