// DirectLineJS, unchanged, as a foreign client: what it needs to greet, hear, come back and stay.
// The protocol's edges are left to directline.test.ts.
import assert from 'node:assert/strict';
import type { Activity } from 'botframework-directlinejs';
import { holdLongTimers, lendXhr, openLine } from '../support/foreign-line.ts';
import type { ForeignLine } from '../support/foreign-line.ts';
import { eventually } from '../support/road.ts';
import { call, startWeb } from '../support/web.ts';
import type { Opened, Web } from '../support/web.ts';

const ids = ({ got }: ForeignLine): (string | undefined)[] => got.map(({ id }) => id);
const texts = ({ got }: ForeignLine): unknown[] => got.map((activity) => activity.type === 'message' && activity.text);
const tokenOf = (client?: ForeignLine): string => String(Reflect.get(client?.line ?? {}, 'token'));
const isBot = ({ from }: Activity): boolean => from.id === 'bussola';

/** Nothing twice, and what was said in the order in which it was said. */
function assertHeard(client: ForeignLine, said: string[]): void {
  assert.deepEqual(
    texts(client).slice(1),
    said.flatMap((text) => [text, `eco: ${text}`]),
  );
  assert.equal(new Set(ids(client)).size, client.got.length);
}

describe('DirectLineJS', function () {
  this.timeout(40_000);
  let web: Web;
  let giveBack: () => void;
  before(async () => {
    giveBack = lendXhr();
    web = await startWeb();
  });
  after(async () => {
    await web.stop();
    giveBack();
  });

  const open = async (body: object = {}): Promise<Opened> =>
    (await call(web, 'POST', '/conversations', { body })).body as Opened;

  for (const webSocket of [true, false])
    describe(webSocket ? 'streaming' : 'polling', () => {
      it('is greeted, is answered, hears its own message once', async () => {
        const client = openLine(web, { webSocket });
        try {
          const greeting = await client.until(isBot);
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
          assertHeard(client, ['ciao']);
          assert.equal(client.got[1]?.id, id);
          assert.match(client.got[1]?.from.id ?? '', /^dl_/);
          assert.deepEqual(client.statuses, ['Uninitialized', 'Connecting', 'Online']);
        } finally {
          client.end();
        }
      });

      it('starts in the comune of its token, as the person of its token', async () => {
        const asked = { user: { id: 'dl_prova' }, channelData: { comune: 'porcari' }, locale: 'en' };
        const { token } = (await call(web, 'POST', '/tokens/generate', { body: asked })).body as Opened;
        const client = openLine(web, { webSocket, token });
        try {
          await client.until(({ text }) => text === 'benvenuti a porcari (en)');
          await client.say('hello');
          const said = await client.until(({ text }) => text === 'hello');
          assert.equal(said.from.id, 'dl_prova');
        } finally {
          client.end();
        }
      });

      it('sends typing and events, which the talk does not take for words', async () => {
        const client = openLine(web, { webSocket });
        try {
          await client.until(isBot);
          const heard = web.heard.length;
          const from = { id: 'me' };
          const typing = await client.post({ type: 'typing', from });
          const event = await client.post({ type: 'event', from, name: 'webchat/join', value: { language: 'it' } });
          for (const id of [typing, event]) assert.match(id, /\|/);
          await client.post({ type: 'message', from, text: 'un valore', value: { of: 'a card' } });
          await client.until(({ text }) => text === 'eco: un valore');
          assert.deepEqual(
            web.heard.slice(heard).map(({ text }) => text),
            ['un valore'],
          );
          assertHeard(client, ['un valore']);
        } finally {
          client.end();
        }
      });

      it('takes up a known conversation after its watermark, and only what came since', async () => {
        const { conversationId, token } = await open();
        const said = (text: string) =>
          call(web, 'POST', `/conversations/${conversationId}/activities`, { token, body: { type: 'message', text } });
        await said('uno');
        const log = await call(web, 'GET', `/conversations/${conversationId}/activities`, { token });
        const { watermark } = log.body as { watermark: string };
        await said('due');
        const client = openLine(web, { webSocket, conversationId, token, watermark });
        try {
          await client.until(({ text }) => text === 'eco: due');
          await client.say('tre');
          await client.until(({ text }) => text === 'eco: tre');
          assert.deepEqual(texts(client), ['due', 'eco: due', 'tre', 'eco: tre']);
        } finally {
          client.end();
        }
      });

      it('refreshes its token every quarter of an hour, and stays for longer than a token lives', async () => {
        let client: ForeignLine | undefined;
        const clock = await holdLongTimers(async () => {
          client = openLine(web, { webSocket });
          await client.until(isBot);
        });
        assert.ok(client);
        try {
          for (const text of ['uno', 'due', 'tre']) {
            web.pass(15 * 60);
            const old = tokenOf(client);
            clock.strike();
            await eventually(async () => tokenOf(client) !== old, 'no new token');
            await client.say(text);
            await client.until((activity) => activity.text === `eco: ${text}`);
          }
          assertHeard(client, ['uno', 'due', 'tre']);
          assert.ok(!client.statuses.includes('ExpiredToken'));
        } finally {
          client.end();
        }
      });

      it('learns that its token has expired, and goes on with another through reconnect()', async () => {
        const client = openLine(web, { webSocket });
        try {
          const { conversation } = await client.until(isBot);
          await client.say('prima');
          await client.until(({ text }) => text === 'eco: prima');
          // The page keeps a younger token, as one does that refreshes by itself.
          web.pass(20 * 60);
          const old = tokenOf(client);
          const fresh = (await call(web, 'POST', '/tokens/refresh', { token: old })).body as Opened;
          web.pass(11 * 60);
          assert.equal(await client.say('perduta'), 'retry');
          await client.becomes('ExpiredToken');
          const id = conversation?.id ?? fresh.conversationId;
          const again = await call(web, 'GET', `/conversations/${id}?watermark=3`, { token: fresh.token });
          const seen = client.statuses.length;
          client.line.reconnect(again.body as Opened);
          await client.becomes('Online', seen);
          await client.say('dopo');
          await client.until(({ text }) => text === 'eco: dopo');
          assertHeard(client, ['prima', 'dopo']);
        } finally {
          client.end();
        }
      });

      it('is refused with a token that was never ours, and says so', async () => {
        const client = openLine(web, { webSocket, token: 'not.a.token' });
        try {
          await client.becomes('FailedToConnect');
          assert.equal(client.got.length, 0);
        } finally {
          client.end();
        }
      });

      it('ends when it is told to, and posts no more', async () => {
        const client = openLine(web, { webSocket });
        await client.until(isBot);
        const heard = web.heard.length;
        client.end();
        assert.equal(client.statuses.at(-1), 'Online');
        await assert.rejects(client.say('troppo tardi'), /conversation ended/);
        assert.equal(web.heard.length, heard);
      });
    });

  it('streaming: comes back after a restart and misses and doubles nothing', async () => {
    const client = openLine(web, { webSocket: true });
    try {
      await client.until(isBot);
      await client.say('prima');
      await client.until(({ text }) => text === 'eco: prima');
      await web.restart();
      await client.say('durante');
      await client.until(({ text }) => text === 'eco: durante');
      await client.say('dopo');
      await client.until(({ text }) => text === 'eco: dopo');
      assertHeard(client, ['prima', 'durante', 'dopo']);
    } finally {
      client.end();
    }
  });

  it('polling: stops looking after a network error, by its own fault; opened anew it has all that came', async () => {
    const deaf = openLine(web, { webSocket: false });
    try {
      const { conversation } = await deaf.until(isBot);
      await deaf.say('prima');
      await deaf.until(({ text }) => text === 'eco: prima');
      await web.restart();
      await deaf.say('durante');
      const [watermark, token] = [String(deaf.got.length), tokenOf(deaf)];
      const anew = openLine(web, { webSocket: false, conversationId: conversation?.id ?? '', token, watermark });
      try {
        await anew.until(({ text }) => text === 'eco: durante');
        assert.deepEqual(texts(anew), ['durante', 'eco: durante']);
      } finally {
        anew.end();
      }
    } finally {
      deaf.end();
    }
  });

  it('has no grammar of ours for speech, and needs none', async () => {
    const client = openLine(web, { webSocket: true });
    try {
      await client.until(isBot);
      assert.equal(client.line.referenceGrammarId, undefined);
      const session = await new Promise((resolve, reject) => {
        client.line.getSessionId().subscribe(resolve, reject);
      });
      assert.equal(session, '');
    } finally {
      client.end();
    }
  });
});
