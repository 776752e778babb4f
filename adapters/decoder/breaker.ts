// Stops asking an endpoint that keeps failing, so that people do not wait for it message after message.
// What counts as a fault is left to fault.ts.
import type { Clock } from '../../bot/ports.ts';

export interface Breaker {
  /** False while it rests. After a rest one question is let through; the others rest on until it is answered. */
  mayAsk(): boolean;
  worked(): void;
  /** How many faults in a row there have been, this one included. */
  failed(): number;
}

const FAULTS = 3;
const REST_MS = 60_000;

export function createBreaker(clock: Clock): Breaker {
  let faults = 0;
  let until = 0;
  const rest = (): void => void (until = clock().getTime() + REST_MS);
  return {
    mayAsk() {
      if (faults < FAULTS) return true;
      if (clock().getTime() < until) return false;
      rest();
      return true;
    },
    worked: () => void (faults = 0),
    failed() {
      faults += 1;
      if (faults >= FAULTS) rest();
      return faults;
    },
  };
}
