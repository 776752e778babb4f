// When a case must be looked at next by itself: a reminder, a limit, an appointment that comes near, a check-in, a message that waits.
// What is then done is left to the tick.
import type { Environment } from '../../talk.ts';
import type { Case } from '../types.ts';

/** The next moment at which something is due; null where nothing will ever be. */
export function alarmOf(_env: Environment, made: Case, _at: Date): Date | null {
  const waiting = made.life.waiting.map(({ notBefore }) => Date.parse(notBefore));
  return waiting.length > 0 ? new Date(Math.min(...waiting)) : null;
}
