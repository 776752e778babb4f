// The appointment request: consent first, then one thing at a time, a summary to correct, and off it goes.
// Words: locales/<lang>/request.json, keyed by state. What is typed goes into the case, never into the answers.
import { flowSetup } from './setup.ts';

const fact = (name: string) => ({ type: 'fact', params: { fact: name } }) as const;

/** Who is asked about when somebody writes for another. */
const aboutOthers = [
  { guard: fact('client'), target: 'organization' },
  { guard: fact('relative'), target: 'knows' },
  { target: 'name' },
] as const;

export const request = flowSetup.createMachine({
  id: 'request',
  context: ({ input }) => input,
  initial: 'consent',
  states: {
    consent: {
      meta: { asks: 'choice' },
      on: {
        // After violence, how it is safe to be reached comes before any personal data.
        'choose.yes': [{ guard: fact('sensitive'), target: 'safe_first' }, ...aboutOthers],
        'choose.no': 'declined',
      },
    },
    safe_first: {
      meta: { asks: 'choice' },
      on: { 'choose.any': aboutOthers, 'choose.limits': 'wishes_first', 'choose.never': 'call_yourself' },
    },
    wishes_first: { meta: { asks: 'text' }, on: { 'choose.given': aboutOthers } },
    organization: { meta: { asks: 'text' }, on: { 'choose.given': 'name' } },
    knows: { meta: { asks: 'choice' }, on: { 'choose.yes': 'name', 'choose.no': 'name' } },
    name: { meta: { asks: 'name' }, on: { 'choose.given': 'contact' } },
    contact: { meta: { asks: 'contact' }, on: { 'choose.given': 'when' } },
    when: {
      meta: { asks: 'slot' },
      on: {
        'choose.slot': [{ guard: fact('sensitive'), target: 'note' }, { target: 'safe' }],
        'choose.any': [{ guard: fact('sensitive'), target: 'note' }, { target: 'safe' }],
      },
    },
    safe: { meta: { asks: 'choice' }, on: { 'choose.any': 'note', 'choose.limits': 'wishes' } },
    wishes: { meta: { asks: 'text' }, on: { 'choose.given': 'note' } },
    note: {
      meta: { asks: 'text' },
      on: {
        'choose.reuse': { guard: fact('told'), target: 'summary' },
        'choose.skip': 'summary',
        'choose.given': 'summary',
      },
    },
    summary: { meta: { asks: 'choice' }, on: { 'choose.send': 'sent', 'choose.correct': { target: 'summary' } } },
    sent: { type: 'final' },
    declined: { type: 'final' },
    call_yourself: { type: 'final' },
  },
});
