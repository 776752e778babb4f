// The life of a case: what may happen to a request at a desk, from the mail that carries it to its end. Pure states.
// What each step causes (mails, messages, clocks) is left to bot/cases; the words to locales/.
import { setup, transition } from 'xstate';

/** What may happen to a case. The machine knows only whether it may; who did it, and why, is in the audit trail. */
export const CASE_STEPS = [
  'sent',
  'fail',
  'take',
  'write',
  'propose',
  'settle',
  'accept',
  'decline',
  'met',
  'not_met',
  'close',
  'refuse',
  'ask_forward',
  'deny_forward',
  'forward',
  'withdraw',
  'expire',
  'reopen',
] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** `requested`: a mail is on its way. `moved`: somebody needs another time. `forwarded`: another desk has its own case. */
export const CASE_STATES = [
  'requested',
  'delivered',
  'undeliverable',
  'taken',
  'proposed',
  'confirmed',
  'moved',
  'met',
  'not_met',
  'forward_asked',
  'closed',
  'refused',
  'forwarded',
  'withdrawn',
  'expired',
] as const;
export type CaseLifeState = (typeof CASE_STATES)[number];

/** What the desk may do as long as the case is open, whatever happened before. */
const atTheDesk = {
  take: 'taken',
  write: 'taken',
  propose: 'proposed',
  settle: 'confirmed',
  refuse: 'refused',
  ask_forward: 'forward_asked',
  forward: 'forwarded',
  close: 'closed',
  withdraw: 'withdrawn',
  expire: 'expired',
} as const;

/** Once in charge, writing changes nothing, and taking it again is not offered. */
const { take: _, write: __, ...inCharge } = atTheDesk;

export const caseLife = setup({
  types: { events: {} as { type: CaseStep } },
}).createMachine({
  id: 'case',
  initial: 'requested',
  states: {
    requested: { on: { ...atTheDesk, sent: 'delivered', fail: 'undeliverable' } },
    delivered: { on: { ...atTheDesk, fail: 'undeliverable' } },
    // The desk may still come to know of it: by its second inbox, by its page, by a call.
    undeliverable: { on: { ...atTheDesk, sent: 'delivered' } },
    taken: { on: { ...inCharge, write: 'taken', met: 'met', not_met: 'not_met' } },
    proposed: {
      on: { ...inCharge, write: 'proposed', accept: 'confirmed', decline: 'moved', met: 'met', not_met: 'not_met' },
    },
    confirmed: { on: { ...inCharge, write: 'confirmed', decline: 'moved', met: 'met', not_met: 'not_met' } },
    // The time that was declined is no more: only a new one can be agreed.
    moved: { on: { ...inCharge, write: 'moved', met: 'met', not_met: 'not_met' } },
    met: { on: { ...inCharge, write: 'met' } },
    not_met: { on: { ...inCharge, write: 'not_met', met: 'met' } },
    // The person is asked before anybody else reads their request.
    forward_asked: { on: { ...inCharge, write: 'forward_asked', deny_forward: 'taken' } },
    closed: { on: { reopen: 'requested' } },
    expired: {
      on: { reopen: 'requested', take: 'taken', propose: 'proposed', settle: 'confirmed', withdraw: 'withdrawn' },
    },
    refused: { type: 'final' },
    forwarded: { type: 'final' },
    withdrawn: { type: 'final' },
  },
});

/** The state after that step; `undefined` where it may not happen now. */
export function afterStep(state: CaseLifeState, step: CaseStep): CaseLifeState | undefined {
  const snapshot = caseLife.resolveState({ value: state });
  if (!snapshot.can({ type: step })) return undefined;
  const [next] = transition(caseLife, snapshot, { type: step });
  return CASE_STATES.find((one) => one === next.value);
}

/** Whether nothing more is expected of the desk. */
export function isOver(state: CaseLifeState): boolean {
  return ['closed', 'refused', 'forwarded', 'withdrawn', 'expired'].includes(state);
}
