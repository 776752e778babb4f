// `/api/messages` as the Emulator and the channels speak it: the SDK's own adapter and connector, over real HTTP.
// Tokens, addresses and bodies that are refused are left to botframework.test.ts, cards to adaptive-cards.test.ts.
import assert from 'node:assert/strict';
import { createPush } from '../../adapters/botframework/push.ts';
import { loadSdk } from '../../adapters/botframework/sdk.ts';
import { silentLog } from '../../bot/log.ts';
import { once } from '../../bot/once.ts';
import { faultsOfCard } from '../support/adaptive-schema.ts';
import { startConnector } from '../support/connector.ts';
import type { Connector } from '../support/connector.ts';
import { does } from '../support/desk.ts';
import { eventually, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { CODE, walk } from '../support/walk.ts';
import { startWeb } from '../support/web.ts';
import type { Web } from '../support/web.ts';

describe('the SDK’s connector', () => {
  let web: Web;
  let connector: Connector;
  before(async () => {
    web = await startWeb();
  });
  after(() => web.stop());
  beforeEach(async () => {
    connector = await startConnector(web.url);
  });
  afterEach(() => connector.stop());

  const texts = (): (string | undefined)[] => connector.got.map(({ activity }) => activity.text);

  it('is greeted once when the person joins, and not when only the bot does', async () => {
    await connector.post({ type: 'conversationUpdate', membersAdded: [{ id: 'bot' }] });
    assert.equal(connector.got.length, 0);
    await connector.join();
    assert.deepEqual(texts(), ['benvenuti a nessuno (it-IT)']);
    const { path, activity } = connector.got[0] ?? assert.fail('nothing came');
    assert.match(path, /^\/v3\/conversations\/[\w-]+\/activities\/[\w-]+$/);
    assert.ok(path.endsWith(`/${activity.replyToId}`));
    assert.deepEqual([activity.type, activity.from?.id, activity.recipient?.id], ['message', 'bot', 'person']);
    assert.deepEqual([activity.locale, activity.inputHint, activity.speak], ['it', 'expectingInput', activity.text]);
    assert.deepEqual(activity.suggestedActions?.actions, [
      { type: 'imBack', title: 'Soldi', value: 'Soldi' },
      { type: 'imBack', title: 'Casa', value: 'Casa' },
    ]);
  });

  it('takes the same message once, however often it is delivered', async () => {
    const message = { type: 'message', id: 'the-same', text: 'ciao' };
    await connector.post(message);
    await connector.post(message);
    assert.deepEqual(texts(), ['eco: ciao']);
    await Promise.all([1, 2, 3].map(() => connector.post({ ...message, id: 'at once' })));
    assert.deepEqual(texts(), ['eco: ciao', 'eco: ciao']);
    const conversationId = web.heard.at(-1)?.conversationId ?? '';
    assert.equal((await web.store.activities(conversationId, 0)).length, 4);
  });

  it('answers the same message again where the answer was not taken', async () => {
    const message = { type: 'message', id: 'the-same', text: 'ciao' };
    connector.answers.status = 401;
    await connector.post(message);
    connector.answers.status = 200;
    await connector.post(message);
    await connector.post(message);
    assert.deepEqual(texts(), ['eco: ciao']);
  });

  it('takes what a button of a card posts: words, or the id of a choice', async () => {
    await connector.post({ type: 'message', value: 'Soldi' });
    await connector.post({ type: 'message', value: { choice: 'area.housing' } });
    assert.deepEqual(
      web.heard.slice(-2).map(({ text, choice }) => [text, choice]),
      [
        ['Soldi', undefined],
        ['', 'area.housing'],
      ],
    );
  });

  it('says nothing to what is not for the talk', async () => {
    const heard = web.heard.length;
    for (const type of [
      'typing',
      'event',
      'endOfConversation',
      'installationUpdate',
      'messageReaction',
      'messageUpdate',
    ])
      assert.deepEqual(await connector.post({ type, name: 'x' }), { status: 200, body: {} }, type);
    assert.equal(web.heard.length, heard);
    assert.equal(connector.got.length, 0);
  });

  it('answers in the body where the channel expects it there', async () => {
    const { status, body } = await connector.post({ type: 'message', text: 'ciao', deliveryMode: 'expectReplies' });
    assert.equal(status, 200);
    const { activities } = body as { activities: { text: string; replyToId: string }[] };
    assert.deepEqual(
      activities.map(({ text }) => text),
      ['eco: ciao'],
    );
    assert.equal(connector.got.length, 0);
  });

  it('answers in the body as often as it is asked there', async () => {
    const message = { type: 'message', id: 'the-same', text: 'ciao', deliveryMode: 'expectReplies' };
    const bodies = [await connector.post(message), await connector.post(message)].map(({ body }) => body);
    for (const body of bodies) assert.equal((body as { activities: unknown[] }).activities.length, 1);
  });

  it('does nothing that is asked by invoke, and says so', async () => {
    for (const name of ['signin/verifyState', 'adaptiveCard/action', 'composeExtension/query', undefined])
      assert.equal((await connector.post({ type: 'invoke', name, value: {} })).status, 501, name);
    assert.equal(connector.got.length, 0);
  });

  it('leaves nothing to be sent again that it sent, and all that a channel did not take', async () => {
    await connector.say('uno');
    const waiting = async (): Promise<string[]> =>
      (await web.store.undelivered('botframework', new Date(Date.now() + 1000), 10)).flatMap((one) =>
        one.from === 'bot' ? [one.reply.text] : [],
      );
    assert.deepEqual(await waiting(), []);
    connector.answers.status = 403;
    assert.notEqual((await connector.post({ type: 'message', text: 'due' })).status, 200);
    assert.deepEqual(await waiting(), ['eco: due']);
    connector.answers.status = 200;
    await push().deliver();
    assert.deepEqual(texts(), ['eco: uno']);
    await push(120).deliver();
    assert.deepEqual(texts(), ['eco: uno', 'eco: due']);
    assert.deepEqual(await waiting(), []);
  });

  it('is told once by several processes, and again where one of them failed', async () => {
    await connector.say('uno');
    connector.answers.status = 401;
    await connector.post({ type: 'message', text: 'due' });
    const pushers = [120, 120, 120].map((seconds) => push(seconds));
    await Promise.all(pushers.map((one) => one.deliver()));
    assert.deepEqual(texts(), ['eco: uno']);
    connector.answers.status = 200;
    const later = [600, 600, 600].map((seconds) => push(seconds));
    await Promise.all(later.map((one) => one.deliver()));
    assert.deepEqual(texts(), ['eco: uno', 'eco: due']);
  });

  it('gives up a conversation that refuses, once and for all; tries again later where it only failed', async () => {
    await connector.say('uno');
    const { conversationId = '' } = web.heard.at(-1) ?? {};
    // The channel does not know us: for the operator to mend, and no fault of the person’s.
    connector.answers.status = 401;
    await connector.post({ type: 'message', text: 'due' });
    const lost: string[] = [];
    const unreachable = async (id: string): Promise<void> => void lost.push(id);
    await push(120, { unreachable }).deliver();
    assert.deepEqual(lost, []);
    connector.answers.status = 404;
    await push(1200, { unreachable }).deliver();
    assert.deepEqual(lost, [conversationId]);
    connector.answers.status = 200;
    await push(9999, { unreachable }).deliver();
    assert.deepEqual(texts(), ['eco: uno']);
  });

  for (const shared of [{ isGroup: true }, { conversationType: 'groupChat' }, { conversationType: 'channel' }])
    it(`says once in a group that it is not private, and reads nothing there: ${JSON.stringify(shared)}`, async () => {
      const heard = web.heard.length;
      const conversation = { id: `${JSON.stringify(shared)} of the test`, ...shared };
      connector.answers.status = 401;
      await connector.post({ type: 'message', text: 'mio marito mi picchia', conversation });
      assert.deepEqual(texts(), []);
      connector.answers.status = 200;
      for (const activity of [
        { type: 'typing' },
        { type: 'conversationUpdate', membersAdded: [{ id: 'bot' }] },
        { type: 'conversationUpdate', membersAdded: [{ id: 'somebody' }] },
        { type: 'message', text: 'mio marito mi picchia' },
        { type: 'message', text: 'aiuto', channelData: { choice: 'area.housing' } },
      ])
        assert.equal((await connector.post({ ...activity, conversation, locale: 'en-GB' })).status, 200);
      assert.equal(texts().length, 1);
      assert.match(texts()[0] ?? '', /not a private place.*\b112\b/);
      assert.equal((await connector.post({ type: 'invoke', conversation, value: {} })).status, 501);
      assert.equal(web.heard.length, heard);
      assert.equal(await web.store.load(`bf:${conversation.id}`), undefined);
    });

  it('loads the SDK once for all who ask, and anew where that failed', async () => {
    let loads = 0;
    const sdk = once(async () => {
      loads += 1;
      if (loads === 1) throw new Error('no memory');
      return loadSdk(undefined);
    });
    const server = await startWeb({ sdk });
    const other = await startConnector(server.url);
    try {
      assert.equal((await other.post({ type: 'message', text: 'uno' })).status, 500);
      assert.equal(server.heard.length, 0);
      await Promise.all(['due', 'tre'].map((text) => other.post({ type: 'message', text })));
      assert.equal(other.got.length, 2);
      assert.equal(loads, 2);
    } finally {
      await other.stop();
      await server.stop();
    }
  });

  /** The server's pusher, some seconds later. */
  function push(seconds = 0, more: Partial<Parameters<typeof createPush>[0]> = {}) {
    return createPush({
      store: web.store,
      clock: () => new Date(Date.now() + seconds * 1000),
      log: silentLog,
      sdk: () => loadSdk(undefined),
      ...more,
    });
  }
});

describe('a request on a Bot Framework channel', function () {
  this.timeout(60_000);
  let road: Road;
  before(async () => {
    road = await openRoad({});
  });
  after(() => road.close());

  it('reaches a desk, whose answer comes by itself, neutral first', async () => {
    const connector = await startConnector(road.url);
    try {
      await connector.join();
      const { code } = await walk(connector);
      assert.match(code, CODE);
      const cards = connector.got.flatMap(({ activity }) => activity.attachments ?? []);
      const adaptive = cards.filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive');
      assert.ok(adaptive.length > 0);
      for (const { content } of adaptive) assert.deepEqual(faultsOfCard(content), []);
      const { link, digits } = await road.mail(new RegExp(`${code} richiesta`));
      const before = connector.got.length;
      const done = await does(link, '', { who: 'Anna', digits, do: 'take' });
      assert.equal(done.status, 303);
      await eventually(() => connector.got.length > before, 'nothing was pushed');
      const pushed = connector.got.slice(before);
      assert.equal(pushed.length, 1);
      assert.match(pushed[0]?.path ?? '', /\/activities$/);
      assert.match(pushed[0]?.activity.text ?? '', /^C'è una novità[^\n]*$/);
      const read = await connector.say('La leggo');
      assert.match(read.map(({ text }) => text).join('\n'), /è stata presa in carico/);
    } finally {
      await connector.stop();
    }
  });
});
