// Of several processes one polls: Telegram gives its updates to one, and sends the others away.
// The polling itself is left to polling.ts, the lease to the store.
import type { Log } from '../../bot/log.ts';
import { messageOf } from '../../bot/log.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { later, pause } from './pause.ts';
import type { Later } from './pause.ts';

export interface LeaderParts {
  store: Pick<Store, 'lease' | 'release'>;
  clock: Clock;
  log: Log;
  /** Whoever asks: random, one for each process. */
  holder: string;
  /** No more leading when it is aborted. */
  signal: AbortSignal;
  /** How long a process may be silent before another one leads, milliseconds. */
  leaseMs: number;
  /** What the leader does, until its signal is aborted. */
  work: (signal: AbortSignal) => Promise<void>;
  /** Waits by `clock`; absent: real time. */
  after?: Later;
}

/** Why `work` is told to end although the process goes on. */
export const LOST = 'the lease is lost';

const NAME = 'telegram.polling';

/** Resolves when `signal` is aborted and the work has ended. Never rejects. */
export async function lead(parts: LeaderParts): Promise<void> {
  const { signal, leaseMs, store, holder, clock, after } = parts;
  while (!signal.aborted) {
    const asked = clock();
    if (await take(parts, asked)) {
      await leadOnce(parts, asked);
      await store.release(NAME, holder).catch(() => {});
    }
    await pause(leaseMs / 6, signal, after);
  }
}

/**
 * Works and renews at each third of the lease; at two thirds without a renewal it stops, before another one may begin.
 * The lease counts from when it was asked for, however late the store answers.
 */
async function leadOnce({ signal, leaseMs, work, clock, after = later, ...parts }: LeaderParts, from: Date) {
  const ended = new AbortController();
  const stop = (): void => ended.abort();
  signal.addEventListener('abort', stop, { once: true });
  const lose = (): void => {
    parts.log.warn('telegram_polling', { channel: 'telegram', code: 'lease_lost' });
    ended.abort(LOST);
  };
  const loseAfter = (asked: Date) => after((leaseMs * 2) / 3 - (clock().getTime() - asked.getTime()), lose);
  const renewSoon = () => after(leaseMs / 3, () => void renew());
  const renew = async (): Promise<void> => {
    const asked = clock();
    const has = await parts.store.lease(NAME, parts.holder, asked, leaseMs).catch(() => undefined);
    if (ended.signal.aborted) return;
    if (has === false) return lose();
    if (has) {
      keep();
      keep = loseAfter(asked);
    }
    rest = renewSoon();
  };
  let keep = loseAfter(from);
  let rest = renewSoon();
  try {
    if (signal.aborted) stop();
    await work(ended.signal);
  } finally {
    ended.abort();
    rest();
    keep();
    signal.removeEventListener('abort', stop);
  }
}

/** A store that is not there leads to nothing: who cannot save an update need not fetch one. */
async function take({ store, holder, leaseMs, log }: LeaderParts, now: Date): Promise<boolean> {
  try {
    return await store.lease(NAME, holder, now, leaseMs);
  } catch (thrown) {
    log.warn('telegram_store_unreadable', { channel: 'telegram', error: messageOf(thrown) });
    return false;
  }
}
