// DirectLineJS, unchanged, as a foreign client: what it needs to greet, hear, come back and stay.
// The protocol's edges are left to directline.test.ts.
import assert from 'node:assert/strict';
import { DirectLine } from 'botframework-directlinejs';
import type { Activity, Message } from 'botframework-directlinejs';
import XMLHttpRequest from 'xhr2';
import { call, startWeb } from './support/web.ts';
import type { Opened, Web } from './support/web.ts';

interface Client {
  line: DirectLine;
  got: Activity[];
  /** Resolves with the first activity, got or coming, that fits. */
  until(fits: (activity: Message) => boolean): Promise<Message>;
  say(text: string): Promise<string>;
  end(): void;
}

function connect(web: Web, options: { webSocket: boolean; token?: string }): Client {
  const line = new DirectLine({
    domain: `${web.url}/v3/directline`,
    pollingInterval: 200,
    conversationStartProperties: { locale: 'it-IT' },
    // Comes back after the shortest of its own delays.
    random: () => 0,
    ...options,
  });
  const got: Activity[] = [];
  const waiting = new Set<() => void>();
  const subscription = line.activity$.subscribe((activity) => {
    got.push(activity);
    waiting.forEach((look) => look());
  });
  return {
    line,
    got,
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = got.find((activity): activity is Message => activity.type === 'message' && fits(activity));
          if (found) resolve(found);
          if (found) waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    say: (text) =>
      new Promise((resolve, reject) => {
        line.postActivity({ type: 'message', from: { id: 'someone-else' }, text }).subscribe(resolve, reject);
      }),
    end() {
      subscription.unsubscribe();
      line.end();
    },
  };
}

const ids = (client: Client): (string | undefined)[] => client.got.map(({ id }) => id);
const texts = (client: Client): unknown[] => client.got.map((activity) => activity.type === 'message' && activity.text);

describe('DirectLineJS', () => {
  let web: Web;
  before(async () => {
    Reflect.set(globalThis, 'XMLHttpRequest', XMLHttpRequest);
    web = await startWeb();
  });
  after(async () => {
    await web.stop();
    Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
  });

  for (const webSocket of [true, false])
    describe(webSocket ? 'streaming' : 'polling', () => {
      it('is greeted, is answered, hears its own message once', async () => {
        const client = connect(web, { webSocket });
        try {
          const greeting = await client.until(({ from }) => from.id === 'bussola');
          assert.equal(greeting.text, 'benvenuti a nessuno (it-IT)');
          assert.deepEqual(
            greeting.suggestedActions?.actions.map(({ type, title }) => [type, title]),
            [
              ['imBack', 'Soldi'],
              ['imBack', 'Casa'],
            ],
          );
          const id = await client.say('ciao');
          await client.until(({ text }) => text === 'eco: ciao');
          assert.deepEqual(texts(client), [greeting.text, 'ciao', 'eco: ciao']);
          assert.equal(client.got[1]?.id, id);
          assert.match(client.got[1]?.from.id ?? '', /^dl_/);
        } finally {
          client.end();
        }
      });

      it('starts in the comune of its token', async () => {
        const asked = { user: { id: 'dl_prova' }, channelData: { comune: 'porcari' }, locale: 'en' };
        const { token } = (await call(web, 'POST', '/tokens/generate', { body: asked })).body as Opened;
        const client = connect(web, { webSocket, token });
        try {
          await client.until(({ text }) => text === 'benvenuti a porcari (en)');
          await client.say('hello');
          const said = await client.until(({ text }) => text === 'hello');
          assert.equal(said.from.id, 'dl_prova');
        } finally {
          client.end();
        }
      });
    });

  it('streaming: comes back after a restart and misses and doubles nothing', async () => {
    const client = connect(web, { webSocket: true });
    try {
      await client.until(({ from }) => from.id === 'bussola');
      await client.say('prima');
      await client.until(({ text }) => text === 'eco: prima');
      await web.restart();
      await client.say('durante');
      await client.until(({ text }) => text === 'eco: durante');
      await client.say('dopo');
      await client.until(({ text }) => text === 'eco: dopo');
      assert.deepEqual(texts(client).slice(1), ['prima', 'eco: prima', 'durante', 'eco: durante', 'dopo', 'eco: dopo']);
      assert.equal(new Set(ids(client)).size, client.got.length);
    } finally {
      client.end();
    }
  });
});
