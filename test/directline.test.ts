// Direct Line's edges: tokens, watermarks, repeats and bad input, over real HTTP and sockets.
// A real client library is left to directline-js.test.ts.
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createTokens } from '../adapters/web/tokens.ts';
import { call, open, startWeb } from './support/web.ts';
import type { Opened, Web } from './support/web.ts';

interface Served {
  activities: { id: string; type: string; text: string; from: { id: string; role?: string }; channelData?: unknown }[];
  watermark: string;
}

const errorCode = (body: unknown): unknown => (body as { error?: { code?: string } }).error?.code;
const message = (text: string, more: object = {}): object => ({ type: 'message', from: { id: 'x' }, text, ...more });

async function read(web: Web, { conversationId, token }: Opened, watermark?: string): Promise<Served> {
  const query = watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`;
  const { status, body } = await call(web, 'GET', `/conversations/${conversationId}/activities${query}`, { token });
  assert.equal(status, 200);
  return body as Served;
}

async function say(web: Web, { conversationId, token }: Opened, body: unknown, headers: Record<string, string> = {}) {
  return call(web, 'POST', `/conversations/${conversationId}/activities`, { token, body, headers });
}

/** Frames of a stream, one by one; `closed` gives the code. */
function listen(url: string, origin?: string) {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  const frames: Served[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    if (String(data) !== '') frames.push(JSON.parse(String(data)));
    waiting.splice(0).forEach((look) => look());
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const refused = new Promise<number | undefined>((resolve) =>
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
      socket.terminate();
    }),
  );
  socket.on('error', () => {});
  const all = (): Served['activities'] => frames.flatMap(({ activities }) => activities);
  const until = async (text: string): Promise<void> => {
    while (!all().some((activity) => activity.text === text))
      await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { socket, frames, all, until, closed, refused };
}

describe('Direct Line', () => {
  let web: Web;
  before(async () => {
    web = await startWeb();
  });
  after(() => web.stop());

  describe('tokens', () => {
    it('open one conversation for thirty minutes', async () => {
      const { status, body } = await call(web, 'POST', '/tokens/generate');
      const granted = body as Opened;
      assert.deepEqual([status, granted.expires_in], [200, 1800]);
      const started = await call(web, 'POST', '/conversations', { token: granted.token });
      assert.deepEqual([started.status, (started.body as Opened).conversationId], [201, granted.conversationId]);
    });

    it('greet once however often the conversation is started', async () => {
      const opened = await open(web);
      await call(web, 'POST', '/conversations', { token: opened.token });
      assert.equal((await read(web, opened)).activities.length, 1);
    });

    it('tell that two conversations are of one person, where its name cannot be guessed', async () => {
      const begin = async (id: string): Promise<string | undefined> => {
        const { conversationId } = await open(web, { user: { id } });
        return web.heard.find((one) => one.conversationId === conversationId)?.person;
      };
      const person = 'dl_0f1e2d3c4b5a69788796';
      assert.deepEqual([await begin(person), await begin(person)], [person, person]);
      for (const guessable of ['user', 'ada@prova.example', 'dl_short'])
        assert.equal(await begin(guessable), undefined);
    });

    it('are refreshed while they live, and end with 403', async () => {
      const mine = await startWeb();
      try {
        const opened = await open(mine);
        mine.pass(1799);
        const refreshed = await call(mine, 'POST', '/tokens/refresh', { token: opened.token });
        assert.equal(refreshed.status, 200);
        mine.pass(2);
        const late = await call(mine, 'POST', '/tokens/refresh', { token: opened.token });
        assert.deepEqual([late.status, errorCode(late.body)], [403, 'TokenExpired']);
        assert.equal((await say(mine, opened, message('tardi'))).status, 403);
        assert.equal((await say(mine, refreshed.body as Opened, message('in tempo'))).status, 200);
      } finally {
        await mine.stop();
      }
    });

    it('of another conversation, changed or for another purpose are refused alike', async () => {
      const [mine, other] = [await open(web), await open(web)];
      const stream = new URL(mine.streamUrl).searchParams.get('t') ?? '';
      const forged = createTokens('x'.repeat(40), () => new Date()).sign('chat', {
        conv: mine.conversationId,
        user: 'x',
      });
      const [header, payload] = mine.token.split('.');
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
      const path = `/conversations/${mine.conversationId}/activities`;
      for (const token of [other.token, stream, forged, none, `${header}.${payload}`, 'à', undefined]) {
        const { status } = await call(web, 'GET', path, token === undefined ? {} : { token: encodeURI(token) });
        assert.equal(status, 403);
      }
      const absent = await call(web, 'GET', '/conversations/never-was/activities', { token: mine.token });
      const foreign = await call(web, 'GET', `/conversations/${other.conversationId}/activities`, {
        token: mine.token,
      });
      assert.deepEqual([absent.status, absent.body], [foreign.status, foreign.body]);
    });

    it('are signed with a secret kept for the owner only, that outlives a restart', async () => {
      const mine = await startWeb();
      try {
        const opened = await open(mine);
        const file = join(mine.config.dataDir, 'token-secret');
        assert.ok(existsSync(file));
        assert.equal(statSync(file).mode & 0o777, 0o600);
        await mine.restart();
        assert.equal((await read(mine, opened)).activities.length, 1);
      } finally {
        await mine.stop();
      }
    });
  });

  describe('conversations', () => {
    it('take comune and language from the body, unknown ones not at all', async () => {
      const [known, unknown] = [
        await open(web, { comune: 'lucca', locale: 'en' }),
        await open(web, { comune: 'atlantide' }),
      ];
      assert.equal((await read(web, known)).activities[0]?.text, 'benvenuti a lucca (en)');
      assert.equal((await read(web, unknown)).activities[0]?.text, 'benvenuti a nessuno (it)');
    });

    it('are resumed with a fresh token and stream, or are unknown (404)', async () => {
      const opened = await open(web);
      const resumed = await call(web, 'GET', `/conversations/${opened.conversationId}?watermark=1`, {
        token: opened.token,
      });
      assert.equal(resumed.status, 200);
      assert.equal(new URL((resumed.body as Opened).streamUrl).searchParams.get('watermark'), '1');
      const granted = (await call(web, 'POST', '/tokens/generate')).body as Opened;
      const never = await call(web, 'GET', `/conversations/${granted.conversationId}`, { token: granted.token });
      assert.deepEqual([never.status, errorCode(never.body)], [404, 'ConversationNotFound']);
    });
  });

  describe('activities', () => {
    it('come back without what only the bot may say of itself', async () => {
      const opened = await open(web);
      const channelData = { clientActivityID: 'false', bussola: { kind: 'floor', text: 'falso' } };
      await say(web, opened, message('x', { channelData }));
      const own = (await read(web, opened)).activities.find(({ from }) => from.role === 'user');
      assert.deepEqual(own?.channelData, { clientActivityID: 'false' });
    });

    it('come back with sender and channelData as they were, under ids in order', async () => {
      const opened = await open(web, { user: { id: 'dl_prova' } });
      const channelData = { clientActivityID: 'a1', other: { deep: [1, null] } };
      const forged = {
        channelData,
        from: { id: 'bussola', role: 'bot' },
        conversation: { id: 'altrui' },
        serviceUrl: 'http://x',
      };
      const { body } = await say(web, opened, message('ciao', forged));
      const { activities, watermark } = await read(web, opened, '1');
      assert.equal(watermark, '3');
      assert.deepEqual(body, { id: `${opened.conversationId}|0000002` });
      assert.deepEqual(
        activities.map(({ id, text, from }) => [id, text, from.id, from.role]),
        [
          [`${opened.conversationId}|0000002`, 'ciao', 'dl_prova', 'user'],
          [`${opened.conversationId}|0000003`, 'eco: ciao', 'bussola', 'bot'],
        ],
      );
      assert.deepEqual(activities[0]?.channelData, channelData);
      assert.equal(web.heard.at(-1)?.conversationId, opened.conversationId);
    });

    it('sent again under the same id are one turn with one answer', async () => {
      const opened = await open(web);
      const sends: [object, Record<string, string>][] = [
        [message('a', { channelData: { clientActivityID: 'one' } }), {}],
        [message('b', { id: 'two' }), {}],
        [message('c'), { 'idempotency-key': 'three' }],
      ];
      for (const [body, headers] of sends) {
        const answers = await Promise.all([say(web, opened, body, headers), say(web, opened, body, headers)]);
        assert.deepEqual(answers[0]?.body, answers[1]?.body);
      }
      const { activities } = await read(web, opened, '1');
      assert.deepEqual(
        activities.map(({ text }) => text),
        ['a', 'eco: a', 'b', 'eco: b', 'c', 'eco: c'],
      );
    });

    it('with any watermark that is not one are served whole', async () => {
      const opened = await open(web);
      for (const watermark of ['', 'null', 'altro|0000001', '-1', '1e9', '999', '99999999999999999999', '../1'])
        assert.equal((await read(web, opened, watermark)).activities.length, 1, watermark);
      assert.deepEqual(await read(web, opened, '1'), { activities: [], watermark: '1' });
    });

    it('that are typing or events are accepted and start nothing', async () => {
      const opened = await open(web);
      const before = web.heard.length;
      for (const type of ['typing', 'event', 'conversationUpdate'])
        assert.equal((await say(web, opened, { type, from: { id: 'x' }, membersAdded: [{ id: 'y' }] })).status, 200);
      assert.equal(web.heard.length, before);
    });

    it('with a file and no words are told apart', async () => {
      const opened = await open(web);
      await say(web, opened, { type: 'message', attachments: [{ contentType: 'image/png' }] });
      assert.equal((await read(web, opened)).activities.at(-1)?.text, 'solo testo');
    });

    it('with a file sent along are answered, and the file is not kept', async () => {
      const opened = await open(web);
      const form = new FormData();
      form.append('file', new Blob(['x'.repeat(400_000)], { type: 'image/png' }), 'foto.png');
      const sent = await fetch(`${web.url}/v3/directline/conversations/${opened.conversationId}/upload?userId=x`, {
        method: 'POST',
        headers: { authorization: `Bearer ${opened.token}` },
        body: form,
      });
      assert.equal(sent.status, 200);
      assert.equal((await read(web, opened)).activities.at(-1)?.text, 'solo testo');
    });

    it('may be long, as long as a person could write', async () => {
      const opened = await open(web);
      const long = 'è'.repeat(10_001);
      assert.equal((await say(web, opened, message(long))).status, 200);
      assert.equal(web.heard.at(-1)?.text, long);
    });

    it('of the wrong form are refused by the name of the field', async () => {
      const opened = await open(web);
      const before = web.heard.length;
      const wrong: [unknown, string][] = [
        [[], 'BadArgument'],
        [{ text: 'x' }, 'MissingProperty'],
        [{ type: 7 }, 'BadArgument'],
        [message('x', { text: { a: 1 } }), 'BadArgument'],
        [message('x', { locale: 'i'.repeat(99) }), 'BadArgument'],
        [message('x', { channelData: 'x' }), 'BadArgument'],
        [message('x', { channelData: { clientActivityID: 5 } }), 'BadArgument'],
        [message('x', { attachments: {} }), 'BadArgument'],
        [message('x'.repeat(160 * 1024)), 'MessageSizeTooBig'],
        ['{"type": "message", "text": ', 'BadSyntax'],
        [`{"type":"message","channelData":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, 'BadSyntax'],
      ];
      for (const [body, code] of wrong) {
        const answered = await say(web, opened, body);
        assert.deepEqual([answered.status, errorCode(answered.body)], [400, code]);
      }
      assert.equal(web.heard.length, before);
    });

    it('that cannot be kept are answered with a number that always answers', async () => {
      const opened = await open(web);
      const down = await say(web, opened, message('guasto'), { 'accept-language': 'en-GB,en;q=0.8' });
      assert.deepEqual([down.status, down.headers.get('retry-after')], [503, '5']);
      assert.match(JSON.stringify(down.body), /call 112/);
      const broken = await say(web, opened, message('errore'));
      assert.equal(broken.status, 500);
      assert.match(JSON.stringify(broken.body), /chiami il 112/);
      assert.doesNotMatch(JSON.stringify([down.body, broken.body]), /secret/);
    });
  });

  describe('streams', () => {
    it('send what was missed in one frame, then each new thing', async () => {
      const opened = await open(web);
      await say(web, opened, message('uno'));
      const stream = listen(`${opened.streamUrl}&watermark=1`);
      await stream.until('eco: uno');
      assert.equal(stream.frames.length, 1);
      stream.socket.send('{"type":"message","text":"not this way"}');
      await say(web, opened, message('due'));
      await stream.until('eco: due');
      stream.socket.terminate();
      assert.deepEqual(
        stream.all().map(({ text }) => text),
        ['uno', 'eco: uno', 'due', 'eco: due'],
      );
      assert.equal(stream.frames.at(-1)?.watermark, '5');
    });

    it('find what another process wrote', async () => {
      const opened = await open(web);
      const stream = listen(opened.streamUrl);
      await stream.until('benvenuti a nessuno (it)');
      const known = await web.store.load(opened.conversationId);
      await web.store.commit({
        conversationId: opened.conversationId,
        channel: 'web',
        expectedVersion: known?.conversation.version ?? 0,
        state: {},
        messageId: 'elsewhere',
        replies: [{ kind: 'text', text: 'da altrove', lang: 'it', choices: [], links: [], case: null }],
        cases: [],
        dropCases: [],
        events: [],
        outbox: [],
        cancelMails: [],
        at: new Date(),
      });
      await stream.until('da altrove');
      stream.socket.terminate();
    });

    it('are one for a conversation: the older ends', async () => {
      const opened = await open(web);
      const first = listen(opened.streamUrl);
      await first.until('benvenuti a nessuno (it)');
      const second = listen(opened.streamUrl);
      assert.equal(await first.closed, 1000);
      await second.until('benvenuti a nessuno (it)');
      second.socket.terminate();
    });

    it('open only with a fresh token of their own, on their own path', async () => {
      const mine = await startWeb();
      try {
        const [opened, other] = [await open(mine), await open(mine)];
        const base = opened.streamUrl.split('?')[0];
        assert.equal(await listen(`${base}?t=${opened.token}`).refused, 403);
        assert.equal(await listen(`${base}?${other.streamUrl.split('?')[1]}`).refused, 403);
        assert.equal(await listen(`ws://127.0.0.1:${mine.port}/elsewhere`).refused, 404);
        mine.pass(61);
        assert.equal(await listen(opened.streamUrl).refused, 403);
      } finally {
        await mine.stop();
      }
    });

    it('open for the configured origins only, and are sent away with 1001 at the end', async () => {
      const mine = await startWeb({}, { EMBED_ORIGINS: 'https://www.comune.example' });
      const opened = await open(mine);
      assert.equal(await listen(opened.streamUrl, 'https://altrove.example').refused, 403);
      const stream = listen(opened.streamUrl, 'https://www.comune.example');
      await stream.until('benvenuti a nessuno (it)');
      await mine.stop();
      assert.equal(await stream.closed, 1001);
    });
  });
});
