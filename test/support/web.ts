// The real web server on a port of its own, over the real store, with a small scripted talk behind it.
// What citizens really hear is left to the transcripts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSdk } from '../../adapters/botframework/sdk.ts';
import { loadDirectory } from '../../adapters/directory/directory.ts';
import { openStore } from '../../adapters/store/open.ts';
import { createFeed } from '../../adapters/web/feed.ts';
import { createMetrics, measureTurn } from '../../adapters/web/metrics.ts';
import type { Pages } from '../../adapters/web/pages.ts';
import { createServer } from '../../adapters/web/server.ts';
import type { ServerDeps } from '../../adapters/web/server.ts';
import { readConfig } from '../../bot/config.ts';
import type { Config } from '../../bot/config.ts';
import { BussolaError } from '../../bot/errors.ts';
import { silentLog } from '../../bot/log.ts';
import type { Incoming, Reply, Turn } from '../../bot/message.ts';
import { once } from '../../bot/once.ts';
import type { Store } from '../../bot/ports.ts';
import { loadWords } from '../../bot/words.ts';

const words = loadWords();
const directory = loadDirectory();

const PAGES: Pages = {
  get: (path) =>
    path === '/'
      ? {
          status: 200,
          headers: { 'content-type': 'text/html; charset=utf-8', etag: '"one"' },
          body: '<p>piazza</p>',
          encoded: { br: Buffer.from('squeezed'), gzip: Buffer.from('zipped') },
        }
      : undefined,
};

export interface Web {
  url: string;
  port: number;
  store: Store;
  config: Config;
  /** Every message that reached the talk, in order. */
  heard: Incoming[];
  /** Moves the server's clock on. */
  pass(seconds: number): void;
  /** Stops the server and starts it again on the same port and store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startWeb(changes: Partial<ServerDeps> = {}, env: Record<string, string> = {}): Promise<Web> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bussola-web-'));
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env });
  const store = await openStore({ dataDir, log: silentLog });
  const heard: Incoming[] = [];
  let passed = 0;
  const clock = (): Date => new Date(Date.now() + passed * 1000);
  const metrics = createMetrics(store.outbox, clock);
  const turn = measureTurn(scriptedTurn(store, heard), metrics);
  const sdk = once(() => loadSdk(config.botFramework));
  const build = (port: number) =>
    createServer({
      config: { ...config, port },
      turn,
      store,
      feed: createFeed(),
      directory,
      words,
      log: silentLog,
      clock,
      metrics,
      sdk,
      pages: PAGES,
      ...changes,
    });
  let server = build(0);
  const { port } = await server.listen();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    store,
    config,
    heard,
    pass: (seconds) => void (passed += seconds),
    async restart() {
      await server.close();
      server = build(port);
      await server.listen();
    },
    async stop() {
      await server.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Greets, repeats what it hears; `guasto` breaks the store, `errore` the talk. One turn for one message id. */
function scriptedTurn(store: Store, heard: Incoming[]): Turn {
  return async (incoming) => {
    heard.push(incoming);
    if (incoming.text === 'guasto') throw new BussolaError('store_unavailable', 'disk full at secret path');
    if (incoming.text === 'errore') throw new Error('a secret of the talk');
    for (;;) {
      const known = await store.load(incoming.conversationId);
      const committed = await store.commit({
        conversationId: incoming.conversationId,
        channel: incoming.channel,
        expectedVersion: known?.conversation.version ?? 0,
        state: {},
        messageId: incoming.messageId,
        ...(incoming.kind === 'start' ? {} : { said: { text: incoming.text, payload: incoming.payload } }),
        replies: [replyTo(incoming)],
        cases: [],
        dropCases: [],
        events: [],
        outbox: [],
        cancelMails: [],
        at: new Date(),
      });
      if ('activities' in committed) return committed.activities;
    }
  };
}

function replyTo({ kind, text, comune = 'nessuno', language = 'it' }: Incoming): Reply {
  const base: Reply = { kind: 'text', text: `eco: ${text}`, lang: 'it', choices: [], links: [], case: null };
  if (kind === 'unsupported') return { ...base, text: 'solo testo' };
  if (kind === 'message') return base;
  const choices = [
    { id: 'area.economic', label: 'Soldi' },
    { id: 'area.housing', label: 'Casa' },
  ];
  return { ...base, text: `benvenuti a ${comune} (${language})`, choices };
}

export interface Opened {
  conversationId: string;
  token: string;
  streamUrl: string;
  expires_in: number;
}

/** A Direct Line call; the body as parsed JSON. */
export async function call(
  web: Web,
  method: 'GET' | 'POST',
  path: string,
  { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const response = await fetch(`${web.url}/v3/directline${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

export async function open(web: Web, body: unknown = {}): Promise<Opened> {
  return (await call(web, 'POST', '/conversations', { body })).body as Opened;
}
