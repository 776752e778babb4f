// Looks every two minutes for mails of ours that came back, and tells the store; goes on whatever the server does.
// Reading the mailbox is left to mailbox.ts, what a mail means to returned.ts, what follows to the clock of the cases.
import type { Config } from '../../bot/config.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Clock, Outbox } from '../../bot/ports.ts';
import { visitMailbox } from './mailbox.ts';
import type { ImapTimes, Left } from './mailbox.ts';
import { readReturned } from './returned.ts';

export interface BounceOptions {
  config: Pick<Config, 'bounceImapUrl' | 'mailFrom'>;
  store: { outbox: Pick<Outbox, 'bounced'> };
  log: Log;
  clock: Clock;
  /** A mail of that case came back: its case is due. */
  onBounce: (caseId: string) => void;
  pollMs?: number;
  times?: Partial<ImapTimes>;
}

export interface Bounces {
  /** Looks now; resolves when all that was there is recorded, or the server did not let us. Never rejects. */
  look(): Promise<void>;
  /** Ends the visit under way. */
  stop(): Promise<void>;
}

const POLL = 2 * 60_000;
const LONGEST_PAUSE = 30 * 60_000;

/** Undefined where no mailbox is configured. */
export function startBounces(options: BounceOptions): Bounces | undefined {
  const url = options.config.bounceImapUrl;
  if (url === undefined) return undefined;
  const { log, pollMs = POLL } = options;
  const left: Left = { validity: '', uids: new Set() };
  const ending = new AbortController();
  let failures = 0;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const visit = async (): Promise<void> => {
    const seen: Seen = { failed: 0, machine: 0, other: 0 };
    try {
      await visitMailbox(url, left, ({ source }) => receive(source, options, seen), ending.signal, options.times);
      failures = 0;
    } catch (error) {
      if (ending.signal.aborted) return;
      failures += 1;
      log.error('bounces_unreadable', { error: codeOf(error), attempts: failures });
    } finally {
      for (const [code, count] of Object.entries(seen)) if (count > 0) log.info('mailbox_read', { code, count });
    }
  };
  const look = (): Promise<void> => {
    running ??= visit().finally(() => {
      running = undefined;
      if (ending.signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(() => void look(), Math.min(pollMs * 2 ** failures, LONGEST_PAUSE));
      timer.unref();
    });
    return running;
  };
  void look();
  return {
    look: async () => {
      await running;
      await look();
    },
    stop: async () => {
      ending.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

type Seen = Record<'failed' | 'machine' | 'other', number>;

/** Rejects where the store cannot keep it: the mail stays unseen, and is read again. */
async function receive(source: Uint8Array, options: BounceOptions, seen: Seen): Promise<boolean> {
  const { config, store, log, clock, onBounce } = options;
  const host = config.mailFrom.address.slice(config.mailFrom.address.lastIndexOf('@') + 1);
  const returned = await readReturned(source, host);
  if (returned.kind === 'failed')
    for (const outboxId of returned.outboxIds) {
      const caseId = await store.outbox.bounced(outboxId, clock(), returned.code);
      log.warn(caseId === undefined ? 'bounce_unknown' : 'mail_bounced', { outboxId, code: returned.code });
      if (caseId !== undefined) onBounce(caseId);
    }
  seen[returned.kind] += 1;
  return returned.kind !== 'other';
}

/** Codes where the library has them: a server's words may repeat addresses. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  if ('authenticationFailed' in error && error.authenticationFailed) return 'AUTHENTICATION';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
