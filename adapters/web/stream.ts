// The sockets: lets them in, keeps them alive, wakes them, sends them away. Two tongues: Direct Line's own, which only
// tells, and `bussola.1`, in which our page also writes. What is told is left to stream-pump.ts, writing to terse-socket.ts.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Config } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import type { Feed, Store } from '../../bot/ports.ts';
import type { Accept } from './accept.ts';
import { readCaller } from './caller.ts';
import { inDirectLine } from './direct-line-activity.ts';
import type { Metrics } from './metrics.ts';
import { isAllowedOrigin } from './security.ts';
import { createPump } from './stream-pump.ts';
import { fold } from './terse-set.ts';
import { createTerse } from './terse-socket.ts';
import type { TerseSocket } from './terse-socket.ts';
import type { Claims, Tokens } from './tokens.ts';
import { PROTOCOL } from './widget/terse.ts';

const POLL_MS = 1000;
const KEEP_ALIVE_MS = 20_000;
const MAX_STREAMS = 10_000;
const MAX_STREAMS_PER_ADDRESS = 500;
/** Tabs of our own page on one conversation. Direct Line itself allows one socket. */
const MAX_TABS = 4;
const PATH = /^\/v3\/directline\/conversations\/([\w-]+)\/stream$/;

export interface StreamDeps {
  config: Pick<Config, 'embedOrigins' | 'publicUrl'>;
  store: Pick<Store, 'activities'>;
  accept: Accept;
  feed: Feed;
  tokens: Tokens;
  metrics: Metrics;
  log: Log;
}

export interface Streams {
  /** For the HTTP server's `upgrade` event; answers and ends the socket itself where it is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Lets messages that arrived be answered, then tells every client to come back later (1001). */
  close(): Promise<void>;
}

interface Stream {
  socket: WebSocket;
  address: string | undefined;
  conversationId: string;
  /** Absent on Direct Line's own. */
  terse?: TerseSocket;
  /** Serves what is new. */
  pump(): Promise<void>;
  alive: boolean;
}

interface Admitted {
  claims: Claims;
  watermark: string | null;
}

export function createStreams(deps: StreamDeps): Streams {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 64 * 1024,
    // A talk in `bussola.1` is small as it is; what compression keeps for each socket is not (ADR 16).
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : ([...offered][0] ?? false)),
  });
  const open = new Set<Stream>();
  let closing = false;

  function start(socket: WebSocket, { claims, watermark }: Admitted, request: IncomingMessage): void {
    const conversationId = claims.conv;
    const { address } = readCaller(request);
    const terse = socket.protocol === PROTOCOL ? createTerse(deps, socket, conversationId, request) : undefined;
    const pump = createPump(deps, socket, conversationId, watermark, (logged) =>
      terse ? fold(logged, terse.own) : inDirectLine(logged, claims),
    );
    const stream: Stream = { socket, address, conversationId, alive: true, pump, ...(terse ? { terse } : {}) };
    makeRoom(stream);
    open.add(stream);
    deps.metrics.streams(open.size);
    const stop = deps.feed.listen(conversationId, () => void pump());
    socket.on('pong', () => (stream.alive = true));
    // Without a listener an error would end the process; `close` follows it.
    socket.on('error', () => {});
    socket.on('close', () => {
      stop();
      open.delete(stream);
      deps.metrics.streams(open.size);
    });
    void pump();
  }

  /** The oldest of a kind on one conversation gives way. */
  function makeRoom({ conversationId, terse }: Stream): void {
    const others = [...open].filter((one) => one.conversationId === conversationId && !one.terse === !terse);
    const most = terse ? MAX_TABS : 1;
    for (const { socket } of others.slice(0, Math.max(0, others.length + 1 - most))) socket.close(1000, 'collision');
  }

  // One after the other: many readers must not take every connection of the database.
  async function poll(): Promise<void> {
    for (const stream of open) await stream.pump();
    if (!closing) timers.poll = setTimeout(() => void poll(), POLL_MS).unref();
  }

  function keepAlive(): void {
    for (const { socket, terse, alive } of open) {
      if (!alive) socket.terminate();
      // Direct Line's clients know an empty frame; a browser answers the ping by itself.
      if (!terse) socket.send('');
      socket.ping();
    }
    for (const stream of open) stream.alive = false;
  }

  const timers = {
    poll: setTimeout(() => void poll(), POLL_MS).unref(),
    keepAlive: setInterval(keepAlive, KEEP_ALIVE_MS).unref(),
  };

  function admit(request: IncomingMessage): Admitted | number {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const conversationId = PATH.exec(url.pathname)?.[1];
    if (conversationId === undefined) return 404;
    if (!isAllowedOrigin(request.headers, deps.config)) return 403;
    const claims = deps.tokens.verify('stream', url.searchParams.get('t') ?? '');
    if (typeof claims === 'string' || claims.conv !== conversationId) return 403;
    const { address } = readCaller(request);
    const mine = address === undefined ? 0 : [...open].filter((stream) => stream.address === address).length;
    if (open.size >= MAX_STREAMS || mine >= MAX_STREAMS_PER_ADDRESS) return 429;
    return { claims, watermark: url.searchParams.get('watermark') };
  }

  return {
    upgrade(request, socket, head) {
      const admitted = closing ? 503 : admit(request);
      if (typeof admitted === 'number') return refuse(socket, admitted);
      return server.handleUpgrade(request, socket, head, (accepted) => start(accepted, admitted, request));
    },
    async close() {
      closing = true;
      clearTimeout(timers.poll);
      clearInterval(timers.keepAlive);
      const streams = [...open];
      const gone = streams.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
      const away = Promise.all(
        streams.map(async ({ socket, terse }) => {
          await terse?.settled();
          socket.close(1001, 'restarting');
        }),
      );
      const impatient = setTimeout(() => streams.forEach(({ socket }) => socket.terminate()), 3000);
      await Promise.all([away, ...gone]);
      clearTimeout(impatient);
    },
  };
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => {});
  const wait = status === 429 || status === 503 ? 'Retry-After: 5\r\n' : '';
  socket.end(`HTTP/1.1 ${status} Refused\r\n${wait}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
