// `/api/messages` as the Emulator uses it: a connector double on this machine receives the replies over real HTTP.
// Authentication against Microsoft's own servers is left to the SDK.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { startWeb } from './support/web.ts';
import type { Web } from './support/web.ts';

interface Connector {
  url: string;
  got: { path: string; text: string }[];
  server: Server;
}

async function startConnector(): Promise<Connector> {
  const got: Connector['got'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    got.push({ path: request.url ?? '', text: JSON.parse(body).text });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"r1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, got, server };
}

describe('/api/messages', () => {
  let web: Web;
  let connector: Connector;
  before(async () => {
    connector = await startConnector();
    web = await startWeb();
  });
  after(async () => {
    await web.stop();
    connector.server.closeAllConnections();
    await new Promise((resolve) => connector.server.close(resolve));
  });

  const activity = (more: object = {}): object => ({
    type: 'message',
    id: 'm1',
    channelId: 'emulator',
    serviceUrl: connector.url,
    conversation: { id: 'c1' },
    from: { id: 'u1' },
    recipient: { id: 'bot' },
    text: 'ciao',
    ...more,
  });
  const post = (at: Web, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${at.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('answers through the connector, in a conversation of its own', async () => {
    assert.equal((await post(web, activity())).status, 200);
    assert.deepEqual(connector.got, [{ path: '/v3/conversations/c1/activities/m1', text: 'eco: ciao' }]);
    assert.deepEqual([web.heard.at(-1)?.conversationId, web.heard.at(-1)?.channel], ['bf:c1', 'botframework']);
    assert.equal((await web.store.activities('bf:c1', 0)).length, 2);
  });

  it('without credentials serves this machine only, and answers to this machine only', async () => {
    const before = web.heard.length;
    assert.equal((await post(web, activity(), { 'x-forwarded-for': '192.0.2.7' })).status, 403);
    for (const serviceUrl of [
      'http://192.0.2.7/',
      'https://127.0.0.1.evil.example/',
      'file:///etc/passwd',
      'x',
      'http://169.254.169.254/',
    ])
      assert.equal((await post(web, activity({ serviceUrl }))).status, 403, serviceUrl);
    assert.equal(web.heard.length, before);
  });

  it('refuses what is no activity, and hides what went wrong', async () => {
    for (const body of [
      '{',
      '[]',
      '{}',
      activity({ conversation: null }),
      activity({ from: 'x' }),
      activity({ type: 1 }),
    ])
      assert.equal((await post(web, body)).status, 400);
    const broken = await post(web, activity({ id: 'm2', text: 'errore' }));
    assert.equal(broken.status, 500);
    assert.doesNotMatch(await broken.text(), /secret/);
    assert.equal((await post(web, activity({ id: 'm3', text: 'guasto' }))).status, 503);
  });

  it('with credentials asks for a token', async () => {
    const guarded = await startWeb(
      {},
      {
        MicrosoftAppId: '00000000-0000-0000-0000-000000000000',
        MicrosoftAppPassword: 'not-a-real-one',
      },
    );
    try {
      const refused = await post(guarded, activity());
      assert.equal(refused.status, 401);
      assert.equal(guarded.heard.length, 0);
    } finally {
      await guarded.stop();
    }
  });
});
