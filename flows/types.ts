// The words that every flow shares: areas, needs, answers, referrals. Shapes only.
// How a referral becomes a desk is left to the directory, how it is said to locales/.

export const AREAS = ['economic', 'housing', 'relational', 'health'] as const;
export type Area = (typeof AREAS)[number];

export const NEEDS = {
  economic: ['bills', 'income', 'food', 'debts', 'family_costs', 'documents_isee'],
  housing: ['rent', 'eviction', 'social_housing', 'homelessness', 'unfit_home'],
  relational: ['violence', 'family_conflict', 'parenting_minors', 'loneliness', 'addiction', 'integration'],
  health: ['elderly_care', 'disability', 'mental_health', 'caregiver', 'medical_access'],
} as const;
export type Need = (typeof NEEDS)[Area][number];

export const COMUNI = [
  'lucca',
  'capannori',
  'porcari',
  'altopascio',
  'montecarlo',
  'villa_basilica',
  'pescaglia',
] as const;
export type ComuneId = (typeof COMUNI)[number];

export type Urgency = 'none' | 'urgent' | 'emergency';
export type ForWhom = 'self' | 'relative' | 'client';

/**
 * The kinds of service a referral may name. The directory says which desk, office or line answers each of them in
 * each comune; a desk file names one of these in its `service` field.
 */
export const SERVICES = [
  'segretariato',
  'punto_insieme',
  'housing_office',
  'immigration_desk',
  'employment_centre',
  'tenants_union',
  'food_aid',
  'street_unit',
  'cold_plan',
  'anti_violence_centre',
  'addiction_service',
  'youth_clinic',
  'foster_centre',
  'primary_care',
  'booking_centre',
  'community_transport',
  'pronto_badante',
  'inps',
  'emergency_112',
  'violence_1522',
  'child_emergency_114',
  'child_line_19696',
  'missing_children_116000',
  'medical_116117',
  'telefono_amico',
  'gambling_line',
  'anti_trafficking',
  'regional_urp',
] as const;
export type ServiceKey = (typeof SERVICES)[number];

/** One answer: the events sent to one question, in order (a list of more than one only where several may be chosen). */
export interface Answer {
  /** `<flow>.<state>`, for example `economic.need`. */
  question: string;
  values: string[];
  /** Who said it: tapped or typed as an answer, found in the person's words, or given by the page. */
  by: 'person' | 'words' | 'page';
}

/** The outcome of one flow: who can help, how soon, and which texts explain it. Services are in order; the first receives the person. */
export interface Referral {
  area: Area | 'unclear';
  need: Need | 'unclear';
  services: ServiceKey[];
  urgency: Urgency;
  /** Keys of `notes.json`: one sentence each, said before the card. */
  notes: string[];
}
