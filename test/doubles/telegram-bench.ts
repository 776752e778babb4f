// Telegram end to end but for the conversation: the adapter, the real store, the Bot API double, and a scripted turn.
// What the conversation says is left to its own tests.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBoundaries } from '../../adapters/directory/boundaries.ts';
import { openStore } from '../../adapters/store/open.ts';
import { createTelegram, WEBHOOK_PATH } from '../../adapters/telegram/index.ts';
import type { Telegram } from '../../adapters/telegram/index.ts';
import { silentLog } from '../../bot/log.ts';
import type { May } from '../../bot/cases/late.ts';
import type { Log, LogFields } from '../../bot/log.ts';
import type { Incoming, Reply, StoredActivity, Turn } from '../../bot/message.ts';
import type { Store } from '../../bot/ports.ts';
import { loadWords } from '../../bot/words.ts';
import { TelegramApiDouble } from './telegram-api.ts';

export type Mode = 'polling' | 'webhook';
export type Script = (incoming: Incoming) => Reply[];

export const SECRET = 'a-secret-of-the-webhook';

export function reply(text: string, more: Partial<Reply> = {}): Reply {
  return { kind: 'text', text, lang: 'it', choices: [], links: [], case: null, ...more };
}

export interface Bench {
  api: TelegramApiDouble;
  store: Store;
  telegram: Telegram;
  /** Turns that were committed, once each. */
  turns: Incoming[];
  logged: { event: string; fields: LogFields }[];
  /** Replaced by a test that wants other answers. */
  script: Script;
  /** Whether what nobody had asked for may be told now. */
  may: May;
  /** Thrown by the next turns, one each, before anything is saved. */
  failures: Error[];
  /** Address of the webhook, and the statuses of a request to it. */
  post(body: unknown, secret?: string): Promise<number>;
  /** Moves the clock on. */
  advance(seconds: number): void;
  /** A second adapter on the same store, as after a crash. The first must be stopped by the test or by `close`. */
  another(apiToken?: string): Telegram;
  close(): Promise<void>;
}

export async function openBench(mode: Mode): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'bussola-telegram-'));
  const store = await openStore({ dataDir: folder, log: silentLog });
  const api = await TelegramApiDouble.start();
  const adapters: Telegram[] = [];
  const logged: Bench['logged'] = [];
  const log = recordingLog(logged);
  const words = loadWords();
  const publicUrl = { value: '' };
  let skew = 0;
  const clock = (): Date => new Date(Date.now() + skew);
  const another = (token: string = api.token): Telegram => {
    const telegram = createTelegram({
      config: { token, apiRoot: api.root, mode, secret: mode === 'webhook' ? SECRET : undefined },
      publicUrl: publicUrl.value,
      turn: (incoming) => turn(incoming),
      store,
      words,
      comuneAt: loadBoundaries(),
      log,
      clock,
      mayTell: async (activity) => (activity.from === 'bot' && activity.reply.told ? bench.may : 'now'),
      timing: { deliverEveryMs: 25, pollSeconds: 0.2, backoffMs: 5, leaseMs: 600 },
    });
    adapters.push(telegram);
    return telegram;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      const header = request.headers['x-telegram-bot-api-secret-token'];
      const secret = typeof header === 'string' ? header : undefined;
      const status = await bench.telegram.webhook({ secret }, JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(status).end();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  publicUrl.value = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const bench: Bench = {
    api,
    store,
    telegram: another(),
    turns: [],
    logged,
    script: (incoming) => [reply(`eco: ${incoming.text}`)],
    may: 'now',
    failures: [],
    post: async (body, secret) => {
      const headers = {
        connection: 'close',
        ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      };
      const response = await fetch(publicUrl.value + WEBHOOK_PATH, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      await response.arrayBuffer();
      return response.status;
    },
    advance: (seconds) => {
      skew += seconds * 1000;
    },
    another,
    close: async () => {
      await api.updates.stop();
      await Promise.all(adapters.map((telegram) => telegram.stop()));
      await api.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
  const turn = createTurn(bench, clock);
  return bench;
}

/** What bot/turn does as far as an adapter can see: dedupe, compare-and-swap, one commit. */
function createTurn(bench: Bench, clock: () => Date): Turn {
  const { store, turns } = bench;
  return async function run(incoming): Promise<StoredActivity[]> {
    const failure = bench.failures.shift();
    if (failure) throw failure;
    const loaded = await store.load(incoming.conversationId);
    const result = await store.commit({
      conversationId: incoming.conversationId,
      channel: incoming.channel,
      expectedVersion: loaded?.conversation.version ?? 0,
      state: {},
      messageId: incoming.messageId,
      ...(incoming.kind === 'start' ? {} : { said: { text: incoming.text } }),
      replies: bench.script(incoming),
      cases: [],
      dropCases: [],
      events: [],
      outbox: [],
      cancelMails: [],
      at: clock(),
    });
    if (!('activities' in result)) return run(incoming);
    if (result.result === 'committed') turns.push(incoming);
    return result.activities;
  };
}

function recordingLog(logged: Bench['logged']): Log {
  const record = (event: string, fields: LogFields = {}): void => {
    logged.push({ event, fields });
  };
  return { info: record, warn: record, error: record };
}
