// Access: where the person lives, whether the services know them, for whom they write. Asked once, after the areas.
// Words: locales/<lang>/access.json, keyed by state. Which desk that makes is left to the directory.
import { flowSetup } from './setup.ts';

const flow = 'access';
const affords = (question: string) => ({ type: 'affordsNow', params: { question: `${flow}.${question}` } }) as const;
const wants = (fact: string) => ({ type: 'fact', params: { fact } }) as const;

export const access = flowSetup.createMachine({
  id: flow,
  context: ({ input }) => input,
  initial: 'comune',
  states: {
    comune: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.lucca': 'followed_if_useful',
        'choose.capannori': 'followed_if_useful',
        'choose.porcari': 'followed_if_useful',
        'choose.altopascio': 'followed_if_useful',
        'choose.montecarlo': 'followed_if_useful',
        'choose.villa_basilica': 'followed_if_useful',
        'choose.pescaglia': 'followed_if_useful',
        'choose.outside': 'outside',
      },
    },
    followed_if_useful: {
      always: [{ guard: wants('ask_followed'), target: 'followed_if_affordable' }, { target: 'for_whom_if_useful' }],
    },
    followed_if_affordable: {
      always: [{ guard: affords('followed'), target: 'followed' }, { target: 'for_whom_if_useful' }],
    },
    followed: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.first': 'for_whom_if_useful', 'choose.followed': 'for_whom_if_useful' },
    },
    for_whom_if_useful: {
      always: [{ guard: wants('ask_for_whom'), target: 'for_whom_if_affordable' }, { target: 'here' }],
    },
    for_whom_if_affordable: { always: [{ guard: affords('for_whom'), target: 'for_whom' }, { target: 'here' }] },
    for_whom: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.self': 'here', 'choose.relative': 'here', 'choose.client': 'here' },
    },
    here: { type: 'final' },
    outside: { type: 'final' },
  },
});
