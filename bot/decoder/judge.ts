// Weighs the evidence: which need comes first, which stand beside it, how soon, whose it is, how sure.
// What the words are is left to the lexicon, where the person lives to places.ts.
import type { Need } from '../../flows/types.ts';
import { readAnswers } from './answers.ts';
import type { Evidence, NeedEvidence } from './evidence.ts';
import { areaOf } from './lexicon.ts';
import type { Decoded } from './types.ts';
import { readForWhom } from './whom.ts';

export type Judged = Omit<Decoded, 'lang' | 'comune' | 'place' | 'residentElsewhere' | 'ambiguousPlaces'>;

/** Below this nothing is claimed. */
export const ENOUGH = 2;
/** A need of this score is clearly named. */
export const CLEAR = 4;
/** A need beside the first is named from this score on. */
const BESIDE = 3;
/** Most pressing first, where two needs weigh the same and in `otherNeeds`. */
const PRESSING: Need[] = [
  'mental_health',
  'violence',
  'homelessness',
  'medical_access',
  'eviction',
  'food',
  'parenting_minors',
  'bills',
  'elderly_care',
  'caregiver',
  'disability',
  'debts',
  'addiction',
  'income',
  'rent',
  'unfit_home',
  'social_housing',
  'family_costs',
  'integration',
  'family_conflict',
  'loneliness',
  'documents_isee',
];

export function judge(evidence: Evidence): Judged {
  const needs = settle(evidence);
  const [first, ...beside] = needs.filter(({ score }, index) => score >= (index === 0 ? ENOUGH : BESIDE));
  if (first === undefined || isOffTopic(evidence, first)) return nothing(evidence);
  const area = areaOf(first.need);
  const others = beside.slice(0, 3);
  const urgency = urgencyOf(first, evidence);
  const forWhom = readForWhom(evidence, first);
  return {
    area,
    secondaryArea: others.map(({ need }) => areaOf(need)).find((other) => other !== area) ?? null,
    need: first.need,
    otherNeeds: inOrderOfPressure(others.map(({ need }) => need)),
    likely: [],
    danger: 0,
    urgency: others.reduce((worst, other) => graver(worst, urgencyOf(other, evidence)), urgency),
    forWhom,
    answers: readAnswers(
      evidence,
      needs.filter(({ score }) => score >= ENOUGH),
      forWhom,
    ),
    confidence: confidenceOf(first, needs[1]),
  };
}

export function inOrderOfPressure(needs: Need[]): Need[] {
  return needs.sort((a, b) => PRESSING.indexOf(a) - PRESSING.indexOf(b));
}

export function nothing(evidence: Evidence): Judged {
  const answers: Record<string, string> = evidence.signs.has('off_topic') ? { 'triage.off_topic': 'yes' } : {};
  const forWhom = evidence.signs.has('client') ? 'client' : 'unknown';
  return {
    area: 'unclear',
    secondaryArea: null,
    need: null,
    otherNeeds: [],
    likely: [],
    danger: 0,
    urgency: 'none',
    forWhom,
    answers,
    confidence: 0.2,
  };
}

/** Thanks, or an off-topic word, win over a passing one, never over a need that is clearly named. */
function isOffTopic({ signs }: Evidence, first: NeedEvidence): boolean {
  return (signs.has('off_topic') || signs.has('thanks')) && first.score < CLEAR && !first.urgent;
}

