// Our own socket against the real server and store: a message on it is a POST in all but the road.
// Cuts in the middle are left to wire-cuts.test.ts, the browser's side to wire-widget.test.ts.
import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import { silentLog } from '../bot/log.ts';
import type { LogFields } from '../bot/log.ts';
import { call, open, startWeb } from './support/web.ts';
import type { Opened, Web } from './support/web.ts';
import { openTerse } from './support/terse-client.ts';

const GREETING = 'benvenuti a nessuno (it)';
const code = (body: unknown): string | undefined => (body as { error?: { code?: string } }).error?.code;

/** The same message by POST: what a refusal must look like. */
async function post(web: Web, { conversationId, token }: Opened, body: object, other = token) {
  const answered = await call(web, 'POST', `/conversations/${conversationId}/activities`, {
    token: other,
    body: { type: 'message', from: { id: 'x' }, ...body },
  });
  return { status: answered.status, code: code(answered.body), wait: Number(answered.headers.get('retry-after')) };
}

describe('the terse socket', () => {
  let web: Web;
  before(async () => {
    web = await startWeb();
  });
  after(() => web.stop());

  it('tells the log, takes messages, and answers each when it is committed', async () => {
    const opened = await open(web, { comune: 'lucca' });
    const line = await openTerse(opened);
    assert.equal(line.socket.protocol, 'bussola.1');
    await line.until('benvenuti a lucca (it)');
    assert.deepEqual(await line.say('one', 'ciao', { choice: 'area.housing' }), { n: 0 });
    const stored = await web.store.activities(opened.conversationId, 1);
    assert.deepEqual(
      stored.map((one) => (one.from === 'user' ? [one.messageId, one.text] : one.reply.text)),
      [['one', 'ciao'], 'eco: ciao'],
    );
    await line.until('eco: ciao');
    const { choice, language, comune, payload } = web.heard.at(-1) ?? assert.fail('nothing heard');
    assert.deepEqual([choice, language, comune], ['area.housing', 'it', 'lucca']);
    assert.deepEqual(payload, { clientActivityID: 'one', choice: 'area.housing', comune: 'lucca' });
    // Its own words do not come back to it; what was said is told once, by number.
    assert.doesNotMatch(JSON.stringify(line.frames.slice(1)), /"ciao"/);
    assert.deepEqual(line.texts(), ['benvenuti a lucca (it)', 'ciao', 'eco: ciao']);
    line.socket.terminate();
  });

  it('says whole what others read: the reply as it is stored, choices and all', async () => {
    const opened = await open(web);
    const line = await openTerse(opened);
    await line.until(GREETING);
    const [stored] = await web.store.activities(opened.conversationId, 0);
    assert.ok(stored?.from === 'bot');
    const { kind, links, case: none, ...rest } = stored.reply;
    assert.deepEqual([kind, links, none], ['text', [], null]);
    const at = Math.floor(stored.at.getTime() / 1000);
    assert.deepEqual(line.frames, [{ watermark: '1', log: [[1, at, rest]] }]);
    line.socket.terminate();
  });

  it('takes the same id once, by whatever road it comes', async () => {
    const opened = await open(web);
    const line = await openTerse(opened);
    const both = await Promise.all([line.say('same', 'una volta'), line.say('same', 'una volta')]);
    const posted = await post(web, opened, { text: 'una volta', channelData: { clientActivityID: 'same' } });
    assert.deepEqual([both, posted.status], [[{ n: 0 }, { n: 1 }], 200]);
    await line.say('other', 'poi');
    await line.until('eco: poi');
    assert.deepEqual(line.texts(), [GREETING, 'una volta', 'eco: una volta', 'poi', 'eco: poi']);
    line.socket.terminate();
  });

  it('ends at a fault of ours, which is logged without what was said', async () => {
    const logged: string[] = [];
    const log = {
      ...silentLog,
      error: (message: string, fields?: LogFields): void => void logged.push(`${message} ${JSON.stringify(fields)}`),
    };
    const mine = await startWeb({
      log,
      urgent: () => {
        throw new Error('broken');
      },
    });
    try {
      const line = await openTerse(await open(mine));
      await line.until(GREETING);
      void line.say('one', 'le mie parole');
      assert.equal(await line.closed, 1011);
      assert.deepEqual(logged, ['socket message failed {"channel":"web","error":"broken"}']);
    } finally {
      await mine.stop();
    }
  });

  describe('refuses as a POST does', () => {
    it('what is wrong or too large, and goes on', async () => {
      const opened = await open(web);
      const line = await openTerse(opened);
      const before = web.heard.length;
      for (const body of [{ text: { a: 1 } }, { text: 'x', locale: 'i'.repeat(99) }]) {
        const { status, code: why } = await post(web, opened, body);
        assert.deepEqual([status, why], [400, 'BadArgument']);
        const answered = await line.say('wrong', body.text, body);
        assert.deepEqual([answered?.status, answered?.code], [status, why]);
      }
      assert.equal(web.heard.length, before);
      assert.equal((await line.say('right', 'bene'))?.status, undefined);
      void line.say('long', 'x'.repeat(70 * 1024));
      assert.equal(await line.closed, 1009);
    });

    it('a message without a token, with that of the address, of others, or one that has expired', async () => {
      const mine = await startWeb();
      try {
        const [opened, other] = [await open(mine), await open(mine)];
        const stream = new URL(opened.streamUrl).searchParams.get('t') ?? '';
        const before = mine.heard.length;
        for (const give of [null, stream, other.token, 'x']) {
          const line = await openTerse(opened, { give });
          await line.until(GREETING);
          const answered = await line.say('no', 'non mia');
          const posted = await post(mine, opened, { text: 'non mia' }, give ?? '');
          assert.deepEqual([answered?.status, answered?.code], [posted.status, posted.code]);
          assert.equal(answered?.status, 403);
          line.socket.terminate();
        }
        const line = await openTerse(opened);
        const refreshed = (await call(mine, 'POST', '/tokens/refresh', { token: opened.token })).body as Opened;
        mine.pass(1801);
        assert.deepEqual(await line.say('late', 'tardi'), { n: 0, status: 403, code: 'TokenExpired' });
        assert.equal(mine.heard.length, before);
        // A socket outlives a token, and takes the next one.
        mine.pass(-900);
        line.socket.send(JSON.stringify({ token: refreshed.token }));
        assert.deepEqual(await line.say('late', 'tardi'), { n: 1 });
        line.socket.terminate();
      } finally {
        await mine.stop();
      }
    });

    it('too many messages, but never words of danger', async () => {
      const messages = createLimiter({ burst: 1, perSecond: 0.001 });
      const urgent = (text: string): boolean => text === 'aiuto';
      const mine = await startWeb({ limits: { ...createLimits(), messages }, urgent });
      try {
        const opened = await open(mine);
        const line = await openTerse(opened);
        assert.deepEqual(await line.say('a', 'uno'), { n: 0 });
        const answered = await line.say('b', 'due');
        const posted = await post(mine, opened, { text: 'due' });
        assert.deepEqual([answered?.status, answered?.code], [429, 'TooManyRequests']);
        assert.deepEqual([posted.status, posted.code], [429, 'TooManyRequests']);
        assert.ok(answered?.wait && Math.abs(answered.wait - posted.wait) <= 2, `${answered?.wait} ${posted.wait}`);
        assert.deepEqual(await line.say('c', 'aiuto'), { n: 2 });
        line.socket.terminate();
      } finally {
        await mine.stop();
      }
    });

    it('what cannot be kept, with the time to wait', async () => {
      const line = await openTerse(await open(web));
      assert.deepEqual(await line.say('a', 'guasto'), { n: 0, status: 503, code: 'ServiceUnavailable', wait: 5 });
      assert.deepEqual(await line.say('b', 'errore'), { n: 1, status: 500, code: 'InternalServerError' });
      line.socket.terminate();
    });
  });

  it('ends for who does not speak it', async () => {
    const opened = await open(web);
    const before = web.heard.length;
    for (const frame of [
      'ciao',
      '[]',
      'null',
      '{"n":"0","id":"x","text":"y"}',
      '{"n":0,"id":"","text":"y"}',
      '[['.repeat(9000),
    ]) {
      const line = await openTerse(opened);
      line.socket.send(frame);
      assert.equal(await line.closed, 1008, frame.slice(0, 40));
    }
    const line = await openTerse(opened);
    line.socket.send(Buffer.from('{"n":0,"id":"x","text":"y"}'), { binary: true });
    assert.equal(await line.closed, 1008);
    assert.equal(web.heard.length, before);
  });

  it('ends for who sends without waiting for answers', async () => {
    const line = await openTerse(await open(web));
    for (let n = 0; n < 40; n += 1) void line.say(`id${n}`, `testo ${n}`);
    assert.equal(await line.closed, 1008);
  });

  it('answers who asks whether anybody is there', async () => {
    const line = await openTerse(await open(web));
    await line.until(GREETING);
    const again = new Promise<string>((resolve) => line.socket.once('message', (data) => resolve(String(data))));
    line.socket.send('');
    assert.equal(await again, '');
    line.socket.terminate();
  });

  it('answers what has arrived before it is sent away', async () => {
    const mine = await startWeb();
    const opened = await open(mine);
    const line = await openTerse(opened);
    await line.until(GREETING);
    const answered = line.say('last', 'in tempo');
    // The server has it when it hears it; only then is it stopped.
    while (mine.heard.at(-1)?.text !== 'in tempo') await new Promise((resolve) => setImmediate(resolve));
    await mine.stop();
    assert.deepEqual(await answered, { n: 0 });
    assert.equal(await line.closed, 1001);
  });

  describe('beside others', () => {
    it('lets four tabs listen and write; the oldest gives way to a fifth', async () => {
      const opened = await open(web);
      const tabs = [];
      for (let tab = 0; tab < 4; tab += 1) tabs.push(await openTerse(opened));
      await Promise.all(tabs.map((tab, index) => tab.say(`id${index}`, `da ${index}`)));
      for (const tab of tabs) {
        for (let index = 0; index < 4; index += 1) await tab.until(`eco: da ${index}`);
        assert.equal(new Set(tab.texts()).size, 9);
        assert.equal(tab.texts().length, 9);
      }
      const fifth = await openTerse(opened);
      assert.equal(await tabs[0]?.closed, 1000);
      await fifth.until('eco: da 3');
      for (const { socket } of [...tabs, fifth]) socket.terminate();
    });

    it('takes no socket away from a foreign client, nor that from it', async () => {
      const opened = await open(web);
      const line = await openTerse(opened);
      const foreign = new WebSocket(opened.streamUrl);
      const heard: string[] = [];
      const got = new Promise<void>((resolve) =>
        foreign.on('message', (data) => {
          heard.push(String(data));
          if (String(data).includes('eco: ciao')) resolve();
        }),
      );
      await new Promise((resolve) => foreign.once('open', resolve));
      await line.say('one', 'ciao');
      await Promise.all([got, line.until('eco: ciao')]);
      // Direct Line's own form, whatever is spoken beside it.
      const sets = heard.map((text): { activities: { text: string; type: string }[] } => JSON.parse(text));
      const told = sets.flatMap(({ activities }) => activities);
      assert.deepEqual(
        told.map(({ type, text }) => [type, text]),
        [
          ['message', GREETING],
          ['message', 'ciao'],
          ['message', 'eco: ciao'],
        ],
      );
      foreign.terminate();
      line.socket.terminate();
    });

    it('leaves other sub-protocols as they were', async () => {
      const opened = await open(web);
      const socket = new WebSocket(opened.streamUrl, 'altro.1');
      await new Promise((resolve) => socket.once('message', resolve));
      assert.equal(socket.protocol, 'altro.1');
      socket.terminate();
    });
  });
});
