// Of several processes one polls: Telegram gives its updates to one, and sends the others away.
// The polling itself is left to polling.ts, the lease to the store.
import type { Log } from '../../bot/log.ts';
import { messageOf } from '../../bot/log.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { pause } from './pause.ts';

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
}

/** Why `work` is told to end although the process goes on. */
export const LOST = 'the lease is lost';

const NAME = 'telegram.polling';

/** Resolves when `signal` is aborted and the work has ended. Never rejects. */
export async function lead(parts: LeaderParts): Promise<void> {
  const { signal, leaseMs, store, holder } = parts;
  while (!signal.aborted) {
    if (await take(parts)) {
      await leadOnce(parts);
      await store.release(NAME, holder).catch(() => {});
    }
    await pause(leaseMs / 6, signal);
  }
}

/** Works and renews at each third of the lease; at two thirds without a renewal it stops, before another one may begin. */
async function leadOnce({ signal, leaseMs, work, ...parts }: LeaderParts): Promise<void> {
  const ended = new AbortController();
  const stop = (): void => ended.abort();
  signal.addEventListener('abort', stop, { once: true });
  const lose = (): void => {
    parts.log.warn('telegram_polling', { channel: 'telegram', code: 'lease_lost' });
    ended.abort(LOST);
  };
  let deadline = setTimeout(lose, (leaseMs * 2) / 3);
  const renew = async (): Promise<void> => {
    const has = await parts.store.lease(NAME, parts.holder, parts.clock(), leaseMs).catch(() => undefined);
    if (has === undefined || ended.signal.aborted) return;
    clearTimeout(deadline);
    if (has) deadline = setTimeout(lose, (leaseMs * 2) / 3);
    else lose();
  };
  const renewing = setInterval(() => void renew(), leaseMs / 3);
  try {
    if (signal.aborted) stop();
    await work(ended.signal);
  } finally {
    ended.abort();
    clearInterval(renewing);
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
  }
}

/** A store that is not there leads to nothing: who cannot save an update need not fetch one. */
async function take({ store, holder, clock, leaseMs, log }: LeaderParts): Promise<boolean> {
  try {
    return await store.lease(NAME, holder, clock(), leaseMs);
  } catch (thrown) {
    log.warn('telegram_store_unreadable', { channel: 'telegram', error: messageOf(thrown) });
    return false;
  }
}
