// Tells whose the need is: the writer's, somebody else's, or that of a professional's client.
// Which words name a person is left to the lexicon (`signs`).
import type { Need } from '../../flows/types.ts';
import type { Evidence, NeedEvidence } from './evidence.ts';
import type { Decoded } from './types.ts';

/** Needs a household has together: the writer's, also when a relative caused them. */
const HOUSEHOLD: Need[] = [
  'bills',
  'income',
  'food',
  'debts',
  'documents_isee',
  'rent',
  'eviction',
  'social_housing',
  'unfit_home',
  'integration',
];
/** The writer's own by nature. */
const OWN: Need[] = ['caregiver', 'family_costs', 'family_conflict'];

export function readForWhom(evidence: Evidence, { need }: NeedEvidence): Decoded['forWhom'] {
  const { signs } = evidence;
  if (signs.has('client')) return 'client';
  if (signs.has('minor_writes')) return 'self';
  if (OWN.includes(need)) return signs.has('info') && !signs.has('first_person') ? 'unknown' : 'self';
  if (need === 'parenting_minors') return 'other';
  if (isAnother(evidence, need)) return 'other';
  return signs.has('info') && !signs.has('first_person') ? 'unknown' : 'self';
}

function isAnother({ signs }: Evidence, need: Need): boolean {
  const other = signs.get('other_person')?.at(0);
  const child = signs.get('child')?.at(0);
  if (need === 'elderly_care') return !signs.has('own_age');
  if (
    need === 'disability' ||
    need === 'medical_access' ||
    need === 'mental_health' ||
    need === 'addiction' ||
    need === 'loneliness'
  )
    return (
      !signs.has('own_age') &&
      ((signs.has('close_person') && need !== 'loneliness') ||
        other !== undefined ||
        (child !== undefined && need !== 'mental_health' && need !== 'loneliness'))
    );
  if (other === undefined) return false;
  if (need === 'violence') return !signs.has('victim');
  if (HOUSEHOLD.includes(need) || need === 'homelessness') return !signs.has('household') || other.start <= 3;
  return true;
}
