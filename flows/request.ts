// The appointment request: consent first, then one thing at a time, a summary to correct, and off it goes.
// Words: locales/<lang>/request.json, keyed by state. What is typed goes into the case, never into the answers.
import { flowSetup } from './setup.ts';

const fact = (name: string) => ({ type: 'fact', params: { fact: name } }) as const;

/** Who is asked about when somebody writes for another. */
const aboutOthers = [
  { guard: fact('client'), target: 'agreed' },
  { guard: fact('relative'), target: 'knows' },
  { target: 'name' },
] as const;

/** What the first form of the Punto Insieme asks for: each may be skipped, and what was told already is not asked. */
const firstForm = [
  { guard: fact('ask_age'), target: 'age' },
  { guard: fact('punto_insieme'), target: 'alone' },
  { target: 'note' },
] as const;

/** After violence, how it is safe to be reached was asked first, and no form is filled in here. */
const thenSafe = [{ guard: fact('sensitive'), target: 'note' }, { target: 'safe' }] as const;

const discharge = [{ guard: fact('hospital'), target: 'discharge' }, { target: 'note' }] as const;

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
    // Whoever writes by profession: nothing is asked, and nothing sent, of a person who has not agreed.
    agreed: { meta: { asks: 'choice' }, on: { 'choose.yes': 'organization', 'choose.no': 'not_agreed' } },
    organization: {
      meta: { asks: 'text' },
      on: { 'choose.given': [{ guard: fact('role'), target: 'writer' }, { target: 'role' }] },
    },
    role: { meta: { asks: 'text' }, on: { 'choose.given': 'writer' } },
    knows: { meta: { asks: 'choice' }, on: { 'choose.yes': 'call', 'choose.no': 'writer' } },
    call: { meta: { asks: 'choice' }, on: { 'choose.writer': 'writer', 'choose.person': 'name' } },
    writer: { meta: { asks: 'name' }, on: { 'choose.given': 'name' } },
    name: { meta: { asks: 'name' }, on: { 'choose.given': 'contact' } },
    contact: { meta: { asks: 'contact' }, on: { 'choose.given': 'when' } },
    when: { meta: { asks: 'slot' }, on: { 'choose.slot': thenSafe, 'choose.any': thenSafe } },
    safe: { meta: { asks: 'choice' }, on: { 'choose.any': firstForm, 'choose.limits': 'wishes' } },
    wishes: { meta: { asks: 'text' }, on: { 'choose.given': firstForm } },
    age: { meta: { asks: 'text' }, on: { 'choose.given': 'alone', 'choose.skip': 'alone' } },
    alone: { meta: { asks: 'choice' }, on: { 'choose.yes': 'doctor', 'choose.no': 'doctor', 'choose.skip': 'doctor' } },
    doctor: {
      meta: { asks: 'choice' },
      on: { 'choose.yes': discharge, 'choose.no': discharge, 'choose.skip': discharge },
    },
    discharge: { meta: { asks: 'text' }, on: { 'choose.given': 'note', 'choose.skip': 'note' } },
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
    not_agreed: { type: 'final' },
    call_yourself: { type: 'final' },
  },
});
