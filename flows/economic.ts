// Economic need: bills, income, food, debts, family costs, ISEE and bonuses, to who answers for each.
// Routing only. Words: locales/<lang>/economic.json, keyed by state; desks: the directory, by service.
import { flowSetup, ifAffordable, leaf } from './setup.ts';

const area = 'economic';

export const economic = flowSetup.createMachine({
  id: area,
  context: ({ input }) => input,
  initial: 'need',
  states: {
    need: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.bills': ifAffordable(area, 'cutoff', 'bills'),
        'choose.income': ifAffordable(area, 'work', 'income'),
        'choose.food': ifAffordable(area, 'fragile', 'food'),
        'choose.debts': ifAffordable(area, 'debt_kind', 'debts'),
        'choose.family_costs': ifAffordable(area, 'costs', 'family_costs'),
        'choose.documents_isee': 'documents_isee',
      },
    },
    cutoff: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.cut_frail': 'bills_urgent', 'choose.cut': 'bills_cut', 'choose.no': 'bills' },
    },
    work: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.lost_job': 'lost_job',
        'choose.adi': 'adi',
        'choose.adi_summons': 'adi_summons',
        'choose.other': 'income',
      },
    },
    fragile: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.yes': 'food_fragile', 'choose.no': 'food' },
    },
    debt_kind: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.threats': 'debts_threats', 'choose.gambling': 'debts_gambling', 'choose.other': 'debts' },
    },
    costs: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.school': 'school_costs', 'choose.children': 'children_costs', 'choose.other': 'family_costs' },
    },

    bills: leaf({ area, need: 'bills', services: ['segretariato'], urgency: 'none', notes: ['bills_bonus'] }),
    bills_cut: leaf({
      area,
      need: 'bills',
      services: ['segretariato'],
      urgency: 'none',
      notes: ['supplier', 'bills_bonus'],
    }),
    bills_urgent: leaf({
      area,
      need: 'bills',
      services: ['segretariato'],
      urgency: 'urgent',
      notes: ['life_support', 'supplier'],
    }),
    income: leaf({ area, need: 'income', services: ['segretariato', 'inps'], urgency: 'none', notes: [] }),
    lost_job: leaf({
      area,
      need: 'income',
      services: ['segretariato', 'employment_centre'],
      urgency: 'none',
      notes: ['job'],
    }),
    adi: leaf({ area, need: 'income', services: ['segretariato', 'inps'], urgency: 'none', notes: ['adi'] }),
    adi_summons: leaf({
      area,
      need: 'income',
      services: ['segretariato', 'inps'],
      urgency: 'urgent',
      notes: ['adi_summons'],
    }),
    food: leaf({ area, need: 'food', services: ['segretariato', 'food_aid'], urgency: 'urgent', notes: ['food'] }),
    food_fragile: leaf({
      area,
      need: 'food',
      services: ['segretariato', 'food_aid'],
      urgency: 'urgent',
      notes: ['food', 'food_fragile'],
    }),
    debts: leaf({ area, need: 'debts', services: ['segretariato'], urgency: 'none', notes: ['debts'] }),
    debts_threats: leaf({
      area,
      need: 'debts',
      services: ['emergency_112', 'segretariato'],
      urgency: 'emergency',
      notes: ['threats'],
    }),
    debts_gambling: leaf({
      area,
      need: 'debts',
      services: ['segretariato', 'addiction_service', 'gambling_line'],
      urgency: 'none',
      notes: ['gambling'],
    }),
    family_costs: leaf({ area, need: 'family_costs', services: ['segretariato', 'inps'], urgency: 'none', notes: [] }),
    school_costs: leaf({ area, need: 'family_costs', services: ['segretariato'], urgency: 'none', notes: ['school'] }),
    children_costs: leaf({
      area,
      need: 'family_costs',
      services: ['segretariato', 'inps'],
      urgency: 'none',
      notes: ['children'],
    }),
    documents_isee: leaf({
      area,
      need: 'documents_isee',
      services: ['segretariato', 'inps'],
      urgency: 'none',
      notes: ['isee', 'bonus_info'],
    }),
  },
});
