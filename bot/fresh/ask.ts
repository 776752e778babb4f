// Asks every owner once a month whether its facts still hold, and keeps the answers at hand for the talk.
// What the mail says is left to mail.ts, sending it to the outbox, the answer to answer.ts.
import { messageOf } from '../log.ts';
import type { Log } from '../log.ts';
import type { Clock, DeskCheck, Store } from '../ports.ts';
import type { Environment } from '../talk.ts';
import { loadChecks, replaceChecks } from './checks.ts';
import { freshKey, freshMail } from './mail.ts';
import { askingTime, monthOf } from './months.ts';
import { checkOf, keyOf, ownersOf } from './owners.ts';
import type { Owner } from './owners.ts';

export interface Freshness {
  /** Asks whoever is to be asked now, and reads the answers anew. Never rejects. */
  run(): Promise<void>;
  /** Reads the answers anew: one has just come. Never rejects. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export interface FreshnessDeps {
  env: Environment;
  store: Pick<Store, 'deskChecks' | 'proposals' | 'saveDeskCheck'>;
  clock: Clock;
  log: Log;
  /** What `env.freshness` reads: filled here. */
  checks: Map<string, DeskCheck>;
  /** Mails were committed. */
  wake: () => void;
  pollMs?: number;
}

const HOUR_MS = 3_600_000;
/** How long it is remembered that a month's question went out: past the month. */
const REMEMBERED_MS = 70 * 24 * HOUR_MS;

export function startFreshness({ env, store, clock, log, checks, wake, pollMs = HOUR_MS }: FreshnessDeps): Freshness {
  let running: Promise<void> | undefined;
  let stopped = false;

  async function pass(): Promise<void> {
    replaceChecks(checks, await loadChecks(store, env.directory));
    let asked = 0;
    for (const owner of ownersOf(env.directory)) {
      if (stopped) return;
      // Read for each anew: an answer may come meanwhile.
      if (await look(owner, checkOf(owner, await store.deskChecks()))) asked += 1;
    }
    if (asked === 0) return;
    log.info('fresh_asked');
    wake();
    replaceChecks(checks, await loadChecks(store, env.directory));
  }

  /** True where a mail was put into the outbox. */
  async function look(owner: Owner, check: DeskCheck | undefined): Promise<boolean> {
    const at = clock();
    // First seen now: asked from the next month on, so that the first start of a service writes to nobody.
    if (!check) {
      await remember(owner, at);
      return false;
    }
    if (!isDue(env, owner, check, at)) return false;
    const nonce = { value: freshKey(keyOf(owner, check), monthOf(at)), until: new Date(at.getTime() + REMEMBERED_MS) };
    const next = { ...check, askedAt: at, unanswered: check.unanswered + 1 };
    const outbox = [freshMail(env, owner, check, at)];
    // Another process may have been first: its mail is the one of this month.
    return (await store.saveDeskCheck(next, { outbox, nonce, at })) === 'committed';
  }

  async function remember(owner: Owner, at: Date): Promise<void> {
    const deskId = keyOf(owner, undefined);
    const nonce = { value: `fresh ${deskId} first`, until: new Date(at.getTime() + HOUR_MS) };
    await store.saveDeskCheck({ deskId, askedAt: at, unanswered: 0, verifiedAt: null }, { nonce, at });
  }

  const guarded = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (error) {
      log.error('fresh_failed', { error: messageOf(error) });
    }
  };
  const run = (): Promise<void> => {
    running ??= guarded(pass).finally(() => (running = undefined));
    return running;
  };
  const timer = setInterval(() => void run(), pollMs);
  timer.unref();
  return {
    run,
    refresh: () => guarded(async () => replaceChecks(checks, await loadChecks(store, env.directory))),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Once a month, from its morning on. After a standstill of months the month that runs is asked for, and no other. */
function isDue(env: Environment, owner: Owner, { askedAt }: DeskCheck, at: Date): boolean {
  const month = monthOf(at);
  return (!askedAt || monthOf(askedAt) < month) && at >= askingTime(env, owner, month);
}
