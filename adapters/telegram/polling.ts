// Long polling: asks for updates and confirms each only when it has been handled. Nothing here can end the process.
// grammY's own loop confirms an update before knowing whether its turn was saved, and ends at a 409.
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Log } from '../../bot/log.ts';
import { backoffSeconds, failureOf } from './failures.ts';
import { LOST } from './leader.ts';
import { pause } from './pause.ts';
import { ALLOWED_UPDATES } from './updates.ts';

/** `again`: the update could not be saved now and must come back. */
export type Outcome = 'done' | 'again';

export interface PollingParts {
  api: Api;
  handle: (update: Update) => Promise<Outcome>;
  log: Log;
  signal: AbortSignal;
  /** Called where Telegram says that another one polls. */
  conflict: () => void;
  /** Ends a request that is waiting. */
  hangUp: () => void;
  /** How long Telegram may keep a request waiting for news. */
  timeoutSeconds: number;
  /** The unit of the waits after failures: 1000, less in tests. */
  backoffMs: number;
}

const MOST_CONFIRM_MS = 2000;

/** Resolves when `signal` is aborted and the updates in hand are handled. */
export async function poll(parts: PollingParts): Promise<void> {
  const { api, handle, log, signal, conflict, timeoutSeconds, backoffMs, hangUp } = parts;
  signal.addEventListener('abort', hangUp, { once: true });
  // Undefined where nothing waits for confirmation: an update_id that jumped back (a week of silence) is then seen too.
  let offset: number | undefined;
  let failures = 0;
  const wait = (seconds: number): Promise<void> => pause(seconds * backoffMs, signal);
  while (!signal.aborted) {
    try {
      const updates = await api.getUpdates({
        ...at(offset),
        timeout: timeoutSeconds,
        allowed_updates: ALLOWED_UPDATES,
      });
      const outcomes = await Promise.all(updates.map(handle));
      const again = updates.filter((_, index) => outcomes[index] === 'again').map((update) => update.update_id);
      offset = again.length > 0 ? Math.min(...again) : after(updates);
      failures = again.length > 0 ? failures + 1 : 0;
      if (failures > 0) await wait(backoffSeconds(failures));
    } catch (thrown) {
      if (signal.aborted) break;
      failures += 1;
      const failure = failureOf(thrown);
      log[failure.kind === 'token' ? 'error' : 'warn']('telegram_polling', {
        channel: 'telegram',
        code: failure.kind,
        error: failure.why,
      });
      if (failure.kind === 'conflict') conflict();
      await wait(failure.kind === 'wait' ? failure.seconds : backoffSeconds(failures));
    }
  }
  // Who leads now would be sent away by this call; what it fetches again is known to the store.
  if (offset !== undefined && signal.reason !== LOST) await confirm(api, offset);
  hangUp();
}

function at(offset: number | undefined): { offset?: number } {
  return offset === undefined ? {} : { offset };
}

function after(updates: Update[]): number | undefined {
  return updates.length === 0 ? undefined : Math.max(...updates.map((update) => update.update_id)) + 1;
}

/** Best effort: an update that comes twice is known to the store. */
async function confirm(api: Api, offset: number): Promise<void> {
  const enough = new AbortController();
  const confirmed = api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => {});
  await Promise.race([confirmed, pause(MOST_CONFIRM_MS, enough.signal)]);
  enough.abort();
}
