// The HTTP server around the chat: limits, headers, probes, pages, mails, and a calm end.
// Direct Line is left to its own tests.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createLimiter } from '../adapters/web/limits.ts';
import { call, open, startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

const OUTSIDE = { 'x-forwarded-for': '192.0.2.7' };

describe('web server', () => {
  let web: Web;
  before(async () => {
    web = await startWeb({
      mails: {
        list: async () => '<p>tre lettere</p>',
        show: async (id) => (id === 'a1' ? '<p>una</p>' : undefined),
        raw: async (id) => (id === 'a1' ? Buffer.from('To: una') : undefined),
      },
      telegram: async (headers, body) =>
        headers['x-secret'] === 'yes' && JSON.stringify(body) === '{"update_id":1}' ? 200 : 401,
    });
  });
  after(() => web.stop());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(web.url + path, { headers });

  it('refuses ten megabytes (413), other types (415), packed bodies (415)', async () => {
    const { token, conversationId } = await open(web);
    const path = `/conversations/${conversationId}/activities`;
    const large = await call(web, 'POST', path, {
      token,
      body: { type: 'message', text: 'x'.repeat(10 * 1024 * 1024) },
    });
    assert.equal(large.status, 413);
    const form = await call(web, 'POST', path, { token, body: 'a=b', headers: { 'content-type': 'text/plain' } });
    assert.equal(form.status, 415);
    const packed = await call(web, 'POST', path, { token, body: '{}', headers: { 'content-encoding': 'gzip' } });
    assert.equal(packed.status, 415);
  });

  it('says nothing of itself where there is nothing', async () => {
    const missing = await fetch(`${web.url}/v3/directline/nothing`, { method: 'POST' });
    assert.equal(missing.status, 405);
    assert.equal((await get('/nessuna/pagina')).status, 404);
    assert.equal((await get('/%ff')).status, 404);
    assert.equal(missing.headers.get('x-powered-by'), null);
  });

  it('leaves other HTTP servers of the process as they were', async () => {
    const other = createServer((_request, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 204);
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });

  it('guards its pages and its API with headers', async () => {
    const page = await get('/');
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match(policy, /frame-ancestors \*/);
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(page.headers.get('cross-origin-opener-policy'), 'same-origin');
    const api = await call(web, 'POST', '/tokens/generate');
    assert.equal(api.headers.get('cache-control'), 'no-store');
    for (const headers of [page.headers, api.headers]) assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('lets any origin call Direct Line, or only the configured ones', async () => {
    const preflight = (at: Web, origin: string) =>
      fetch(`${at.url}/v3/directline/conversations`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-ms-bot-agent',
        },
      });
    const any = await preflight(web, 'https://altrove.example');
    assert.equal(any.status, 204);
    assert.equal(any.headers.get('access-control-allow-origin'), '*');
    for (const name of ['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with'])
      assert.ok(any.headers.get('access-control-allow-headers')?.toLowerCase().includes(name));
    const strict = await startWeb({}, { EMBED_ORIGINS: 'https://www.comune.example' });
    try {
      const ours = await preflight(strict, 'https://www.comune.example');
      assert.equal(ours.headers.get('access-control-allow-origin'), 'https://www.comune.example');
      const other = await preflight(strict, 'https://altrove.example');
      assert.equal(other.headers.get('access-control-allow-origin'), null);
      const page = await fetch(strict.url);
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /frame-ancestors 'self' https:\/\/www\.comune\.example$/,
      );
    } finally {
      await strict.stop();
    }
  });

  it('sends pages packed beforehand, and not again when they are known', async () => {
    const packed = await fetch(web.url, { headers: { 'accept-encoding': 'gzip;q=0, identity' } });
    assert.equal(await packed.text(), '<p>piazza</p>');
    assert.equal(packed.headers.get('vary'), 'Accept-Encoding');
    const raw = await rawGet(web, 'Accept-Encoding: gzip, br');
    assert.match(raw, /content-encoding: br[^]*squeezed$/i);
    const known = await fetch(web.url, { headers: { 'if-none-match': '"one"' } });
    assert.equal(known.status, 304);
    assert.equal((await fetch(web.url, { method: 'HEAD' })).status, 200);
  });

  it('answers the probes, with numbers and without people', async () => {
    const opened = await open(web);
    await call(web, 'POST', `/conversations/${opened.conversationId}/activities`, {
      token: opened.token,
      body: { type: 'message', text: 'Fiammetta Segreta' },
    });
    assert.equal((await get('/livez')).status, 200);
    const ready = await get('/readyz');
    assert.deepEqual(
      [ready.status, await ready.json()],
      [200, { status: 'ready', store: 'ok', outbox: { pending: 0, dead: 0, oldestSeconds: 0 } }],
    );
    const metrics = await (await get('/metrics')).text();
    assert.match(metrics, /bussola_turns_total\{channel="web",outcome="ok"\} [1-9]/);
    assert.match(metrics, /bussola_outbox_dead 0/);
    assert.match(metrics, /bussola_streams_open 0/);
    assert.ok(!metrics.includes('Fiammetta') && !metrics.includes(opened.conversationId));
    assert.equal((await get('/metrics', OUTSIDE)).status, 403);
  });

  it('is not ready where the store cannot be written', async () => {
    const broken = await startWeb();
    try {
      await broken.store.close();
      const ready = await fetch(`${broken.url}/readyz`);
      assert.equal(ready.status, 503);
      assert.equal((await fetch(`${broken.url}/livez`)).status, 200);
    } finally {
      await broken.stop();
    }
  });

  it('shows the mails to this machine only', async () => {
    assert.equal(await (await get('/posta')).text(), '<p>tre lettere</p>');
    assert.equal(await (await get('/posta/a1')).text(), '<p>una</p>');
    assert.equal(await (await get('/posta/a1.eml')).text(), 'To: una');
    for (const none of ['b2', 'b2.eml', '.eml']) assert.equal((await get(`/posta/${none}`)).status, 404);
    assert.equal((await get('/posta/..%2fsecret')).status, 404);
    assert.equal((await get('/posta', OUTSIDE)).status, 403);
    assert.match(await rawGet(web, '', 'evil.example', '/posta'), /^HTTP\/1\.1 403/);
  });

  it('hands Telegram its messages', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${web.url}/telegram/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"update_id":1}',
      });
    assert.equal((await post({ 'x-secret': 'yes' })).status, 200);
    assert.equal((await post({})).status, 401);
  });

  it('slows down who asks too much, and words of danger only beyond what a person can write', async () => {
    const scarce = () => createLimiter({ burst: 3, perSecond: 0.001 });
    const limits = {
      requests: scarce(),
      conversations: scarce(),
      messages: createLimiter({ burst: 1, perSecond: 0.001 }),
      cries: createLimiter({ burst: 5, perSecond: 0.001 }),
    };
    const slow = await startWeb({ limits, urgent: (text) => text === 'aiuto' });
    try {
      const start = () => call(slow, 'POST', '/conversations', { headers: OUTSIDE });
      const { token, conversationId } = (await start()).body as { token: string; conversationId: string };
      const say = (text: string) =>
        call(slow, 'POST', `/conversations/${conversationId}/activities`, {
          token,
          headers: OUTSIDE,
          body: { type: 'message', text },
        });
      assert.equal((await say('uno')).status, 200);
      const refused = await say('due');
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get('retry-after')) >= 1);
      assert.match(JSON.stringify(refused.body), /112/);
      for (let times = 0; times < 5; times += 1) assert.equal((await say('aiuto')).status, 200);
      const beyond = await say('aiuto');
      assert.equal(beyond.status, 429);
      assert.match(JSON.stringify(beyond.body), /112/);
      assert.equal((await start()).status, 429);
    } finally {
      await slow.stop();
    }
  });

  it('lets a turn finish when it is told to end', async () => {
    const gate = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const ending = await startWeb({
      turn: async () => {
        entered.resolve();
        await gate.promise;
        return [];
      },
    });
    const answered = call(ending, 'POST', '/conversations');
    await entered.promise;
    const stopped = ending.stop();
    gate.resolve();
    assert.equal((await answered).status, 201);
    await stopped;
    await assert.rejects(fetch(`${ending.url}/livez`));
  });
});

/** One request as written by hand: fetch chooses `Host` and the encodings it unpacks by itself. */
function rawGet(web: Web, header: string, host = `127.0.0.1:${web.port}`, path = '/'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(web.port, '127.0.0.1');
    let got = '';
    socket.on('data', (data) => (got += data.toString()));
    socket.on('end', () => resolve(got)).on('error', reject);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${header === '' ? '' : `${header}\r\n`}\r\n`,
    );
  });
}
