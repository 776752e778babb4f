// Direct Line 3.0 over HTTP: tokens, conversations, activities. Every answer to a message follows its commit.
// Sockets are left to stream.ts, the form of activities to direct-line-activity.ts.
import { activityId } from '../../bot/activity.ts';
import { BussolaError } from '../../bot/errors.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Incoming, StoredActivity } from '../../bot/message.ts';
import type { Directory, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { activitiesAfter, readActivity, startActivity } from './direct-line-activity.ts';
import { HttpError, headerOf, isRecord, json, languageOf } from './http.ts';
import type { Route, WebAnswer, WebRequest } from './http.ts';
import type { Limiter, Limits } from './limits.ts';
import { LIFE_SECONDS, randomId } from './tokens.ts';
import type { Claims, Tokens } from './tokens.ts';
import type { WebAdapter } from './web-adapter.ts';

export interface DirectLineDeps {
  adapter: WebAdapter;
  store: Pick<Store, 'load' | 'activities'>;
  directory: Pick<Directory, 'comuni'>;
  tokens: Tokens;
  limits: Limits;
  /** True for words that are answered however many came before them. */
  urgent: (text: string) => boolean;
  words: Words;
  log: Log;
  /** `ws://host` or `wss://host` as the caller reaches us. */
  socketOrigin(request: WebRequest): string;
}

const BASE = '/v3/directline';
/** Files are not read: the conversation hears that one came and says what it can take. */
const UPLOADED = { type: 'message', attachments: [{}] };

export function directLineRoutes(deps: DirectLineDeps): Route[] {
  const routes: [Route['method'], string, (deps: DirectLineDeps, request: WebRequest) => Promise<WebAnswer>][] = [
    ['post', '/tokens/generate', generate],
    ['post', '/tokens/refresh', refresh],
    ['post', '/conversations', start],
    ['get', '/conversations/:id', resume],
    ['get', '/conversations/:id/activities', read],
    ['post', '/conversations/:id/activities', write],
  ];
  const upload: Route = {
    method: 'post',
    path: `${BASE}/conversations/:id/upload`,
    kind: 'api',
    discards: true,
    handle: (request) => write(deps, { ...request, body: UPLOADED }),
  };
  const mounted = routes.map(([method, path, handle]): Route => ({
    method,
    path: BASE + path,
    kind: 'api',
    handle: (request) => handle(deps, request),
  }));
  return [...mounted, upload];
}

async function generate(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = { conv: randomId(), ...readPage(deps, request) };
  return json(200, grant(deps, claims));
}

async function refresh(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  return json(200, grant(deps, authorize(deps, request)));
}

async function start(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  admit(deps, request, deps.limits.conversations, request.caller.address);
  const page = readPage(deps, request);
  const claims = hasToken(request) ? { ...page, ...authorize(deps, request) } : { conv: randomId(), ...page };
  await take(deps, request, () => deps.adapter.process(startActivity({ born: 0, ...claims }), pageOf(claims)));
  return json(201, opened(deps, request, claims));
}

async function resume(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = authorize(deps, request);
  const known = await take(deps, request, () => deps.store.load(claims.conv));
  if (!known) throw new HttpError(404, 'ConversationNotFound', 'The conversation has ended or was never started');
  return json(200, opened(deps, request, claims, request.query.get('watermark')));
}

async function read(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = authorize(deps, request);
  const watermark = request.query.get('watermark');
  return json(200, await take(deps, request, () => activitiesAfter(deps.store, claims, watermark)));
}

async function write(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = authorize(deps, request);
  const activity = readActivity(request.body, request.bytes, claims, headerOf(request.headers, 'idempotency-key'));
  // Typing, events and the like are allowed, and are nothing the conversation waits for.
  if (activity.type !== 'message') return json(200, { id: `${claims.conv}|${activity.type}-${randomId()}` });
  if (!deps.urgent(activity.text ?? '')) admit(deps, request, deps.limits.messages, claims.conv);
  const stored = await take(deps, request, () => deps.adapter.process(activity, pageOf(claims)));
  return json(200, { id: idOf(stored, claims) });
}

/** The id under which the person's own message is in the log. */
function idOf(stored: StoredActivity[], claims: Pick<Claims, 'conv'>): string {
  const said = stored.find((activity) => activity.from === 'user') ?? stored[0];
  return said ? activityId(said) : `${claims.conv}|${randomId()}`;
}

type Fresh = Omit<Claims, 'born'> & { born?: number };

function grant(deps: DirectLineDeps, claims: Fresh): { conversationId: string; token: string; expires_in: number } {
  return { conversationId: claims.conv, token: deps.tokens.sign('chat', claims), expires_in: LIFE_SECONDS.chat };
}

function opened(deps: DirectLineDeps, request: WebRequest, claims: Fresh, watermark: string | null = null): unknown {
  const query = new URLSearchParams({ t: deps.tokens.sign('stream', claims) });
  if (watermark !== null) query.set('watermark', watermark);
  const address = `${BASE}/conversations/${claims.conv}/stream?${query}`;
  return { ...grant(deps, claims), streamUrl: deps.socketOrigin(request) + address };
}

function pageOf(claims: Fresh): Pick<Incoming, 'comune'> {
  return claims.comune === undefined ? {} : { comune: claims.comune };
}

function hasToken({ headers }: WebRequest): boolean {
  return !['', 'undefined', 'null'].includes(bearer(headers.authorization));
}

function bearer(authorization = ''): string {
  return authorization.replace(/^bearer\s*/i, '').trim();
}

/** 403, never 401: to Direct Line clients it means "get a new token". The same for a foreign conversation as for none. */
function authorize({ tokens }: DirectLineDeps, { headers, params }: WebRequest): Claims {
  const claims = tokens.verify('chat', bearer(headers.authorization));
  if (claims === 'expired') throw new HttpError(403, 'TokenExpired', 'The token has expired');
  if (claims === 'invalid') throw new HttpError(403, 'BadToken', 'The token is missing or not valid');
  if (params['id'] !== undefined && params['id'] !== claims.conv)
    throw new HttpError(403, 'Forbidden', 'The token is for another conversation');
  return claims;
}

/** What the page says of itself: who writes, in which comune, in which language. Unknown values are dropped. */
function readPage(
  { directory }: DirectLineDeps,
  { body, query }: WebRequest,
): Pick<Claims, 'user' | 'comune' | 'locale'> {
  if (body !== undefined && body !== null && !isRecord(body))
    throw new HttpError(400, 'BadArgument', 'The body is not an object');
  const said = isRecord(body) ? body : {};
  const user = isRecord(said['user']) ? said['user']['id'] : undefined;
  const data = isRecord(said['channelData']) ? said['channelData'] : {};
  const comune = [data['comune'], said['comune'], query.get('comune')].find((value) => typeof value === 'string');
  const locale = [said['locale'], query.get('locale')].find((value) => typeof value === 'string');
  return {
    user: typeof user === 'string' && /^[\w.@:-]{1,64}$/.test(user) ? user : `dl_${randomId()}`,
    ...(directory.comuni().some(({ id }) => id === comune) ? { comune: String(comune) } : {}),
    ...(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(String(locale)) ? { locale: String(locale) } : {}),
  };
}

function admit(deps: DirectLineDeps, { headers }: WebRequest, limiter: Limiter, key: string | undefined): void {
  const seconds = key === undefined ? 0 : limiter.take(key);
  if (seconds === 0) return;
  const message = deps.words.say(languageOf(headers))('pages:too_many');
  throw new HttpError(429, 'TooManyRequests', message, { 'retry-after': String(seconds) });
}

/** Whatever fails, the person reads one calm sentence with a number that answers without us. */
async function take<T>({ words, log }: DirectLineDeps, { headers }: WebRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof BussolaError ? error.code : 'unexpected';
    log.error('turn failed', { channel: 'web', code, error: messageOf(error) });
    const message = words.say(languageOf(headers))('pages:trouble');
    throw code === 'store_unavailable'
      ? new HttpError(503, 'ServiceUnavailable', message, { 'retry-after': '5' })
      : new HttpError(500, 'InternalServerError', message);
  }
}