/** Needs in order, after those that another one explains are made lighter. */
export function settle({ needs, signs }: Evidence): NeedEvidence[] {
  const score = (need: Need): number => needs.find((one) => one.need === need)?.score ?? 0;
  const lighter = new Map<Need, number>();
  const lighten = (need: Need, by: number): unknown => lighter.set(need, (lighter.get(need) ?? 0) + by);
  for (const [strong, weak, by] of EXPLAINS) if (score(strong) >= 4) lighten(weak, by);
  // A child in the talk of parents who part is not yet the child's need; an illness named is not yet a lack of care.
  if (score('family_conflict') >= 4 && !needs.some(({ need, urgent }) => need === 'parenting_minors' && urgent))
    lighten('parenting_minors', 4);
  const child = needs.find(({ need }) => need === 'parenting_minors');
  const ofChild = child?.emergency === true && (signs.has('minor_writes') || !signs.has('victim'));
  return (
    needs
      .map((one) => ({ ...one, score: Math.max(0, one.score - (one.emergency ? 0 : (lighter.get(one.need) ?? 0))) }))
      // Blows that a child gets are the child's danger, not a violence between adults.
      .filter(({ need }) => need !== 'violence' || !ofChild)
      .sort((a, b) => rank(b) - rank(a) || PRESSING.indexOf(a.need) - PRESSING.indexOf(b.need))
  );
}

/** The first, when clearly there, already says what the second would add: [strong, weak, made lighter by]. */
const EXPLAINS: [Need, Need, number][] = [
  ['eviction', 'rent', 4],
  ['social_housing', 'rent', 4],
  ['social_housing', 'eviction', 3],
  ['homelessness', 'rent', 3],
  ['homelessness', 'eviction', 4],
  ['homelessness', 'unfit_home', 3],
  ['unfit_home', 'rent', 4],
  ['unfit_home', 'bills', 1],
  ['caregiver', 'elderly_care', 3],
  ['caregiver', 'mental_health', 2],
  ['caregiver', 'disability', 3],
  ['family_costs', 'parenting_minors', 4],
  ['family_costs', 'food', 2],
  ['debts', 'bills', 1],
  ['bills', 'debts', 2],
  ['bills', 'income', 1],
  ['rent', 'income', 1],
  ['food', 'income', 1],
  ['debts', 'income', 1],
  ['violence', 'family_conflict', 4],
  ['violence', 'parenting_minors', 3],
  ['addiction', 'family_conflict', 2],
  ['addiction', 'parenting_minors', 2],
  ['disability', 'parenting_minors', 4],
  ['disability', 'elderly_care', 2],
  ['elderly_care', 'medical_access', 2],
  ['elderly_care', 'loneliness', 3],
  ['loneliness', 'elderly_care', 2],
  ['mental_health', 'loneliness', 2],
  ['mental_health', 'medical_access', 2],
  ['integration', 'documents_isee', 2],
];

function rank({ need, score, emergency, urgent }: NeedEvidence): number {
  // A wish to die comes before whatever caused it.
  const first = emergency && need === 'mental_health' ? 20 : 0;
  return score + first + (emergency ? 6 : 0) + (urgent ? 1.5 : 0);
}

function urgencyOf({ need, emergency, urgent }: NeedEvidence, { signs, answers }: Evidence): Decoded['urgency'] {
  if (emergency) return 'emergency';
  const frail = signs.has('frail');
  if (need === 'bills' && frail && (answers.get('economic.cutoff') ?? []).length > 0) return 'urgent';
  if (need === 'unfit_home' && frail && signs.has('days')) return 'urgent';
  if (need === 'eviction') return urgent || (signs.has('days') && !signs.has('later')) ? 'urgent' : 'none';
  return urgent ? 'urgent' : 'none';
}

function graver(a: Decoded['urgency'], b: Decoded['urgency']): Decoded['urgency'] {
  const order: Decoded['urgency'][] = ['none', 'urgent', 'emergency'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? 'none';
}

/** Not calibrated: grows with the evidence, falls with a rival that weighs nearly the same. */
function confidenceOf(first: NeedEvidence, second: NeedEvidence | undefined): number {
  const weight = 1 - Math.exp(-first.score / 4);
  const rival = Math.min(1, (second?.score ?? 0) / first.score);
  return Math.round(weight * (1 - 0.4 * rival) * 100) / 100;
}
