// "Did you manage to speak with the desk?", seven and thirty days later, at ten on a day on which offices work.
// Whether they wanted to be asked is in `life.checks`; what an answer does is left to bot/cases/person-steps.ts.
import { urgencyOf } from '../../mail/request.ts';
import type { Environment } from '../../talk.ts';
import type { Case, CaseState } from '../types.ts';
import type { Due } from './due.ts';
import { atWall, daysAfter, laterByDays, wallOf } from './wall.ts';
import { weekdayFrom } from './working.ts';

const DAYS = [7, 30];
/** Who has not managed yet is asked once more, so many days after they said so. */
const LATER = 7;
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
  const from = new Date(checks.from);
  const asked = DAYS.map((day) => due(day, moment(env, made, from, day)));
  const later = checks.answers
    .filter(({ day, answer }) => DAYS.includes(day) && answer === 'later')
    .map(({ day, at }) => due(day + LATER, moment(env, made, new Date(at), LATER), asked[DAYS.indexOf(day) + 1]?.at()));
  return [...asked, ...later]
    .filter(({ after = 0 }) => !checks.asked.includes(after))
    .toSorted((one, other) => one.at().getTime() - other.at().getTime());
}

/** `next`: when they are asked anyway; not twice in those days. */
function due(day: number, at: Date, next?: Date): Due {
  const ends = [laterByDays(at, WORTH_DAYS), ...(next ? [laterByDays(next, -LATER)] : [])];
  const until = new Date(Math.min(...ends.map((end) => end.getTime())));
  return { id: `check.${day}`, act: 'check', at: () => at, until, after: day };
}

function moment(env: Environment, made: Case, from: Date, days: number): Date {
  const day = weekdayFrom(env, made, daysAfter(wallOf(from).day, days));
  return atWall({ day, minutes: TEN });
}
