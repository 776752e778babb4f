// Counts requests per address and messages per conversation, generously: a whole library shares one address.
// Words of danger have a measure of their own, far above what a person can write; which words are, is left to the caller.

export interface Limiter {
  /** Seconds to wait before asking again; 0: go on. */
  take(key: string): number;
  /** The same, and takes nothing. */
  wait(key: string): number;
}

export interface Limits {
  /** Any request of one address. */
  requests: Limiter;
  /** New conversations of one address. */
  conversations: Limiter;
  /** Messages of one conversation. */
  messages: Limiter;
  /** Words of danger of one conversation, and of one address what begins with them. Beyond it only the numbers answer. */
  cries: Limiter;
}

const MAX_KEYS = 50_000;

/** A bucket of `burst` permits that fills by `perSecond`. Knows at most 50,000 keys: the oldest are forgotten. */
export function createLimiter({ burst, perSecond }: { burst: number; perSecond: number }): Limiter {
  const buckets = new Map<string, { permits: number; at: number }>();
  const permitsOf = (key: string, now: number): number => {
    const known = buckets.get(key);
    return known ? Math.min(burst, known.permits + (now - known.at) * perSecond) : burst;
  };
  const secondsUntilOne = (permits: number): number =>
    permits >= 1 ? 0 : Math.max(1, Math.ceil((1 - permits) / perSecond));
  return {
    take(key) {
      const now = performance.now() / 1000;
      const permits = permitsOf(key, now);
      buckets.delete(key);
      buckets.set(key, { permits: permits >= 1 ? permits - 1 : permits, at: now });
      const oldest = buckets.keys().next().value;
      if (buckets.size > MAX_KEYS && oldest !== undefined) buckets.delete(oldest);
      return secondsUntilOne(permits);
    },
    wait: (key) => secondsUntilOne(permitsOf(key, performance.now() / 1000)),
  };
}

export function createLimits(): Limits {
  return {
    requests: createLimiter({ burst: 600, perSecond: 60 }),
    conversations: createLimiter({ burst: 120, perSecond: 1 }),
    messages: createLimiter({ burst: 40, perSecond: 1 }),
    // Sixty in a row and one a second: nobody in danger writes more.
    cries: createLimiter({ burst: 60, perSecond: 1 }),
  };
}
