// Telegram: puts its parts together and starts and stops them, by webhook or by long polling.
// The HTTP route is left to the web server, the conversation to the turn.
import { randomUUID } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { May } from '../../bot/cases/late.ts';
import { Claims } from '../../bot/claims.ts';
import type { Config } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import type { StoredActivity, Turn } from '../../bot/message.ts';
import { once } from '../../bot/once.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { TelegramAdapter } from './adapter.ts';
import { createApis } from './api.ts';
import { createReadCommand } from './commands.ts';
import type { Readers } from './contents.ts';
import { Delivery } from './delivery.ts';
import { backoffSeconds } from './failures.ts';
import { Groups } from './groups.ts';
import { Handler } from './handler.ts';
import { complain, introduce } from './introduce.ts';
import { lead } from './leader.ts';
import type { LeaderParts } from './leader.ts';
import { pause } from './pause.ts';
import { poll } from './polling.ts';
import { Sender } from './send.ts';
import { isUpdate, sameSecret } from './webhook.ts';

export { WEBHOOK_PATH } from './webhook.ts';

export interface TelegramOptions {
  config: NonNullable<Config['telegram']>;
  publicUrl: string;
  turn: Turn;
  store: Store;
  words: Words;
  log: Log;
  clock: Clock;
  /** The person blocked the bot, or is gone: nothing will arrive in that conversation any more. */
  unreachable?: (conversationId: string) => Promise<void>;
  /** Whether what nobody had asked for may be told now. Absent: always. */
  mayTell?: (activity: StoredActivity, now: Date) => Promise<May>;
  /** In which comune a place lies. Absent: a location is answered like a picture. */
  comuneAt?: NonNullable<Readers['comuneAt']>;
  /** Shorter waits for tests. */
  timing?: Partial<Timing>;
}

export interface Timing {
  /** How often the store is asked for replies that are due, milliseconds. */
  deliverEveryMs: number;
  /** How long Telegram may keep a poll waiting, seconds. */
  pollSeconds: number;
  /** Unit of the waits after failures, milliseconds. */
  backoffMs: number;
  /** How long a process that polls may be silent before another one does it, milliseconds. */
  leaseMs: number;
}

export interface Telegram {
  /** Resolves when Telegram has been asked for updates, or at its first refusal: it then goes on trying by itself. */
  start(): Promise<void>;
  /** Resolves when turns and messages in hand are finished. */
  stop(): Promise<void>;
  /** HTTP status for one webhook request: 401 wrong secret, 400 not an update, 503 not saved (Telegram repeats), 200. */
  webhook(headers: { secret: string | undefined }, body: unknown): Promise<number>;
  /** Brings what is committed and due to its chats. */
  deliver(): Promise<void>;
}

const TIMING: Timing = { deliverEveryMs: 2000, pollSeconds: 30, backoffMs: 1000, leaseMs: 15_000 };

export function createTelegram(options: TelegramOptions): Telegram {
  const { config, turn, store, words, log, clock, unreachable, mayTell, comuneAt } = options;
  const holder = randomUUID();
  const timing = { ...TIMING, ...options.timing };
  const { api, pollingApi, hangUp } = createApis(config.token, config.apiRoot);
  const claims = new Claims(store, clock, { kind: 'telegram.chat', holder });
  const delivery = new Delivery({
    sender: new Sender({ api, words, claims }),
    claims,
    store,
    log,
    clock,
    ...(unreachable ? { unreachable } : {}),
    ...(mayTell ? { mayTell } : {}),
  });
  const deliver = (): Promise<void> => delivery.deliver();
  const adapter = new TelegramAdapter(turn, () => void deliver());
  const username = once(async () => (await api.getMe()).username);
  const groups = new Groups({ api, username, words, log, store, clock, holder });
  const readers = { readCommand: createReadCommand(words), ...(comuneAt ? { comuneAt } : {}) };
  const handler = new Handler({ api, adapter, groups, readers, store, words, log });
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let retrying: Promise<void> = Promise.resolve();
  let polling: Promise<void> = Promise.resolve();

  const receive = async (): Promise<void> => {
    await introduce(api, options);
    if (config.mode === 'webhook') return;
    const { pollSeconds: timeoutSeconds, backoffMs, leaseMs } = timing;
    const handle = (update: Update) => handler.handle(update);
    const work: LeaderParts['work'] = (signal, conflict) =>
      poll({ api: pollingApi, handle, log, signal, conflict, hangUp, timeoutSeconds, backoffMs });
    polling = lead({ store, clock, log, holder, signal: stopping.signal, leaseMs, work });
  };
  const receiveLater = async (): Promise<void> => {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      await pause(backoffSeconds(attempt) * timing.backoffMs, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        return await receive();
      } catch (thrown) {
        complain(log, thrown);
      }
    }
  };

  return {
    async start() {
      timer = setInterval(() => void deliver(), timing.deliverEveryMs).unref();
      void deliver();
      try {
        await receive();
      } catch (thrown) {
        complain(log, thrown);
        retrying = receiveLater();
      }
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await retrying;
      await polling;
      await handler.settled();
      await delivery.stop();
    },
    async webhook({ secret }, body) {
      if (config.mode !== 'webhook' || !sameSecret(secret, config.secret)) return 401;
      if (!isUpdate(body)) return 400;
      return (await handler.handle(body)) === 'done' ? 200 : 503;
    },
    deliver,
  };
}
