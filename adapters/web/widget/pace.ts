// The pause before a bubble, as of somebody who writes: short, in proportion, and never before what is urgent.
// What is shown is left to the caller; what is announced never waits.

const LEAST = 250;
const MOST = 800;
const PER_CHARACTER = 3;

export interface Pace {
  /** Shows it after a pause, behind what waits already; at once where `now` is set, with all that waits before it. */
  add(show: () => void, length: number, now: boolean): void;
  /** Shows everything that waits. */
  flush(): void;
}

/** No pause at all where the person wants less motion or does not look. */
export function createPace(typing: (on: boolean) => void): Pace {
  const waiting: { show: () => void; pause: number }[] = [];
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const next = (): void => {
    const first = waiting[0];
    if (!first) return;
    timer = setTimeout(() => {
      timer = undefined;
      waiting.shift();
      try {
        first.show();
      } finally {
        typing(waiting.length > 0);
        next();
      }
    }, first.pause);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const first = waiting.shift();
    if (!first) return typing(false);
    // What cannot be shown keeps nothing behind it from being shown.
    try {
      first.show();
    } finally {
      flush();
    }
  };
  addEventListener('visibilitychange', flush, true);

  return {
    add: (show, length, now) => {
      const pause = Math.min(MOST, LEAST + PER_CHARACTER * length) / (1 + waiting.length);
      waiting.push({ show, pause });
      if (now || still.matches || document.hidden) flush();
      else if (timer === undefined) next();
      typing(waiting.length > 0);
    },
    flush,
  };
}
