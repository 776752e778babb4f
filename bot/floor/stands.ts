// A violence that was told in this talk stays told: what is said after it is added, never put in its place.
// Hearing it is left to detect.ts, what the answers become to bot/answers.ts.
import { namedNeeds } from '../answers.ts';
import type { Decoded } from '../decoder/types.ts';
import type { Case } from '../ports.ts';
import type { ConversationState } from '../state.ts';
import type { Words } from '../words.ts';
import { allOf, divided } from './leave.ts';

/** The reading of words that were said while such a violence is what the talk is about. */
export function keepViolence(
  decoded: Decoded,
  text: string,
  state: Pick<ConversationState, 'answers' | 'noticed'> | undefined,
  cases: readonly Case[],
  words: Words,
): Decoded {
  if (!state || !isTold(state, cases)) return decoded;
  const away = isAway(text, words) && decoded.answers['economic.work'] === undefined;
  const read = away ? withoutIncome(decoded) : decoded;
  if (read.area === 'unclear' || read.need === 'violence' || read.otherNeeds.includes('violence')) return read;
  const answers = { ...detailsOf(state), ...read.answers };
  if (read.need !== null) return { ...read, otherNeeds: [...read.otherNeeds, 'violence'], answers };
  const open = read.area === 'relational' ? read.secondaryArea : read.area;
  return { ...read, area: 'relational', need: 'violence', secondaryArea: open, answers };
}

/** Its numbers were given, it is what the answers name, and no request for it was made yet. */
function isTold({ answers, noticed }: Pick<ConversationState, 'answers' | 'noticed'>, cases: readonly Case[]): boolean {
  const asked = cases.some(
    ({ state, details }) => state !== 'draft' && details.needs.some(({ need }) => need === 'violence'),
  );
  return !asked && noticed.includes('floor.violence') && namedNeeds(answers).includes('violence');
}

/** "Adesso è al lavoro": where the other one is, no need of the one who writes. */
function isAway(text: string, words: Words): boolean {
  const said = ` ${divided(text)} `;
  return allOf('floor:said_away', words).some((phrase) => said.includes(` ${phrase} `));
}

function withoutIncome(decoded: Decoded): Decoded {
  const otherNeeds = decoded.otherNeeds.filter((need) => need !== 'income');
  const likely = decoded.likely.filter(({ need }) => need !== 'income');
  if (decoded.need !== 'income') {
    // An area without a need is as little.
    const vague = decoded.need === null && decoded.area === 'economic';
    return { ...decoded, otherNeeds, likely, ...(vague ? { area: 'unclear', secondaryArea: null } : {}) };
  }
  return { ...decoded, area: 'unclear', secondaryArea: null, need: null, otherNeeds: [], likely };
}

/** What is known of it already. */
function detailsOf({ answers }: Pick<ConversationState, 'answers'>): Record<string, string> {
  const details = answers.filter(
    ({ question }) => question.startsWith('relational.') && question !== 'relational.need',
  );
  return Object.fromEntries(details.flatMap(({ question, values: [value] }) => (value ? [[question, value]] : [])));
}
