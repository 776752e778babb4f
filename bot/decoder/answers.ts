// Turns found details into answers of the flows' questions, so that nobody is asked what they have said.
// Which words tell a detail is left to the lexicon (`answers`), which questions exist to flows/.
import type { Need } from '../../flows/types.ts';
import type { Evidence, NeedEvidence } from './evidence.ts';
import type { Decoded } from './types.ts';

/** A detail counts only where one of its needs was found. */
const BELONGS: Record<string, Need[]> = {
  'economic.work': ['income'],
  'economic.debt_kind': ['debts'],
  'economic.costs': ['family_costs'],
  'relational.minors': ['parenting_minors'],
  'relational.substance': ['addiction'],
  'health.disability_help': ['disability'],
  'health.access': ['medical_access'],
};

/** Whether the words answer a question that only this need asks. */
export function answersOf(need: Need, answers: Record<string, string>): boolean {
  return Object.keys(answers).some((question) => BELONGS[question]?.includes(need) ?? false);
}

export function readAnswers(
  evidence: Evidence,
  needs: NeedEvidence[],
  forWhom: Decoded['forWhom'],
): Record<string, string> {
  const { signs, answers } = evidence;
  const found = new Map(needs.map((one) => [one.need, one]));
  const said: Record<string, string> = {};
  const say = (question: string, value: string | undefined): void => {
    if (value !== undefined) said[question] = value;
  };
  for (const [question, owners] of Object.entries(BELONGS))
    if (owners.some((need) => found.has(need))) say(question, answers.get(question)?.at(0));
  if (found.has('debts')) say('economic.debt_kind', debtKind(answers.get('economic.debt_kind') ?? []));
  if (found.has('bills')) say('economic.cutoff', cutoff(evidence));
  if (found.has('food') && signs.has('frail')) say('economic.fragile', 'yes');
  if (found.has('eviction')) say('housing.eviction_when', evictionWhen(evidence, found.get('eviction')));
  if (found.get('homelessness')?.emergency)
    say('housing.tonight', signs.has('child') && isParent(evidence) ? 'children' : 'alone');
  else if (found.get('homelessness')?.urgent) say('housing.tonight', 'hosted');
  if ((['elderly_care', 'disability'] as const).some((need) => found.get(need)?.urgent)) say('health.alone', 'days');
  if (forWhom !== 'unknown') say('access.for_whom', forWhom === 'other' ? 'relative' : forWhom);
  if (signs.has('followed')) say('access.followed', 'followed');
  if (found.has('bills') && signs.has('info') && !answers.has('economic.cutoff') && !signs.has('household'))
    say('economic.bonus', 'info');
  return said;
}

function debtKind(values: string[]): string | undefined {
  return ['threats', 'gambling', 'other'].find((value) => values.includes(value));
}

function cutoff({ signs, answers }: Evidence): string | undefined {
  if (!answers.has('economic.cutoff')) return undefined;
  return signs.has('frail') ? 'cut_frail' : 'cut';
}

function evictionWhen({ signs, answers }: Evidence, eviction: NeedEvidence | undefined): string | undefined {
  if (eviction?.urgent || (signs.has('days') && !signs.has('later'))) return 'days';
  if (signs.has('later')) return 'later';
  return answers.get('housing.eviction_when')?.at(0);
}

/** "With my daughter", not "thrown out by my father's son": the child stands in the words of one's own family. */
function isParent({ signs }: Evidence): boolean {
  return !signs.has('minor_writes');
}
