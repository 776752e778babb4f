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
  /** What the leader does, until its signal is aborted. `conflict`: called where Telegram says that another one polls. */
  work: (signal: AbortSignal, conflict: () => void) => Promise<void>;
  /** Waits by `clock`; absent: real time. */
  after?: Later;
}

/** Why `work` is told to end although the process goes on. */
export const LOST = 'the lease is lost';

const NAME = 'telegram.polling';

/**
 * Resolves when `signal` is aborted and the work has ended. Never rejects. Who led last works on while the store is away:
 * nothing can be kept, but whoever writes is told so. Where it is away for this process alone, another one leads by then,
 * Telegram says so, and this one is quiet.
 */
export async function lead(parts: LeaderParts): Promise<void> {
  const { signal, leaseMs, store, holder, clock, after } = parts;
  let last = false;
  while (!signal.aborted) {
    const asked = clock();
    const has = await take(parts, asked);
    if (has) {
      last = await leadOnce(parts, asked);
      // Lost because the store was silent, it ends by itself: asking for that too would only keep people waiting.
      if (signal.aborted || !last) await store.release(NAME, holder).catch(() => {});
    } else if (has === undefined && last) {
      last = await standIn(parts);
    } else last &&= has !== false;
    await pause(leaseMs / 6, signal, after);
  }
}

/**
 * Works and renews at each third of the lease; at two thirds without a renewal it stops, before another one may begin.
 * The lease counts from when it was asked for, however late the store answers. False where another one has it.
 */
async function leadOnce(
  { signal, leaseMs, work, clock, after = later, ...parts }: LeaderParts,
  from: Date,
): Promise<boolean> {
  let last = true;
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
    if (has === false) {
      last = false;
      return lose();
    }
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
    await work(ended.signal, () => {});
  } finally {
    ended.abort();
    rest();
    keep();
    signal.removeEventListener('abort', stop);
  }
  return last;
}

/** Works until the store answers or another one polls; false for that. */
async function standIn(parts: LeaderParts): Promise<boolean> {
  const { signal, leaseMs, work, clock, after = later } = parts;
  const ended = new AbortController();
  const stop = (): void => ended.abort();
  signal.addEventListener('abort', stop, { once: true });
  let last = true;
  const ask = async (): Promise<void> => {
    const has = await take(parts, clock());
    if (ended.signal.aborted) return;
    if (has === undefined) rest = after(leaseMs / 3, () => void ask());
    else ended.abort(LOST);
  };
  let rest = after(leaseMs / 3, () => void ask());
  try {
    if (signal.aborted) stop();
    await work(ended.signal, () => {
      last = false;
      ended.abort(LOST);
    });
  } finally {
    ended.abort();
    rest();
    signal.removeEventListener('abort', stop);
  }
  return last;
}

/** Undefined where the store is away. */
async function take({ store, holder, leaseMs, log }: LeaderParts, now: Date): Promise<boolean | undefined> {
  try {
    return await store.lease(NAME, holder, now, leaseMs);
  } catch (thrown) {
    log.warn('telegram_store_unreadable', { channel: 'telegram', error: messageOf(thrown) });
    return undefined;
  }
}
