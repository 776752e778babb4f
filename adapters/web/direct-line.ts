// Direct Line 3.0 over HTTP: tokens, conversations, activities. Every answer to a message follows its commit.
// Sockets are left to stream.ts, the form of activities to direct-line-activity.ts, their turn to accept.ts.
import { hasCarried } from '../../bot/carry/carried.ts';
import type { Log } from '../../bot/log.ts';
import type { Incoming } from '../../bot/message.ts';
import type { Directory, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { admit, pageOf, take } from './accept.ts';
import type { Accept } from './accept.ts';
import { activitiesAfter, startActivity } from './direct-line-activity.ts';
import { HttpError, isRecord, json } from './http.ts';
import type { Route, WebAnswer, WebRequest } from './http.ts';
import type { Limits } from './limits.ts';
import { LIFE_SECONDS, mayChat, randomId } from './tokens.ts';
import type { Claims, Tokens } from './tokens.ts';
import type { WebAdapter } from './web-adapter.ts';

export interface DirectLineDeps {
  adapter: WebAdapter;
  accept: Accept;
  store: Pick<Store, 'load' | 'activities'>;
  directory: Pick<Directory, 'comuni'>;
  tokens: Tokens;
  limits: Pick<Limits, 'conversations'>;
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
    ...(handle === write ? { counts: 'itself' } : {}),
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
  admit(deps, request.headers, deps.limits.conversations, request.caller.address);
  const page = readPage(deps, request);
  const claims = hasToken(request) ? { ...page, ...authorize(deps, request) } : { conv: randomId(), ...page };
  const opening = { ...pageOf(claims), ...carryOf(request) };
  await take(deps, request.headers, () => deps.adapter.process(startActivity({ born: 0, ...claims }), opening));
  return json(201, {
    ...opened(deps, request, claims),
    ...(opening.carry === undefined ? {} : await judged(deps, claims)),
  });
}

/** A page that had a talk of its own goes back to it where nothing was carried over. */
async function judged({ store }: DirectLineDeps, { conv }: Pick<Claims, 'conv'>): Promise<{ carried: boolean }> {
  return { carried: hasCarried((await store.load(conv))?.conversation.state) };
}

async function resume(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = authorize(deps, request);
  const known = await take(deps, request.headers, () => deps.store.load(claims.conv));
  if (!known) throw new HttpError(404, 'ConversationNotFound', 'The conversation has ended or was never started');
  return json(200, opened(deps, request, claims, request.query.get('watermark')));
}

async function read(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  const claims = authorize(deps, request);
  const watermark = request.query.get('watermark');
  return json(200, await take(deps, request.headers, () => activitiesAfter(deps.store, claims, watermark)));
}

async function write(deps: DirectLineDeps, request: WebRequest): Promise<WebAnswer> {
  return json(200, { id: await deps.accept(authorize(deps, request), request) });
}

type Fresh = Omit<Claims, 'born'> & { born?: number };

function grant(deps: DirectLineDeps, claims: Fresh): { conversationId: string; token: string; expires_in: number } {
  return { conversationId: claims.conv, token: deps.tokens.sign('chat', claims), expires_in: LIFE_SECONDS.chat };
}

function opened(deps: DirectLineDeps, request: WebRequest, claims: Fresh, watermark: string | null = null): object {
  const query = new URLSearchParams({ t: deps.tokens.sign('stream', claims) });
  if (watermark !== null) query.set('watermark', watermark);
  const address = `${BASE}/conversations/${claims.conv}/stream?${query}`;
  return { ...grant(deps, claims), streamUrl: deps.socketOrigin(request) + address };
}

/** What the page had behind its `#`. Too long for one of ours, it counts as one that opens nothing. */
function carryOf({ body }: WebRequest): Pick<Incoming, 'carry'> {
  const said = isRecord(body) ? body['carry'] : undefined;
  return typeof said === 'string' && said !== '' ? { carry: said.slice(0, 1000) } : {};
}

function hasToken({ headers }: WebRequest): boolean {
  return !['', 'undefined', 'null'].includes(bearer(headers.authorization));
}

function bearer(authorization = ''): string {
  return authorization.replace(/^bearer\s*/i, '').trim();
}

function authorize({ tokens }: DirectLineDeps, { headers, params }: WebRequest): Claims {
  return mayChat(tokens, bearer(headers.authorization), params['id']);
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
