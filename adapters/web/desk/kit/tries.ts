// Counts what may happen only so often: mails asked for a desk, a case, the coordinator. In memory: a restart forgets it.
// What is said to who has tried too often is left to the pages.

const MOST_KEYS = 20_000;

export interface Tries {
  /** Whether `key` has none left at that moment. */
  spent(key: string, at: Date): boolean;
  /** Takes one; false, and nothing taken, where none is left. */
  take(key: string, at: Date): boolean;
}

/** At most `most` within any `withinMs`. Knows at most 20,000 keys: the oldest are forgotten. */
export function createTries({ most, withinMs }: { most: number; withinMs: number }): Tries {
  const taken = new Map<string, number[]>();
  const recent = (key: string, at: Date): number[] =>
    (taken.get(key) ?? []).filter((time) => time > at.getTime() - withinMs);
  const spent = (key: string, at: Date): boolean => recent(key, at).length >= most;
  return {
    spent,
    take(key, at) {
      if (spent(key, at)) return false;
      const times = [...recent(key, at), at.getTime()];
      taken.delete(key);
      taken.set(key, times);
      const oldest = taken.keys().next().value;
      if (taken.size > MOST_KEYS && oldest !== undefined) taken.delete(oldest);
      return true;
    },
  };
}

/** What all of them allow. */
export function together(...all: Tries[]): Tries {
  const spent = (key: string, at: Date): boolean => all.some((one) => one.spent(key, at));
  return { spent, take: (key, at) => !spent(key, at) && all.every((one) => one.take(key, at)) };
}
