// The HTTP server: mounts every route on restify, the one file that knows it, and opens and closes in good order.
// What each route answers is left to the route; pages, mails and webhooks come from outside through small seams.
import { ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server as HttpServer } from 'node:http';
import restify from 'restify';
import type { Config } from '../../bot/config.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Turn } from '../../bot/message.ts';
import type { Clock, Directory, Feed, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { messageRoutes } from '../botframework/messages.ts';
import type { MessagesDeps } from '../botframework/messages.ts';
import { createAccept, tooMany } from './accept.ts';
import { discard, readForm, readJson } from './body.ts';
import { readCaller } from './caller.ts';
import { deskRoutes } from './desk/routes.ts';
import type { DeskDeps } from './desk/kit/kit.ts';
import { directLineRoutes } from './direct-line.ts';
import { healthRoutes } from './health.ts';
import { HttpError, plain, refusal } from './http.ts';
import type { Route, WebAnswer, WebRequest } from './http.ts';
import { createLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { pageRoutes } from './pages.ts';
import type { Pages } from './pages.ts';
import { paperRoutes } from './paper/routes.ts';
import { plainRoutes } from './plain/routes.ts';
import type { PlainDeps } from './plain/routes.ts';
import { postaRoutes } from './posta.ts';
import type { MailViewer } from './posta.ts';
import { corsHeaders, securityHeaders } from './security.ts';
import { createStreams } from './stream.ts';
import { createTokens, loadSecret } from './tokens.ts';
import { WebAdapter } from './web-adapter.ts';

export interface ServerDeps {
  config: Config;
  turn: Turn;
  store: Store;
  feed: Feed;
  directory: Pick<Directory, 'comuni'>;
  words: Words;
  log: Log;
  clock: Clock;
  metrics: Metrics;
  pages: Pages;
  /** True for words that are answered however many requests came before: the safety floor. */
  urgent?: (text: string) => boolean;
  /** `POST /api/messages`: Bot Framework's own SDK, loaded when it is first needed. */
  sdk?: MessagesDeps['sdk'];
  /** `POST /telegram/webhook`: takes headers and parsed body, gives the status to answer. */
  telegram?: (headers: IncomingHttpHeaders, body: unknown) => Promise<number>;
  /** `/posta`, when mails are kept in files. */
  mails?: MailViewer;
  /** `/testo/<comune>`, the talk without JavaScript. */
  plain?: Pick<PlainDeps, 'directory' | 'calendar' | 'freshness'>;
  /** The pages behind the links in mails to desks and to the coordinator. */
  desk?: Pick<DeskDeps, 'env' | 'office' | 'mailed' | 'answered'>;
  limits?: Limits;
}

export interface Server {
  /** What it answers: the contract in docs/openapi.yaml is held against it. */
  readonly routes: readonly Pick<Route, 'method' | 'path' | 'kind' | 'takes'>[];
  /** Listens on `config.port` (0: a free one) and gives the port taken. */
  listen(): Promise<{ port: number }>;
  /** Stops accepting, lets turns finish (10 s at most), sends streams away with 1001. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 10_000;

// Restify replaces writeHead for every HTTP server of the process and returns nothing from it: Node's own returns the
// response, and others rely on that.
const restifyWriteHead = Reflect.get(ServerResponse.prototype, 'writeHead');
ServerResponse.prototype.writeHead = function writeHead(this: ServerResponse, ...args: unknown[]) {
  Reflect.apply(restifyWriteHead, this, args);
  return this;
};

export function createServer(deps: ServerDeps): Server {
  const { config, log } = deps;
  const limits = deps.limits ?? createLimits();
  const secret = loadSecret(config);
  const tokens = createTokens(secret, deps.clock);
  const server = restify.createServer({ name: 'bussola', handleUncaughtExceptions: false, ignoreTrailingSlash: true });
  const http = boundTimes(server.server);
  const running = new Set<Promise<void>>();
  let closing = false;

  async function answer(route: Route, request: IncomingMessage, params: Record<string, string>): Promise<WebAnswer> {
    const caller = readCaller(request);
    const wait = caller.address === undefined || route.path === TELEGRAM ? 0 : limits.requests.take(caller.address);
    // Where people write, words of danger have a measure of their own.
    if (wait > 0 && route.counts !== 'itself') throw tooMany(deps, request.headers, wait);
    const { value: body, bytes } = await readBody(route, request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const asked: WebRequest = {
      path: url.pathname,
      params,
      query: url.searchParams,
      headers: request.headers,
      caller,
      body,
      bytes,
      wait,
    };
    return route.handle(asked);
  }

  async function respond(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
    params: Record<string, string>,
  ) {
    const answered = await answer(route, request, params).catch((error: unknown) => {
      if (error instanceof HttpError) return refuse(deps.pages, request, error, route.kind);
      log.error('request failed', { error: messageOf(error) });
      return refuse(
        deps.pages,
        request,
        new HttpError(500, 'InternalServerError', 'Something went wrong here'),
        route.kind,
      );
    });
    send(request, response, answered, {
      ...securityHeaders(route.kind, config),
      ...(isDirectLine(request) ? corsHeaders(request.headers, config) : {}),
      ...(closing ? { connection: 'close' } : {}),
    });
  }

  function mount(route: Route): void {
    const handler = async (request: restify.Request, response: restify.Response): Promise<void> => {
      const work = respond(route, request, response, readParams(request.params));
      running.add(work);
      await work.finally(() => running.delete(work));
    };
    server[route.method](route.path, handler);
    if (route.method === 'get') server.head(route.path, handler);
  }

  const adapter = new WebAdapter(deps.turn, deps.feed);
  const urgent = deps.urgent ?? ((): boolean => false);
  const accept = createAccept({ ...deps, adapter, limits, urgent });
  const streams = createStreams({ ...deps, accept, tokens });
  const socketOrigin = (request: WebRequest): string => originOf(config, request.headers).replace(/^http/, 'ws');
  const routes = [
    ...directLineRoutes({ ...deps, adapter, accept, tokens, limits, socketOrigin }),
    ...(deps.sdk ? messageRoutes({ ...deps, sdk: deps.sdk }) : []),
    ...healthRoutes({ ...deps, closing: () => closing }),
    ...(deps.telegram ? [telegramRoute(deps.telegram)] : []),
    ...(deps.mails ? postaRoutes(deps.mails) : []),
    ...(deps.desk ? deskRoutes({ ...deps, ...deps.desk, publicUrl: config.publicUrl, dataDir: config.dataDir }) : []),
    ...(deps.plain ? plainRoutes({ ...deps, ...deps.plain, limits, urgent, secret }) : []),
    ...(deps.desk ? paperRoutes({ ...deps, env: deps.desk.env }) : []),
    ...pageRoutes(deps.pages),
  ];
  for (const route of routes) mount(route);

  server.pre((request: restify.Request, response: restify.Response, next: restify.Next) => {
    if (request.method !== 'OPTIONS' || !isDirectLine(request)) return next();
    send(request, response, { status: 204, headers: {}, body: '' }, corsHeaders(request.headers, config));
    return next(false);
  });
  // What restify refuses by itself (no such route, no such method) must not tell more than its status.
  server.on('restifyError', (request: restify.Request, response: restify.Response, error: { statusCode?: number }) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error('request failed', { status, error: messageOf(error) });
    const refused = new HttpError(status, status === 405 ? 'MethodNotAllowed' : 'NotFound', 'There is nothing here');
    if (response.headersSent) return;
    send(request, response, refuse(deps.pages, request, refused), securityHeaders('page', config));
  });
  http.on('upgrade', streams.upgrade);

  return {
    routes,
    async listen() {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      // Restify passes the HTTP server's errors on as its own.
      server.once('error', reject);
      server.listen(config.port, config.host, resolve);
      await promise;
      server.off('error', reject);
      return { port: server.address().port };
    },
    async close() {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const impatient = setTimeout(() => http.closeAllConnections(), CLOSE_WITHIN_MS);
      await Promise.race([Promise.allSettled(running), new Promise((resolve) => http.once('close', resolve))]);
      await streams.close();
      http.closeIdleConnections();
      await closed;
      clearTimeout(impatient);
    },
  };
}

async function readBody(route: Route, request: IncomingMessage): Promise<{ value: unknown; bytes: number }> {
  if (route.takes === 'form') return readForm(request);
  if (route.method === 'post' && !route.discards) return readJson(request);
  if (route.discards) await discard(request);
  return { value: undefined, bytes: 0 };
}

const TELEGRAM = '/telegram/webhook';

function telegramRoute(webhook: NonNullable<ServerDeps['telegram']>): Route {
  return {
    method: 'post',
    path: TELEGRAM,
    kind: 'api',
    handle: async ({ headers, body }) => plain(await webhook(headers, body), ''),
  };
}

/** A page where a person looks, the error of Direct Line for programs. Some browsers of text alone do not ask for HTML. */
function refuse(pages: Pages, request: IncomingMessage, error: HttpError, kind?: Route['kind']): WebAnswer {
  const { accept = '', 'accept-language': languages = '' } = request.headers;
  const looks = accept.includes('text/html') || (kind === 'page' && !accept.includes('json'));
  if (isDirectLine(request) || !pages.sorry || !looks) return refusal(error);
  const query = new URLSearchParams(/\?.*$/s.exec(request.url ?? '')?.[0]);
  const page = pages.sorry(error.status, query, languages);
  return { ...page, headers: { ...page.headers, ...error.headers } };
}

/** Slow senders are cut off: headers within 10 s, the whole request within 30 s. */
function boundTimes(http: HttpServer): HttpServer {
  http.headersTimeout = 7000;
  http.requestTimeout = 30_000;
  http.keepAliveTimeout = 30_000;
  http.maxHeadersCount = 100;
  // Node looks for late requests at this pace; restify gives no way to pass it on.
  Reflect.set(http, 'connectionsCheckingInterval', 3000);
  return http;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WebAnswer,
  defaults: Record<string, string>,
): void {
  const headers: Record<string, string> = { ...defaults, ...answer.headers };
  // A page may add to where its answer varies, never drop ours.
  const vary = [defaults['vary'], answer.headers['vary']].filter((value) => value !== undefined);
  if (vary.length > 0) headers['vary'] = vary.join(', ');
  const hasBody = answer.status !== 204 && answer.status !== 304;
  if (hasBody) headers['content-length'] = String(Buffer.byteLength(answer.body));
  response.writeHead(answer.status, headers);
  response.end(hasBody && request.method !== 'HEAD' ? answer.body : undefined);
}

function isDirectLine(request: IncomingMessage): boolean {
  return request.url?.startsWith('/v3/directline/') ?? false;
}

function readParams(params: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));
}

/** The configured public address; where none was given, the name under which the caller reached us. */
function originOf(config: Config, headers: IncomingHttpHeaders): string {
  const given = new URL(config.publicUrl);
  if (given.hostname !== 'localhost' || headers.host === undefined) return config.publicUrl;
  return `${given.protocol}//${headers.host}`;
}
