// "Did you manage to speak with the desk?", seven and thirty days later, at ten on a day on which offices work.
// Whether they wanted to be asked is in `life.checks`; what an answer does is left to bot/cases/person-steps.ts.
import { urgencyOf } from '../../mail/request.ts';
import type { Environment } from '../../talk.ts';
import type { Case, CaseState } from '../types.ts';
import type { Due } from './due.ts';
import { atWall, daysAfter, laterByDays, wallOf } from './wall.ts';
import { weekdayFrom } from './working.ts';

const DAYS = [7, 30];
const TEN = 10 * 60;
/** Asked so much later it would be strange. */
const WORTH_DAYS = 14;
/** Where it was taken back, or is in other hands, or was said to be for others, there is nothing to ask. */
const NEVER: CaseState[] = ['draft', 'withdrawn', 'forwarded', 'refused'];

/** Never after a danger, never against a wish, never of whoever has been forgotten. */
export function checkLine(env: Environment, made: Case): Due[] {
  const { checks } = made.life;
  if (!checks || NEVER.includes(made.state)) return [];
  if (urgencyOf(made.details) === 'emergency' || made.details.needs.some(({ need }) => need === 'violence')) return [];
  return DAYS.filter((day) => !checks.asked.includes(day)).map((day) => {
    const at = moment(env, made, checks.from, day);
    return { id: `check.${day}`, act: 'check', at: () => at, until: laterByDays(at, WORTH_DAYS), after: day };
  });
}

function moment(env: Environment, made: Case, from: string, days: number): Date {
  const day = weekdayFrom(env, made, daysAfter(wallOf(new Date(from)).day, days));
  return atWall({ day, minutes: TEN });
}
