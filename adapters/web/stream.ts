// Direct Line's WebSocket: what is in the log after a watermark, then each new thing as it is committed.
// Writing is left to HTTP: what a client sends here is ignored.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Config } from '../../bot/config.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Feed, Store } from '../../bot/ports.ts';
import { readCaller } from './caller.ts';
import { activitiesAfter } from './direct-line-activity.ts';
import type { Metrics } from './metrics.ts';
import { isAllowedOrigin } from './security.ts';
import type { Claims, Tokens } from './tokens.ts';

const POLL_MS = 1000;
const KEEP_ALIVE_MS = 20_000;
/** A reader this far behind is cut off; it comes back with its watermark and loses nothing. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
const MAX_STREAMS = 10_000;
const MAX_STREAMS_PER_ADDRESS = 500;
const PATH = /^\/v3\/directline\/conversations\/([\w-]+)\/stream$/;

export interface StreamDeps {
  config: Pick<Config, 'embedOrigins' | 'publicUrl'>;
  store: Pick<Store, 'activities'>;
  feed: Feed;
  tokens: Tokens;
  metrics: Metrics;
  log: Log;
}

export interface Streams {
  /** For the HTTP server's `upgrade` event; answers and ends the socket itself where it is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every client to come back later (1001). */
  close(): Promise<void>;
}

interface Stream {
  socket: WebSocket;
  address: string | undefined;
  /** Serves what is new. A call while another runs makes that one look again. */
  pump(): Promise<void>;
  alive: boolean;
}

export function createStreams(deps: StreamDeps): Streams {
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const open = new Map<string, Stream>();
  let closing = false;

  function start(socket: WebSocket, claims: Claims, watermark: string | null, address: string | undefined): void {
    open.get(claims.conv)?.socket.close(1000, 'collision');
    const stream: Stream = { socket, address, alive: true, pump: createPump(deps, socket, claims, watermark) };
    open.set(claims.conv, stream);
    deps.metrics.streams(open.size);
    const stop = deps.feed.listen(claims.conv, () => void stream.pump());
    socket.on('pong', () => (stream.alive = true));
    // Without a listener an error would end the process; `close` follows it.
    socket.on('error', () => {});
    socket.on('close', () => {
      stop();
      if (open.get(claims.conv) === stream) open.delete(claims.conv);
      deps.metrics.streams(open.size);
    });
    void stream.pump();
  }

  // One after the other: many readers must not take every connection of the database.
  async function poll(): Promise<void> {
    for (const stream of open.values()) await stream.pump();
    if (!closing) timers.poll = setTimeout(() => void poll(), POLL_MS).unref();
  }

  function keepAlive(): void {
    for (const stream of open.values()) {
      if (!stream.alive) stream.socket.terminate();
      stream.alive = false;
      stream.socket.send('');
      stream.socket.ping();
    }
  }

  const timers = {
    poll: setTimeout(() => void poll(), POLL_MS).unref(),
    keepAlive: setInterval(keepAlive, KEEP_ALIVE_MS).unref(),
  };

  function admit(request: IncomingMessage): { claims: Claims; watermark: string | null } | number {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const conversationId = PATH.exec(url.pathname)?.[1];
    if (conversationId === undefined) return 404;
    if (!isAllowedOrigin(request.headers, deps.config)) return 403;
    const claims = deps.tokens.verify('stream', url.searchParams.get('t') ?? '');
    if (typeof claims === 'string' || claims.conv !== conversationId) return 403;
    return { claims, watermark: url.searchParams.get('watermark') };
  }

  return {
    upgrade(request, socket, head) {
      const admitted = closing ? 503 : admit(request);
      const { address } = readCaller(request);
      const mine = address === undefined ? 0 : [...open.values()].filter((stream) => stream.address === address).length;
      const full = open.size >= MAX_STREAMS || mine >= MAX_STREAMS_PER_ADDRESS;
      if (typeof admitted === 'number') return refuse(socket, admitted);
      if (full) return refuse(socket, 429);
      return server.handleUpgrade(request, socket, head, (accepted) =>
        start(accepted, admitted.claims, admitted.watermark, address),
      );
    },
    async close() {
      closing = true;
      clearTimeout(timers.poll);
      clearInterval(timers.keepAlive);
      const sockets = [...open.values()].map(({ socket }) => socket);
      const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.close(1001, 'restarting');
      const impatient = setTimeout(() => sockets.forEach((socket) => socket.terminate()), 1000);
      await Promise.all(gone);
      clearTimeout(impatient);
    },
  };
}

function createPump(deps: StreamDeps, socket: WebSocket, claims: Claims, from: string | null): () => Promise<void> {
  let watermark = from;
  let busy = false;
  let again = false;

  async function serve(): Promise<void> {
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate();
    const set = await activitiesAfter(deps.store, claims, watermark);
    watermark = set.watermark;
    if (set.activities.length > 0 && socket.readyState === socket.OPEN) socket.send(JSON.stringify(set));
  }

  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again && socket.readyState === socket.OPEN) {
        again = false;
        await serve();
      }
    } catch (error) {
      deps.log.warn('stream read failed', { channel: 'web', error: messageOf(error) });
    } finally {
      busy = false;
    }
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => {});
  const wait = status === 429 || status === 503 ? 'Retry-After: 5\r\n' : '';
  socket.end(`HTTP/1.1 ${status} Refused\r\n${wait}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
