// The wire cut at every byte, and readers that come back with any watermark: nothing lost, nothing twice.
// In both tongues of the stream: Direct Line's own and the terse one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createLimiter, createLimits } from '../adapters/web/limits.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import type { CountingProxy } from './support/counting-proxy.ts';
import { openTerse } from './support/terse-client.ts';
import { call, open, startWeb } from './support/web.ts';
import type { Opened, Web } from './support/web.ts';

/** More than the frames of one short answer take, closing ones included: the last cuts meet nothing. */
const TERSE_BYTES = 150;
const TERSE_UP_BYTES = 60;
const CLASSIC_BYTES = 900;

interface Classic {
  activities: { id: string; text: string }[];
  watermark: string;
}

describe('the wire, cut', function () {
  // Hundreds of connections, one after the other.
  this.timeout(60_000);
  let web: Web;
  let proxy: CountingProxy;
  before(async () => {
    const messages = createLimiter({ burst: 1000, perSecond: 100 });
    web = await startWeb({ limits: { ...createLimits(), messages } });
    proxy = await startCountingProxy(web.port);
  });
  after(async () => {
    await proxy.close();
    await web.stop();
  });

  /** What is in the store, in order: the truth. */
  const truth = async ({ conversationId }: Opened): Promise<string[]> =>
    (await web.store.activities(conversationId, 0)).map((one) => (one.from === 'user' ? one.text : one.reply.text));

  const fresh = async (opened: Opened): Promise<Opened> =>
    (await call(web, 'GET', `/conversations/${opened.conversationId}`, { token: opened.token })).body as Opened;

  it('at every byte of an answer, and of a message, on the terse socket', async () => {
    const opened = await open(web);
    const told: string[] = [];
    let watermark = '';
    let unanswered = 0;
    const gather = ({ frames, texts }: Awaited<ReturnType<typeof openTerse>>): void => {
      told.push(...texts());
      watermark = frames.at(-1)?.watermark ?? watermark;
    };
    const first = await openTerse(opened);
    await first.until('benvenuti a nessuno (it)');
    first.socket.terminate();
    gather(first);
    const cuts = [
      ...Array.from({ length: TERSE_BYTES }, (_, bytes) => ({ way: 'down', bytes: bytes + 1 }) as const),
      ...Array.from({ length: TERSE_UP_BYTES }, (_, bytes) => ({ way: 'up', bytes: bytes + 1 }) as const),
    ];
    for (const { way, bytes } of cuts) {
      const [id, text] = [`${way}${bytes}`, `${way} ${bytes}`];
      const address = await fresh(opened);
      const line = await openTerse(address, { watermark, at: proxy.port });
      // The token is there when the server answers: only what follows is cut.
      line.socket.send('');
      await once(line.socket, 'message');
      proxy.cutAfter(bytes, way);
      const answered = await line.say(id, text);
      line.socket.terminate();
      await line.closed;
      gather(line);
      proxy.cut();
      const again = await openTerse(address, { watermark });
      if (answered === undefined) {
        unanswered += 1;
        assert.deepEqual(await again.say(id, text), { n: 0 });
      }
      if (!told.includes(`eco: ${text}`)) await again.until(`eco: ${text}`);
      again.socket.terminate();
      gather(again);
    }
    assert.deepEqual(told, await truth(opened));
    assert.equal(told.length, 1 + 2 * cuts.length);
    assert.ok(unanswered > TERSE_BYTES / 2, `${unanswered} cuts met something`);
  });

  it('at every byte of an answer, on a foreign client’s socket', async () => {
    const opened = await open(web);
    const told: string[] = [];
    let watermark = '';
    let cutShort = 0;
    const listen = async (address: Opened, port: number): Promise<WebSocket> => {
      const url = new URL(address.streamUrl);
      url.port = String(port);
      url.searchParams.set('watermark', watermark);
      const socket = new WebSocket(url);
      socket.on('error', () => {});
      socket.on('message', (data) => {
        if (String(data) === '') return;
        const set: Classic = JSON.parse(String(data));
        told.push(...set.activities.map(({ text }) => text));
        watermark = set.watermark;
      });
      await once(socket, 'open');
      return socket;
    };
    const until = async (socket: WebSocket, text: string): Promise<void> => {
      while (!told.includes(text)) await once(socket, 'message');
      socket.terminate();
    };
    await until(await listen(opened, web.port), 'benvenuti a nessuno (it)');
    for (let bytes = 1; bytes <= CLASSIC_BYTES; bytes += 9) {
      const text = `a ${bytes}`;
      const address = await fresh(opened);
      const socket = await listen(address, proxy.port);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const whole = new Promise((resolve) => socket.once('message', resolve));
      proxy.cutAfter(bytes, 'down');
      await call(web, 'POST', `/conversations/${opened.conversationId}/activities`, {
        token: opened.token,
        body: { type: 'message', text },
      });
      await Promise.race([closed, whole]);
      socket.terminate();
      await closed;
      proxy.cut();
      if (told.includes(`eco: ${text}`)) continue;
      cutShort += 1;
      await until(await listen(address, web.port), `eco: ${text}`);
    }
    assert.deepEqual(told, await truth(opened));
    assert.ok(cutShort > 40, `${cutShort} cuts met something`);
  });

  it('for a reader that does not read, which has everything when it is back', async () => {
    for (const tongue of ['terse', 'foreign'] as const) {
      const opened = await open(web);
      const address = await fresh(opened);
      const socket = new WebSocket(address.streamUrl, tongue === 'terse' ? ['bussola.1'] : []);
      await once(socket, 'open');
      const closed = once(socket, 'close');
      socket.pause();
      const path = `/conversations/${opened.conversationId}/activities`;
      const long = 'x'.repeat(140 * 1024);
      let messages = 0;
      // The machine's own buffers fill first; what the server keeps for it after that is bounded.
      for (; messages < 60; messages += 1) {
        const text = `${messages} ${long}`;
        await call(web, 'POST', path, { token: opened.token, body: { type: 'message', text } });
      }
      // Its end shows only to who reads again.
      socket.resume();
      const [code] = await closed;
      assert.equal(code, 1006, tongue);
      const { body } = await call(web, 'GET', path, { token: opened.token });
      assert.equal((body as Classic).activities.length, 1 + 2 * messages);
    }
  });

  describe('and a reader that comes back', () => {
    const everything = ['benvenuti a nessuno (it)', 'uno', 'eco: uno', 'due', 'eco: due'];
    let opened: Opened;
    let other: Opened;
    before(async () => {
      opened = await open(web);
      other = await open(web);
      const line = await openTerse(opened);
      await line.say('one', 'uno');
      await line.say('two', 'due');
      line.socket.terminate();
    });

    /** From a watermark: what comes at once, in each tongue. */
    const cases: [string, string, string[]][] = [
      ['an old one', '3', everything.slice(3)],
      ['the first', '0', everything],
      ['an empty one', '', everything],
      ['null', 'null', everything],
      ['one of another form', 'altro|0000001', everything],
      ['one from the future', '99', everything],
      ['one beyond all numbers', '99999999999999999999', everything],
    ];
    for (const [name, watermark, expected] of cases)
      it(`with ${name} gets ${expected.length} of 5`, async () => {
        const address = await fresh(opened);
        const line = await openTerse(address, { watermark });
        await line.until('eco: due');
        assert.deepEqual(line.texts(), expected);
        assert.equal(line.frames.at(-1)?.watermark, '5');
        line.socket.terminate();
        const url = new URL(address.streamUrl);
        url.searchParams.set('watermark', watermark);
        const socket = new WebSocket(url);
        const heard = await once(socket, 'message');
        const set: Classic = JSON.parse(String(heard[0]));
        assert.deepEqual(
          set.activities.map(({ text }) => text),
          expected,
        );
        assert.equal(set.watermark, '5');
        socket.terminate();
      });

    it('with the last one gets nothing, and then what is new', async () => {
      const line = await openTerse(await fresh(opened), { watermark: '5' });
      line.socket.send('');
      await once(line.socket, 'message');
      assert.deepEqual(line.frames, []);
      await line.say('three', 'tre');
      await line.until('eco: tre');
      assert.deepEqual(line.texts(), ['tre', 'eco: tre']);
      line.socket.terminate();
    });

    it('to the conversation of others is refused (403)', async () => {
      const [mine, others] = [new URL((await fresh(opened)).streamUrl), new URL((await fresh(other)).streamUrl)];
      others.search = mine.search;
      for (const protocols of [[], ['bussola.1']]) {
        const socket = new WebSocket(others, protocols);
        socket.on('error', () => {});
        const refused = await new Promise<number | undefined>((resolve) =>
          socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)),
        );
        assert.equal(refused, 403);
        socket.terminate();
      }
    });
  });
});
