// A store of its own with the runner that asks the owners, and a clock that is moved by hand.
// What is asked and answered is left to the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/store/open.ts';
import { readRomeTime } from '../../bot/clock.ts';
import { startFreshness } from '../../bot/fresh/ask.ts';
import type { Freshness } from '../../bot/fresh/ask.ts';
import { silentLog } from '../../bot/log.ts';
import type { ClaimedMail, DeskCheck, Store } from '../../bot/ports.ts';
import type { Environment } from '../../bot/talk.ts';
import { testEnvironment } from './environment.ts';

export interface FreshWorld {
  env: Environment;
  store: Store;
  freshness: Freshness;
  checks: Map<string, DeskCheck>;
  dataDir: string;
  /** The clock, as it stands. */
  now(): Date;
  /** Moves the clock to that moment of Rome and lets the runner look. */
  at(rome: string): Promise<void>;
  /** Another process on the same store and the same clock. */
  another(): { freshness: Freshness; checks: Map<string, DeskCheck> };
  /** The process ends and another begins. */
  restart(): Promise<void>;
  /** Every mail that waits, taken out and counted as sent. */
  mails(): Promise<ClaimedMail[]>;
  close(): Promise<void>;
}

export function rome(text: string): Date {
  const at = readRomeTime(text);
  if (!at) throw new RangeError(text);
  return at;
}

export async function freshWorld(start = '2026-11-24T10:00'): Promise<FreshWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bussola-fresh-'));
  let now = rome(start);
  const begin = (store: Store): Pick<FreshWorld, 'freshness' | 'checks' | 'env'> => {
    const checks = new Map<string, DeskCheck>();
    const env = testEnvironment({ freshness: (id) => checks.get(id) });
    const wake = (): void => {};
    return { env, checks, freshness: startFreshness({ env, store, clock: () => now, log: silentLog, checks, wake }) };
  };
  const first = await openStore({ dataDir, log: silentLog });
  const begun: Freshness[] = [];
  const world: FreshWorld = {
    ...begin(first),
    store: first,
    dataDir,
    now: () => now,
    async at(text) {
      now = rome(text);
      await world.freshness.run();
    },
    another() {
      const other = begin(world.store);
      begun.push(other.freshness);
      return other;
    },
    async restart() {
      await world.freshness.stop();
      await world.store.close();
      const store = await openStore({ dataDir, log: silentLog });
      Object.assign(world, begin(store), { store });
    },
    async mails() {
      const due = await world.store.outbox.claim(now, 1000, 60_000);
      for (const mail of due) await world.store.outbox.sent(mail, now);
      return due;
    },
    async close() {
      for (const one of [...begun, world.freshness]) await one.stop();
      await world.store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await world.freshness.run();
  return world;
}
