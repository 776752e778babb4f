// How long to wait before the next try: longer after each failure, cut short when the network or the person is back.
// What is tried is left to connection.ts and queue.ts.
import { Refused } from './api.ts';

const LONGEST = 15_000;

export interface Waits {
  /** True where the last try failed. */
  failing(): boolean;
  worked(): void;
  /** Milliseconds until the next try, at least what the server asked for. */
  failed(error: unknown): number;
  /** Resolves after that time, or when woken. */
  pause(milliseconds: number): Promise<void>;
  wake(): void;
}

export function createWaits(): Waits {
  let failures = 0;
  let wake: () => void = () => {};
  return {
    failing: () => failures > 0,
    worked: () => void (failures = 0),
    failed: (error) => {
      // Many pages lose the same server at the same moment: they do not come back at the same moment.
      const own = Math.min(LONGEST, 500 * 2 ** failures++) * (0.5 + Math.random() / 2);
      return Math.max(own, error instanceof Refused ? error.retryAfter * 1000 : 0);
    },
    pause: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}
