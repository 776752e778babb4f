// When a case must be looked at next by itself: a reminder, a limit, an appointment that comes near, a check-in, a message that waits.
// What is then done is left to the tick; what may be due to plan.ts.
import { safeMoment } from '../../safe-contact/moment.ts';
import type { Environment } from '../../talk.ts';
import type { Case } from '../types.ts';
import type { Due, Line } from './due.ts';
import { audienceOf } from './due.ts';
import { wind } from './phase.ts';
import { planOf } from './plan.ts';

/** From here on a moment never comes by itself. */
const NEVER = Date.parse('9999-01-01T00:00:00Z');

/** The next moment at which something is due, not after `at` where it is due already; null where nothing will ever be. */
export function alarmOf(env: Environment, made: Case, at: Date): Date | null {
  const wound = wind(made, at);
  const waiting = made.life.waiting.map(({ notBefore }) => Date.parse(notBefore)).filter((when) => when < NEVER);
  const lost = isLost(wound) ? [at.getTime()] : [];
  const next = planOf(env, wound).flatMap((line) => firstOf(wound, line, at));
  const moments = [...waiting, ...lost, ...next];
  return moments.length > 0 ? new Date(Math.min(...moments)) : null;
}

/** A mail did not arrive, and nobody has seen to it. */
export function isLost({ state, life }: Case): boolean {
  return (life.lost ?? []).length > 0 || (state === 'undeliverable' && life.clock?.lostAt === undefined);
}

/** When it can be done: to the person when they may be written to, at the earliest now. `undefined`: done, or never more. */
export function readyAt(made: Case, due: Due, at: Date): Date | undefined {
  if (made.life.clock?.done.includes(due.id)) return undefined;
  const moment = due.at();
  const ready = audienceOf(due) === 'person' ? personAt(made, due, moment > at ? moment : at) : moment;
  return ready === undefined || (due.until && ready >= due.until) ? undefined : ready;
}

/** Who may never be written to reads what they must know when they come: it is laid ready at its time. */
function personAt(made: Case, { must }: Due, from: Date): Date | undefined {
  const moment = safeMoment(made, from);
  if (moment === 'never') return must ? from : undefined;
  return moment;
}

function firstOf(made: Case, line: Line, at: Date): number[] {
  for (const due of line) {
    const ready = readyAt(made, due, at);
    if (ready) return [ready.getTime()];
  }
  return [];
}
