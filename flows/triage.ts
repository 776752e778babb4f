// Triage: which of the four areas, one or several, before any area's own flow.
// Words: locales/<lang>/triage.json, keyed by state. What follows each area is left to walk.ts.
import { flowSetup } from './setup.ts';

export const triage = flowSetup.createMachine({
  id: 'triage',
  context: ({ input }) => input,
  initial: 'areas',
  states: {
    areas: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.housing': 'decided',
        'choose.economic': 'decided',
        'choose.health': 'decided',
        'choose.relational': 'decided',
        'choose.several': 'several',
        'choose.unsure': 'unclear',
      },
    },
    several: {
      meta: { asks: 'several' },
      on: {
        'choose.housing': { target: 'several' },
        'choose.economic': { target: 'several' },
        'choose.health': { target: 'several' },
        'choose.relational': { target: 'several' },
        'choose.done': { target: 'decided', actions: 'count' },
      },
    },
    decided: { type: 'final' },
    unclear: {
      type: 'final',
      meta: { referral: { area: 'unclear', need: 'unclear', services: ['segretariato'], urgency: 'none', notes: [] } },
    },
  },
});
