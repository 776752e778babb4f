// When a mail that did not go is tried again, how long a refused transport waits, and when a mail is too old to go on.
// Doing it is left to the outbox worker.
import type { ClaimedMail } from './ports.ts';

const MINUTE = 60_000;
/** Waits after the first, second… try; then the longest. */
const WAITS = [1, 5, 15, 30, 60].map((minutes) => minutes * MINUTE);
const LONGEST_WAIT = 120 * MINUTE;
const PAUSES = [1, 5, 15].map((minutes) => minutes * MINUTE);
const LONGEST_PAUSE = 30 * MINUTE;
const GIVE_UP_AGE = 5 * 24 * 60 * MINUTE;
/** An old mail that was hardly tried (the process was down, the transport paused) still gets its tries. */
const LEAST_TRIES = 6;

/** Up to a tenth sooner, so that many mails do not come back together; never later than the promise. */
export function retryAt(attempts: number, at: Date, random: () => number): Date {
  const wait = WAITS[attempts] ?? LONGEST_WAIT;
  return new Date(at.getTime() + Math.round(wait * (1 - random() / 10)));
}

export function tooOld(mail: ClaimedMail, at: Date): boolean {
  return at.getTime() - mail.queuedAt.getTime() >= GIVE_UP_AGE && mail.attempts >= LEAST_TRIES;
}

export interface Pause {
  until: Date;
  error: string;
  /** Pauses in a row before this one. */
  count: number;
}

/** The pause after one more refusal: longer each time the transport refuses again, the same for mails refused together. */
export function afterPause(last: Pause | null, at: Date, error: string): Pause {
  if (last && at < last.until) return last;
  const count = last ? last.count + 1 : 0;
  return { until: new Date(at.getTime() + (PAUSES[count] ?? LONGEST_PAUSE)), error, count };
}
