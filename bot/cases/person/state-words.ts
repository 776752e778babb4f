// What is true of one request now, in words: its state, who has it, when and where, whom to call.
// Which requests are told of, and with which buttons, is left to status.ts.
import { isOver } from '../../../flows/case.ts';
import { callLine } from '../../desk-lines.ts';
import { whenWords } from '../../mail/about.ts';
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { dayInWords } from '../../when.ts';
import { deskOf } from '../desk-of.ts';
import { elsewhere } from '../desk/elsewhere.ts';
import { REFUSALS } from '../desk-steps.ts';
import { lifeState } from '../life.ts';
import { hasBegun } from '../person-steps.ts';
import type { Case, CaseState } from '../types.ts';
import { beginWork } from '../work.ts';

/** Whether something may still come of it. What was only advised is no request. */
export function isOpen({ state }: Case): boolean {
  const life = lifeState(state);
  return life !== undefined && !isOver(life);
}

/** What is true of it now, and whom to call. */
export function stateLines(talk: Talk, made: Case): string[] {
  const words = say(talk);
  const line = callLine(talk, deskOf(talk.env, made), made.comune);
  if (made.state === 'refused') return [refusedLine(talk, made)];
  const taken =
    made.state !== 'taken' && isOpen(made) && made.life.takenAt !== undefined ? [takenLine(talk, made)] : [];
  const state = made.state === 'taken' ? takenLine(talk, made) : plainLine(talk, made);
  if (made.state === 'withdrawn' || made.state === 'forwarded') return [...taken, state];
  return [
    ...taken,
    state,
    ...((made.state === 'confirmed' || made.state === 'proposed') && !isPast(talk, made) ? place(talk, made) : []),
    ...(made.state === 'delivered' && made.life.reminded.length > 0 && !wentElsewhere(made)
      ? [words('case:status.reminded')]
      : []),
    words(callKey(talk, made), { line }),
  ];
}

/** How whom to call is said; elsewhere: to who does not want to wait. */
const CALLS: Partial<Record<CaseState, string>> = {
  undeliverable: 'case:status.call_please',
  expired: 'case:status.call_please',
  confirmed: 'case:appointment.change',
  met: 'case:status.call_again',
  not_met: 'case:status.call_again',
  closed: 'case:status.call_again',
};

function callKey(talk: Talk, made: Case): string {
  if (made.state === 'confirmed' && isPast(talk, made)) return 'case:status.call_again';
  return CALLS[made.state] ?? 'case:status.call';
}

/** The time that is proposed or fixed has come and gone. */
function isPast({ at }: Talk, { state, life }: Case): boolean {
  const meets = state === 'proposed' || state === 'confirmed';
  return meets && life.appointment !== undefined && hasBegun(life.appointment, at);
}

function plainLine(talk: Talk, made: Case): string {
  const words = say(talk);
  const state = isPast(talk, made) ? `${made.state}_past` : sinceOpened(talk, made);
  return words(`case:status.${state}`, {
    when: whenWords(made, talk.state.language, words, 'letter'),
    target: targetName(talk, made),
  });
}

function sinceOpened(talk: Talk, made: Case): string {
  return made.state === 'requested' && wasReopened(made) ? 'reopened' : arrivedAt(talk, made);
}

/** What did not arrive at the desk went on to its second inbox, or to the coordinator. */
function arrivedAt(talk: Talk, made: Case): string {
  if (!wentElsewhere(made)) return made.state;
  return deskOf(talk.env, made).secondInbox ? 'delivered_second' : 'delivered_coordinator';
}

function wentElsewhere({ state, life }: Case): boolean {
  return state === 'delivered' && life.clock?.lostAt !== undefined;
}

function wasReopened({ life, requestedAt }: Case): boolean {
  return (
    life.forwardedFrom === undefined && requestedAt !== null && Date.parse(life.since ?? '') > requestedAt.getTime()
  );
}

/** By role, or by the name with which they signed; where somebody violent may read along, by role alone. */
function takenLine(talk: Talk, { life, details }: Case): string {
  const words = say(talk);
  const hidden = details.needs.some(({ need }) => need === 'violence');
  const who = life.takenBy && !hidden ? words('case:who.signed', { name: life.takenBy }) : words('case:who.role');
  const day = life.takenAt === undefined ? '' : dayInWords(new Date(life.takenAt), talk.state.language);
  return words('case:status.taken', { who, day });
}

function refusedLine(talk: Talk, made: Case): string {
  const reason = REFUSALS.find((one) => one === made.life.refusal) ?? 'other';
  const { line } = elsewhere(beginWork(talk.env, made, talk.at, sentCases(talk)));
  return say(talk)(`case:told.refused.${reason}`, { code: made.code ?? '', line });
}

/** Where to go, where it is at the desk. */
export function place(talk: Talk, made: Case): string[] {
  const { address, service } = deskOf(talk.env, made);
  const words = say(talk);
  const bring = talk.env.words.list(talk.state.language, `services:${service}.bring`);
  const office = made.life.appointment?.how === 'office';
  return [
    ...(office && address ? [words('result:address', { address: address.value })] : []),
    ...(office && bring.length > 0 ? [words('result:bring', { list: bring.join('; ') })] : []),
  ];
}

export function targetName({ env }: Pick<Talk, 'env'>, { life }: Case): string {
  return (life.forwardTo === undefined ? undefined : env.directory.desk(life.forwardTo)?.name) ?? '';
}
