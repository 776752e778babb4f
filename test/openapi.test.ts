// docs/openapi.yaml held against the server: every route is in it and nothing else, every answer is one that it tells of.
// Whether the answers are right is left to each part's own tests.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import { start } from '../bot/main.ts';
import type { Running } from '../bot/main.ts';
import { TelegramApiDouble } from './doubles/telegram-api.ts';
import { startConnector } from './support/connector.ts';
import { HttpTalk } from './support/direct-line-http.ts';
import { patternOf, readContract } from './support/openapi.ts';
import { eventually } from './support/road.ts';
import { makeFolder } from './support/server-process.ts';
import { startWeb } from './support/web.ts';
import type { Opened } from './support/web.ts';
import { walk } from './support/walk.ts';

const SECRET = 'a-secret-of-the-test';
/** Answered by `pages`, which looks up whole addresses. */
const PAGES = '/*';
/** Provoked once for all: the same code gives them everywhere. */
const SHARED = ['413', '429', '500', '503'];

describe('docs/openapi.yaml', function () {
  this.timeout(60_000);
  const contract = readContract();
  /** `post /carta 303`. */
  const seen = new Set<string>();
  const folder = makeFolder();
  let api: TelegramApiDouble;
  let server: Running;
  let url: string;
  before(async () => {
    api = await TelegramApiDouble.start();
    const telegram = { TELEGRAM_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, TELEGRAM_SECRET: SECRET };
    const webhook = { ...telegram, TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'https://bussola.example' };
    server = await start(readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder.path, ...webhook }), silentLog);
    url = `http://127.0.0.1:${server.port}`;
  });
  after(async () => {
    await server.close();
    await api.stop();
    folder.remove();
  });

  interface Ask {
    headers?: Record<string, string>;
    token?: string;
    json?: unknown;
    form?: Record<string, string>;
  }

  /** One request, whose answer is judged. */
  async function ask(method: 'get' | 'post', path: string, { headers, token, json, form }: Ask = {}, base = url) {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: typeof json === 'string' ? json : JSON.stringify(json) }),
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    const operation = contract.operationOf(method, path.split('?')[0] ?? '');
    contract.judge(operation, { status: response.status, contentType: response.headers.get('content-type'), text });
    seen.add(`${operation} ${response.status}`);
    return { status: response.status, text, location: response.headers.get('location') };
  }

  const begin = async (base = url): Promise<Opened> =>
    JSON.parse((await ask('post', '/v3/directline/conversations', { json: {} }, base)).text);

  it('has every route that is mounted', () => {
    for (const { method, path } of server.routes.filter((route) => route.path !== PAGES)) {
      const address = path.replaceAll(/:\w+/g, 'x').replace('*', 'x');
      assert.ok(contract.operationOf(method, address), path);
    }
  });

  it('has no route that is not', async () => {
    const own = server.routes.filter(({ path }) => path !== PAGES);
    const fits = own.map(({ method, path }) => ({
      method,
      pattern: patternOf(path.replaceAll(/:\w+/g, '{x}').replace('*', '{link}')),
    }));
    for (const operation of contract.operations) {
      const [method, path = ''] = operation.split(' ');
      // A socket is no route: below, one is opened.
      if (path.endsWith('/stream')) continue;
      const address = path.replaceAll(/\{\w+\}/g, 'x');
      const known = fits.some((route) => route.method === method && route.pattern.test(address));
      const hashed = own.some((route) => patternOf(path).test(route.path));
      // What is left to the pages must be there.
      const served = known || hashed || (method === 'get' && (await pageThere(path)));
      assert.ok(served, `${operation} is not mounted`);
    }
  });

  async function pageThere(path: string): Promise<boolean> {
    const named = (await assets()).find((asset) => patternOf(path).test(asset));
    return (await fetch(url + (named ?? path.replace('{comune}', 'porcari')))).ok;
  }

  /** What a page downloads, under the digest of its content: nobody can guess these addresses. */
  async function assets(): Promise<string[]> {
    const page = (await ask('get', '/chat/porcari')).text + (await ask('get', '/?comune=porcari')).text;
    const { src } = JSON.parse((await ask('get', '/widget.json?comune=porcari&lang=it')).text) as { src: string };
    const named = [...page.matchAll(/\/assets\/[\w.-]+\.\w+/g)].map(([path]) => path);
    return [...new Set([...named, new URL(src).pathname])];
  }

  it('is sound: names each operation once, and every reference leads somewhere', () => {
    const text = JSON.stringify(contract.document);
    const names = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    assert.equal(new Set(names).size, contract.operations.length);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer
        .split('/')
        .reduce<unknown>((value, key) => Reflect.get(Object(value), key), contract.document);
      assert.ok(found !== undefined, pointer);
    }
    assert.match(String(contract.document['openapi']), /^3\.1\./);
  });

  it('tells what Direct Line answers', async () => {
    const base = '/v3/directline';
    const made = await ask('post', `${base}/tokens/generate`, { json: { channelData: { comune: 'porcari' } } });
    const { token, conversationId } = JSON.parse(made.text) as Opened;
    await ask('post', `${base}/tokens/generate`, { json: '[]' });
    await ask('post', `${base}/tokens/refresh`, { token });
    await ask('post', `${base}/tokens/refresh`, { token: 'none' });
    const at = `${base}/conversations/${conversationId}`;
    await ask('get', at, { token });
    await ask('post', `${base}/conversations`, { token, json: {} });
    await ask('post', `${base}/conversations`, { json: '[]' });
    await ask('post', `${base}/conversations`, { json: { carry: 'of no talk' } });
    await ask('post', `${base}/conversations`, { token: 'none', json: {} });
    await ask('get', `${at}?watermark=1`, { token });
    const story = { type: 'message', text: 'Non riesco a pagare la bolletta. Abito a Porcari.' };
    for (const json of [story, { type: 'typing' }, {}]) await ask('post', `${at}/activities`, { token, json });
    await ask('post', `${at}/activities`, { token, json: { type: 'message', text: 'x'.repeat(2_000_000) } });
    await ask('post', `${at}/upload`, { token, headers: { 'content-type': 'multipart/form-data; boundary=x' } });
    await ask('get', `${at}/activities`, { token });
    for (const path of ['', '/activities']) await ask('get', at + path, { token: 'none' });
    for (const path of ['/activities', '/upload']) await ask('post', at + path, { token: 'none', json: story });
    const opened = JSON.parse((await ask('get', at, { token })).text) as Opened;
    const socket = new WebSocket(opened.streamUrl.replace(/^wss?:\/\/[^/]+/, url.replace('http', 'ws')));
    const [frame] = await once(socket, 'message');
    contract.judge(`get ${base}/conversations/{id}/activities`, {
      status: 200,
      contentType: 'application/json',
      text: String(frame),
    });
    socket.close();
    await once(socket, 'close');
  });

  it('tells what a whole request hears, card and code included', async () => {
    const talk = new HttpTalk(url);
    await talk.open({ channelData: { comune: 'porcari' } });
    await walk(talk);
    await eventually(async () => /\/posta\/[\w.@-]+/.test((await ask('get', '/posta')).text), 'no mail');
    const [, id = ''] = /\/posta\/([\w.@-]+)/.exec((await ask('get', '/posta')).text) ?? [];
    await ask('get', `/posta/${id}`);
    await ask('get', `/posta/${id.replace(/\.eml$/, '')}.eml`);
    await ask('get', '/posta/none');
    const mail = (await ask('get', `/posta/${id}`)).text;
    const [, link = ''] = /https:\/\/bussola\.example(\/s\/c\/[\w.-]+)/.exec(mail) ?? [];
    assert.notEqual(link, '');
    await ask('get', link);
    assert.equal((await ask('post', link, { form: { do: 'take' } })).status, 409);
  });

  it('tells what the channels get', async () => {
    const connector = await startConnector(url);
    try {
      const bare = { channelId: 'emulator', serviceUrl: 'http://127.0.0.1:9/', type: 'message', text: 'ciao' };
      const who = { conversation: { id: 'c' }, from: { id: 'u' }, recipient: { id: 'b' } };
      await ask('post', '/api/messages', { json: { ...bare, ...who, deliveryMode: 'expectReplies' } });
      await ask('post', '/api/messages', { json: { ...bare, ...who, type: 'typing' } });
      await ask('post', '/api/messages', { json: { ...bare, ...who, type: 'invoke' } });
      await ask('post', '/api/messages', { json: {} });
      await ask('post', '/api/messages', { json: { text: 'x'.repeat(2_000_000) } });
      await ask('post', '/api/messages', { json: bare, headers: { 'x-forwarded-for': '192.0.2.7' } });
    } finally {
      await connector.stop();
    }
    const guarded = await startWeb(
      {},
      { MicrosoftAppId: '00000000-0000-0000-0000-000000000000', MicrosoftAppPassword: 'x' },
    );
    try {
      const activity = { type: 'message', channelId: 'msteams', serviceUrl: 'https://smba.example/' };
      const who = { conversation: { id: 'c' }, from: { id: 'u' }, recipient: { id: 'b' } };
      await ask('post', '/api/messages', { json: { ...activity, ...who } }, guarded.url);
    } finally {
      await guarded.stop();
    }
    const secret = { 'x-telegram-bot-api-secret-token': SECRET };
    await ask('post', '/telegram/webhook', { json: { update_id: 1 }, headers: secret });
    await ask('post', '/telegram/webhook', { json: { update_id: 1 } });
    const refused: number[] = [];
    for (const json of [{}, [], 'no JSON', { update_id: 2, text: 'x'.repeat(2_000_000) }])
      refused.push((await ask('post', '/telegram/webhook', { json, headers: secret })).status);
    assert.deepEqual(refused, [400, 400, 400, 413]);
  });

  it('tells what people and probes get', async () => {
    for (const path of [
      '/',
      '/?comune=porcari',
      '/chat',
      '/chat/porcari',
      '/chat/none',
      '/testo',
      '/testo/porcari',
      '/widget.js',
    ])
      await ask('get', path);
    for (const path of [
      '/widget.json',
      '/testo/none',
      '/carta',
      '/carta/none',
      '/manifesto/porcari',
      '/manifesto/none',
    ])
      await ask('get', path);
    for (const path of [
      '/agenda/none',
      '/s',
      '/s/k',
      '/s/c/none',
      '/s/d/none',
      '/s/f/none',
      '/s/k/none',
      '/assets/none',
      '/assets/words.xx.none.json',
      '/widget.none.js',
    ])
      await ask('get', path);
    for (const path of ['/testo/porcari', '/carta', '/s', '/s/k', '/s/c/none', '/s/d/none', '/s/f/none', '/s/k/none'])
      await ask('post', path, { form: { nothing: 'here' } });
    for (const path of await assets()) await ask('get', path);
    for (const { path } of server.routes.filter((route) => route.path.endsWith('.css'))) await ask('get', path);
    for (const path of ['/livez', '/readyz', '/metrics']) await ask('get', path);
    const far = { headers: { 'x-forwarded-for': '192.0.2.7' } };
    for (const path of ['/metrics', '/posta', '/posta/x']) await ask('get', path, far);
  });

  it('tells what is said in trouble', async () => {
    const messages = createLimiter({ burst: 2, perSecond: 0.001 });
    const web = await startWeb({ limits: { ...createLimits(), messages } });
    try {
      const { token, conversationId } = await begin(web.url);
      const path = `/v3/directline/conversations/${conversationId}/activities`;
      const heard: number[] = [];
      for (const text of ['errore', 'guasto', 'ancora'])
        heard.push((await ask('post', path, { token, json: { type: 'message', text } }, web.url)).status);
      assert.deepEqual(heard, [500, 503, 429]);
      await web.store.close();
      await ask('get', '/readyz', {}, web.url);
    } finally {
      await web.stop();
    }
  });

  after(() => {
    const missing = contract.operations
      .filter((operation) => !operation.endsWith('/stream'))
      .flatMap((operation) => {
        const heard = [...seen].filter((one) => one.startsWith(`${operation} `));
        const html = /^\w+ \/($|\?|chat|testo|carta|manifesto|agenda|paper|assets|widget|s($|\/)|posta)/.test(
          operation,
        );
        const due = contract.statuses(operation).filter((status) => !SHARED.includes(status));
        // Of pages at least one; of what programs call, each.
        if (html) return heard.length > 0 ? [] : [operation];
        return due.filter((status) => !seen.has(`${operation} ${status}`)).map((status) => `${operation} ${status}`);
      });
    assert.deepEqual(missing, [], 'documented and never seen');
    for (const status of SHARED)
      assert.ok(
        [...seen].some((one) => one.endsWith(` ${status}`)),
        status,
      );
  });
});
