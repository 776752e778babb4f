// Waiting that can be cut short.
// How long, and for what, is left to whoever waits.

/** Runs that after so many milliseconds; gives what calls it off. */
export type Later = (milliseconds: number, run: () => void) => () => void;

export const later: Later = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Resolves after that long, or at once when aborted. */
export function pause(milliseconds: number, signal: AbortSignal, after: Later = later): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      callOff();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const callOff = after(milliseconds, end);
    signal.addEventListener('abort', end);
  });
}
