// Housing need: rent, eviction, public housing, no home, an unfit home, to who answers for each.
// Routing only. Words: locales/<lang>/housing.json, keyed by state; desks: the directory, by service.
import { flowSetup, ifAffordable, leaf } from './setup.ts';

const area = 'housing';

export const housing = flowSetup.createMachine({
  id: area,
  context: ({ input }) => input,
  initial: 'need',
  states: {
    need: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: {
        'choose.rent': 'rent',
        'choose.eviction': ifAffordable(area, 'eviction_when', 'eviction'),
        'choose.social_housing': 'social_housing',
        // Where somebody sleeps tonight is asked whatever it costs: it decides between days and hours.
        'choose.homelessness': 'tonight',
        'choose.unfit_home': 'unfit_home',
      },
    },
    eviction_when: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.days': 'eviction_urgent', 'choose.later': 'eviction', 'choose.threat': 'eviction' },
    },
    tonight: {
      meta: { asks: 'choice' },
      exit: 'count',
      on: { 'choose.children': 'no_shelter_family', 'choose.alone': 'no_shelter', 'choose.hosted': 'homelessness' },
    },

    rent: leaf({
      area,
      need: 'rent',
      services: ['segretariato', 'housing_office', 'tenants_union'],
      urgency: 'none',
      notes: ['rent'],
    }),
    eviction: leaf({
      area,
      need: 'eviction',
      services: ['segretariato', 'housing_office', 'tenants_union'],
      urgency: 'none',
      notes: ['eviction'],
    }),
    eviction_urgent: leaf({
      area,
      need: 'eviction',
      services: ['segretariato', 'housing_office', 'tenants_union'],
      urgency: 'urgent',
      notes: ['eviction_urgent'],
    }),
    social_housing: leaf({
      area,
      need: 'social_housing',
      services: ['segretariato', 'housing_office'],
      urgency: 'none',
      notes: ['social_housing'],
    }),
    homelessness: leaf({
      area,
      need: 'homelessness',
      services: ['segretariato', 'street_unit', 'cold_plan', 'food_aid'],
      urgency: 'urgent',
      notes: ['address'],
    }),
    no_shelter: leaf({
      area,
      need: 'homelessness',
      services: ['segretariato', 'street_unit', 'cold_plan', 'food_aid'],
      urgency: 'emergency',
      notes: ['tonight', 'address'],
    }),
    no_shelter_family: leaf({
      area,
      need: 'homelessness',
      services: ['segretariato', 'street_unit'],
      urgency: 'emergency',
      notes: ['tonight', 'tonight_family'],
    }),
    unfit_home: leaf({
      area,
      need: 'unfit_home',
      services: ['segretariato', 'tenants_union'],
      urgency: 'none',
      notes: ['unfit_home'],
    }),
  },
});
