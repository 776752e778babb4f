// Takes due mails from the outbox, has them sent, and records what became of each: sent, again later, or given up.
// How a mail travels is left to the mailer (adapters/mail), how rows are kept to the store.
import type { May } from './cases/late.ts';
import { messageOf } from './log.ts';
import type { Log } from './log.ts';
import { afterPause, retryAt, tooOld } from './outbox-schedule.ts';
import type { Pause } from './outbox-schedule.ts';
import type { ClaimedMail, Clock, Outbox, OutboxMail } from './ports.ts';

/**
 * What became of one attempt. `permanent`: this mail will never go. `paused`: no mail can go (password, certificate,
 * relay): the whole transport waits. Errors hold codes only, never an address.
 */
export type SendResult = { result: 'sent' } | { result: 'retry' | 'permanent' | 'paused'; error: string };

/** Sends one mail; the same id twice is the same mail. Settles well before LEASE_MS and never rejects by design. */
export interface Mailer {
  send(mail: OutboxMail): Promise<SendResult>;
}

export interface OutboxWorkerOptions {
  outbox: Outbox;
  mailer: Mailer;
  clock: Clock;
  log: Log;
  /** Asked right before each try: a mail may be late, and the moment no longer safe. Absent: all may go. */
  mayGo?: (mail: OutboxMail, now: Date) => Promise<May>;
  /** After a mail was given up: its case is due, and the clock tells the person. */
  onDead?: (mail: ClaimedMail) => void;
  /** Milliseconds between looks at the outbox. */
  pollMs?: number;
  /** Uniform in [0, 1): spreads retries. */
  random?: () => number;
}

export interface OutboxWorker {
  /** Look now instead of at the next poll: a turn has just committed a mail. */
  wake(): void;
  /** Sends all that is due; resolves when nothing more can be sent now. A transport on pause is tried once more. */
  drain(): Promise<void>;
  /** Takes no more mails; resolves when those on their way are recorded, or after `graceMs`: their leases then lapse. */
  stop(graceMs?: number): Promise<void>;
  /** The transport waits until then, and why; `null`: mails go. For health and metrics. */
  paused(): { until: Date; error: string } | null;
}

/** Longer than any attempt: a mail server may take ten minutes to answer after the last dot. */
export const LEASE_MS = 15 * 60_000;
/** One server that hangs must leave a lane to the others. */
const LANES = 2;

export function startOutboxWorker(options: OutboxWorkerOptions): OutboxWorker {
  const { outbox, mailer, clock, log, mayGo, onDead, pollMs = 2_000, random = Math.random } = options;
  const flying = new Set<Promise<void>>();
  let pause: Pause | null = null;
  let stopped = false;
  let filling: Promise<void> | null = null;

  /** Fills the free lanes with due mails. One at a time, so that two calls never claim for the same lane. */
  function fill(): Promise<void> {
    filling ??= claim().finally(() => (filling = null));
    return filling;
  }

  /** As fill, but sure to see what was committed before the call. */
  async function refill(): Promise<void> {
    await filling;
    await fill();
  }

  async function claim(): Promise<void> {
    const now = clock();
    if (stopped || flying.size >= LANES || (pause && now < pause.until)) return;
    // After a pause one mail goes ahead: a hundred wrong passwords in a row lock an account.
    const limit = pause ? 1 : LANES - flying.size;
    if (pause && flying.size > 0) return;
    try {
      for (const mail of await outbox.claim(now, limit, LEASE_MS)) launch(mail, now);
    } catch (error) {
      log.error('outbox_unreadable', { error: messageOf(error) });
    }
  }

  function launch(mail: ClaimedMail, claimedAt: Date): void {
    const flight = fly(mail, claimedAt).finally(() => {
      flying.delete(flight);
      void fill();
    });
    flying.add(flight);
  }

  async function fly(mail: ClaimedMail, claimedAt: Date): Promise<void> {
    try {
      await attempt(mail, claimedAt);
    } catch (error) {
      log.error('outbox_unrecorded', { outboxId: mail.id, error: messageOf(error) });
    }
  }

  async function attempt(mail: ClaimedMail, claimedAt: Date): Promise<void> {
    // The process may have slept since the claim: another worker then has this mail.
    if (clock().getTime() - claimedAt.getTime() >= LEASE_MS) return;
    if (await isHeldBack(mail)) return;
    const outcome = await mailer
      .send(mail)
      .catch((error: unknown): SendResult => ({ result: 'retry', error: messageOf(error) }));
    if (outcome.result !== 'paused') pause = null;
    const recorded = await record(mail, outcome);
    if (!recorded) log.warn('outbox_lease_lost', { outboxId: mail.id, code: outcome.result });
  }

  /** Where the question cannot be answered it is not sent: its lease lapses, and it is asked again. */
  async function isHeldBack(mail: ClaimedMail): Promise<boolean> {
    const now = clock();
    const may = mail.until && mail.until <= now ? 'never' : ((await mayGo?.(mail, now)) ?? 'now');
    if (may === 'now') return false;
    const never = may === 'never' || (mail.until !== undefined && mail.until <= may);
    log.info(never ? 'mail_dropped' : 'mail_postponed', { outboxId: mail.id });
    await (never ? outbox.cancel(mail, now) : outbox.postpone(mail, may));
    return true;
  }

  async function record(mail: ClaimedMail, outcome: SendResult): Promise<boolean> {
    const at = clock();
    if (outcome.result === 'sent') {
      log.info('mail_sent', { outboxId: mail.id, attempts: mail.attempts + 1 });
      return outbox.sent(mail, at);
    }
    const { error } = outcome;
    if (outcome.result === 'paused') {
      pause = afterPause(pause, at, error);
      log.error('mail_transport_paused', { outboxId: mail.id, error });
      return outbox.retry(mail, pause.until, error);
    }
    if (outcome.result === 'permanent' || tooOld(mail, at)) return giveUp(mail, at, error);
    log.warn('mail_retry', { outboxId: mail.id, attempts: mail.attempts + 1, error });
    return outbox.retry(mail, retryAt(mail.attempts, at, random), error);
  }

  async function giveUp(mail: ClaimedMail, at: Date, error: string): Promise<boolean> {
    log.error('mail_dead', { outboxId: mail.id, attempts: mail.attempts + 1, error });
    const recorded = await outbox.dead(mail, at, error);
    if (recorded) onDead?.(mail);
    return recorded;
  }

  const timer = setInterval(() => void fill(), pollMs);
  void fill();
  return {
    wake: () => void refill(),
    drain: async () => {
      if (pause) pause = { ...pause, until: clock() };
      await refill();
      while (flying.size > 0 || filling) {
        await Promise.race([...flying, ...(filling ? [filling] : [])]);
        await fill();
      }
    },
    stop: async (graceMs = 8_000) => {
      stopped = true;
      clearInterval(timer);
      let grace: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (grace = setTimeout(resolve, graceMs)));
      await Promise.race([patience, Promise.resolve(filling).then(() => Promise.all(flying))]);
      clearTimeout(grace);
    },
    paused: () => (pause ? { until: pause.until, error: pause.error } : null),
  };
}
