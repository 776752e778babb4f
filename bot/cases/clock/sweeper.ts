// Looks at the cases that are due, the longest due first, and lets time do its step on each.
// What is due is left to alarm.ts, what is then done to tick.ts.
import { messageOf } from '../../log.ts';
import type { Log } from '../../log.ts';
import type { Clock, Store } from '../../ports.ts';
import type { Office } from '../office.ts';
import type { Case } from '../types.ts';
import { tick } from './tick.ts';

export interface Sweeper {
  /** Look now: something has just become due. */
  wake(): void;
  /** Does all that is due; resolves when nothing more is due now. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export interface SweeperDeps {
  store: Pick<Store, 'dueCases'>;
  office: Office;
  clock: Clock;
  log: Log;
  pollMs?: number;
}

const BATCH = 50;
/** Looks at one case that all failed; then it is not for a moment. */
const GIVE_UP_AFTER = 10;

export function startSweeper({ store, office, clock, log, pollMs = 30_000 }: SweeperDeps): Sweeper {
  let running: Promise<void> | undefined;
  let stopped = false;
  /** Of each case, how often in a row it could not be handled. */
  const failures = new Map<string, number>();

  async function pass(): Promise<void> {
    // Cases that could not be handled stay due and stand first: this pass looks behind them, the next poll tries them again.
    const failed = new Set<string>();
    for (;;) {
      if (stopped) return;
      const first = await store.dueCases(clock(), BATCH + failed.size);
      const due = first.filter(({ id }) => !failed.has(id));
      if (due.length === 0) return;
      for (const one of due) if (!stopped && !(await look(one))) failed.add(one.id);
    }
  }

  async function look({ id, code }: Case): Promise<boolean> {
    try {
      const { result } = await office.act(id, tick);
      failures.delete(id);
      return result === 'done';
    } catch (error) {
      log.error('case_clock_failed', { caseCode: code, error: messageOf(error) });
      const count = (failures.get(id) ?? 0) + 1;
      failures.set(id, count);
      if (count === GIVE_UP_AFTER) await giveUp(id, code);
      return false;
    }
  }

  /** Where not even that can be done it is tried again after as many looks. */
  async function giveUp(id: string, code: string | null): Promise<void> {
    try {
      await office.giveUp(id);
    } catch (error) {
      failures.delete(id);
      log.error('case_clock_failed', { caseCode: code, error: messageOf(error) });
    }
  }

  const sweep = (): Promise<void> => {
    running ??= pass()
      .catch((error: unknown) => log.error('case_clock_unreadable', { error: messageOf(error) }))
      .finally(() => (running = undefined));
    return running;
  };
  const timer = setInterval(() => void sweep(), pollMs);
  timer.unref();
  void sweep();
  return {
    wake: () => void sweep(),
    sweep: async () => {
      await running;
      await sweep();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
