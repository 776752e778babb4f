// Forgets conversations that nobody has written in for thirty days, and old drafts, once an hour.
// What is deleted and what must stay is left to the store.
import { messageOf } from './log.ts';
import type { Log } from './log.ts';
import type { Clock, Store } from './ports.ts';

const IDLE_DAYS = 30;
const HOUR = 3_600_000;

export function startPurge(store: Store, clock: Clock, log: Log): { stop(): void } {
  const purge = async (): Promise<void> => {
    try {
      const now = clock();
      const count = await store.purge(new Date(now.getTime() - IDLE_DAYS * 24 * HOUR), now);
      if (count > 0) log.info('purge', { count });
    } catch (error) {
      log.error('purge failed', { error: messageOf(error) });
    }
  };
  void purge();
  const timer = setInterval(() => void purge(), HOUR);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
