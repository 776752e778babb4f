// Relational need: violence, family, children, loneliness, addiction, a new country, to who answers for each.
// Routing only. Words: locales/<lang>/relational.json, keyed by state; danger signs in words are the floor's.
import { flowSetup, ifAffordable, leaf } from './setup.ts';

const area = 'relational';

export const relational = flowSetup.createMachine({
  id: area,
  context: ({ input }) => input,
  initial: 'need',
  states: {
    need: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.parenting_minors': ifAffordable(area, 'minors', 'parenting_minors'),
        'choose.family_conflict': 'family_conflict',
        'choose.loneliness': ifAffordable(area, 'mood', 'loneliness'),
        'choose.violence': [
          { guard: { type: 'told', params: { question: `${area}.man` } }, target: 'man' },
          { target: 'violence' },
        ],
        'choose.addiction': ifAffordable(area, 'substance', 'addiction'),
        'choose.integration': 'integration',
      },
    },
    minors: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.school': 'parenting_minors',
        'choose.behaviour': 'parenting_minors',
        'choose.disability': 'minor_disability',
        'choose.substance': 'minor_addiction',
        'choose.danger': 'child_danger',
      },
    },
    // The light safety check: one question, an ordinary one, with the way to help inside it.
    mood: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.company': 'loneliness', 'choose.heavy': 'loneliness_heavy', 'choose.end_it': 'despair' },
    },
    substance: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.alcohol': 'addiction', 'choose.drugs': 'addiction', 'choose.gambling': 'gambling' },
    },
    // Never asked: answered by the words, where they tell that it is a man who is hit.
    man: {
      meta: { asks: 'choice' },
      on: { 'choose.yes': 'violence_man', 'choose.no': 'violence' },
    },

    violence: leaf({
      area,
      need: 'violence',
      services: ['anti_violence_centre', 'violence_1522', 'emergency_112', 'segretariato'],
      urgency: 'emergency',
      notes: ['violence'],
    }),
    // The centre receives women; 1522 answers anybody.
    violence_man: leaf({
      area,
      need: 'violence',
      services: ['violence_1522', 'segretariato', 'emergency_112'],
      urgency: 'emergency',
      notes: ['violence_man'],
    }),
    family_conflict: leaf({
      area,
      need: 'family_conflict',
      services: ['segretariato'],
      urgency: 'none',
      notes: ['family'],
    }),
    parenting_minors: leaf({
      area,
      need: 'parenting_minors',
      services: ['segretariato', 'youth_clinic', 'child_line_19696'],
      urgency: 'none',
      notes: [],
    }),
    minor_disability: leaf({
      area: 'health',
      need: 'disability',
      services: ['punto_insieme', 'segretariato'],
      urgency: 'none',
      notes: ['punto_insieme', 'disability_path'],
    }),
    minor_addiction: leaf({
      area,
      need: 'addiction',
      services: ['segretariato', 'addiction_service', 'youth_clinic'],
      urgency: 'none',
      notes: ['addiction'],
    }),
    child_danger: leaf({
      area,
      need: 'parenting_minors',
      services: ['child_emergency_114', 'emergency_112', 'child_line_19696', 'segretariato'],
      urgency: 'emergency',
      notes: ['child_danger'],
    }),
    loneliness: leaf({
      area,
      need: 'loneliness',
      services: ['segretariato', 'telefono_amico', 'community_transport'],
      urgency: 'none',
      notes: ['loneliness'],
    }),
    loneliness_heavy: leaf({
      area,
      need: 'loneliness',
      services: ['segretariato', 'telefono_amico'],
      urgency: 'none',
      notes: ['listening'],
    }),
    despair: leaf({
      area: 'health',
      need: 'mental_health',
      services: ['telefono_amico', 'emergency_112', 'medical_116117', 'segretariato'],
      urgency: 'emergency',
      notes: ['despair'],
    }),
    addiction: leaf({
      area,
      need: 'addiction',
      services: ['segretariato', 'addiction_service'],
      urgency: 'none',
      notes: ['addiction'],
    }),
    gambling: leaf({
      area,
      need: 'addiction',
      services: ['segretariato', 'addiction_service', 'gambling_line'],
      urgency: 'none',
      notes: ['gambling'],
    }),
    integration: leaf({
      area,
      need: 'integration',
      services: ['segretariato', 'immigration_desk'],
      urgency: 'none',
      notes: ['integration'],
    }),
  },
});
