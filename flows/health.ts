// Health need: old age, disability, mind, caring for others, getting care, to who answers for each.
// Routing only. Words: locales/<lang>/health.json, keyed by state; danger signs in words are the floor's.
import { flowSetup, ifAffordable, leaf } from './setup.ts';

const area = 'health';

export const health = flowSetup.createMachine({
  id: area,
  context: ({ input }) => input,
  initial: 'need',
  states: {
    need: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.elderly_care': ifAffordable(area, 'alone', 'elderly_care'),
        'choose.disability': ifAffordable(area, 'disability_help', 'disability'),
        'choose.caregiver': ifAffordable(area, 'exhaustion', 'caregiver'),
        'choose.mental_health': ifAffordable(area, 'mind', 'mental_health'),
        'choose.medical_access': ifAffordable(area, 'access', 'medical_access'),
      },
    },
    alone: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.days': 'elderly_urgent', 'choose.no': 'elderly_care' },
    },
    disability_help: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.care': 'disability', 'choose.certificate': 'certificate' },
    },
    // One question tells exhaustion from crisis; it never assumes the crisis.
    exhaustion: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.tired': 'caregiver', 'choose.stopping': 'caregiver_urgent', 'choose.end_it': 'despair' },
    },
    mind: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.talk': 'mental_health', 'choose.end_it': 'despair' },
    },
    access: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.doctor': 'doctor', 'choose.medicine': 'medicine', 'choose.booking': 'booking' },
    },

    elderly_care: leaf({
      area,
      need: 'elderly_care',
      services: ['punto_insieme', 'pronto_badante'],
      urgency: 'none',
      notes: ['punto_insieme'],
    }),
    elderly_urgent: leaf({
      area,
      need: 'elderly_care',
      services: ['punto_insieme', 'pronto_badante'],
      urgency: 'urgent',
      notes: ['discharge', 'punto_insieme'],
    }),
    disability: leaf({
      area,
      need: 'disability',
      services: ['punto_insieme'],
      urgency: 'none',
      notes: ['punto_insieme'],
    }),
    certificate: leaf({
      area,
      need: 'disability',
      services: ['punto_insieme', 'inps'],
      urgency: 'none',
      notes: ['disability_path'],
    }),
    caregiver: leaf({
      area,
      need: 'caregiver',
      services: ['punto_insieme', 'pronto_badante', 'telefono_amico'],
      urgency: 'none',
      notes: ['caregiver'],
    }),
    caregiver_urgent: leaf({
      area,
      need: 'caregiver',
      services: ['punto_insieme', 'pronto_badante', 'telefono_amico'],
      urgency: 'urgent',
      notes: ['caregiver'],
    }),
    mental_health: leaf({
      area,
      need: 'mental_health',
      services: ['segretariato', 'telefono_amico'],
      urgency: 'none',
      notes: ['mental_health'],
    }),
    despair: leaf({
      area,
      need: 'mental_health',
      services: ['telefono_amico', 'emergency_112', 'medical_116117', 'segretariato'],
      urgency: 'emergency',
      notes: ['despair'],
    }),
    medical_access: leaf({
      area,
      need: 'medical_access',
      services: ['segretariato', 'medical_116117', 'booking_centre'],
      urgency: 'none',
      notes: [],
    }),
    doctor: leaf({
      area,
      need: 'medical_access',
      services: ['medical_116117', 'primary_care', 'segretariato'],
      urgency: 'urgent',
      notes: ['doctor'],
    }),
    medicine: leaf({
      area,
      need: 'medical_access',
      services: ['medical_116117', 'segretariato'],
      urgency: 'urgent',
      notes: ['medicine'],
    }),
    booking: leaf({
      area,
      need: 'medical_access',
      services: ['booking_centre', 'segretariato'],
      urgency: 'none',
      notes: ['booking'],
    }),
  },
});
