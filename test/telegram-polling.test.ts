// Long polling: nothing is confirmed before it is saved, and nothing Telegram says ends the process.
// What both modes share is left to telegram.test.ts.
import assert from 'node:assert/strict';
import { BussolaError } from '../bot/errors.ts';
import { openBench } from './doubles/telegram-bench.ts';
import type { Bench } from './doubles/telegram-bench.ts';

const CHAT = 501;

describe('Telegram long polling', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench('polling');
  });
  afterEach(() => bench.close());

  const settled = async (turns: number): Promise<void> => {
    await bench.api.until(() => bench.turns.length >= turns);
    await bench.telegram.deliver();
  };
  const unavailable = (): BussolaError => new BussolaError('store_unavailable', 'not there');

  it('does not confirm an update whose turn was not saved, and loses none', async () => {
    bench.failures.push(...Array.from({ length: 6 }, unavailable));
    bench.api.say(CHAT, 'tenga questo');
    await bench.telegram.start();
    await bench.api.until(() => bench.failures.length < 3);
    assert.equal(bench.api.updates.length, 1);
    bench.api.say(502, 'e questo');
    await settled(2);
    assert.deepEqual(bench.turns.map(({ text }) => text).toSorted(), ['e questo', 'tenga questo']);
    await bench.api.until(() => bench.api.updates.length === 0);
  });

  it('says sorry and goes on after a turn that can never succeed', async () => {
    bench.failures.push(...Array.from({ length: 3 }, () => new TypeError('a mistake of ours')));
    bench.api.setLanguage(CHAT, 'en-GB');
    bench.api.say(CHAT, 'rotto');
    await bench.telegram.start();
    await bench.api.until(() => bench.api.sent(CHAT).length > 0);
    assert.match(bench.api.texts(CHAT)[0] ?? '', /^I am sorry.*112/);
    bench.api.say(CHAT, 'sano');
    await settled(1);
    assert.equal(bench.turns[0]?.text, 'sano');
  });

  it('lives with a second poller, and polls again when it is gone', async () => {
    await bench.telegram.start();
    await bench.api.until(() => bench.api.callsOf('getUpdates').length > 0);
    const steal = await fetch(`${bench.api.root}/bot${bench.api.token}/getUpdates?timeout=0`);
    assert.equal(steal.status, 200);
    await bench.api.until(() =>
      bench.logged.some(({ event, fields }) => event === 'telegram_polling' && fields.code === 'conflict'),
    );
    bench.api.say(CHAT, 'ancora qui');
    await settled(1);
    assert.deepEqual(bench.api.texts(CHAT), ['eco: ancora qui']);
  });

  it('polls again after 5xx and 429, and when Telegram is not there at the start', async () => {
    bench.api.fail({ method: 'deleteWebhook', code: 502 });
    bench.api.fail({ method: 'getUpdates', code: 500, times: 2 });
    bench.api.fail({ method: 'getUpdates', code: 429, retryAfter: 1 });
    bench.api.say(CHAT, 'eccoci');
    await bench.telegram.start();
    await settled(1);
    assert.deepEqual(bench.api.texts(CHAT), ['eco: eccoci']);
  });

  it('takes over from a webhook and keeps what waited there', async () => {
    bench.api.updates.setWebhook({ url: 'http://127.0.0.1:9/', secret: undefined }, false);
    bench.api.say(CHAT, 'in coda');
    await bench.telegram.start();
    await settled(1);
    assert.equal(bench.turns[0]?.text, 'in coda');
  });

  it('says that the token is wrong, and neither throws nor stops', async () => {
    const wrong = bench.another('1:wrong');
    await wrong.start();
    const [line] = bench.logged.filter(({ fields }) => fields.code === 'token');
    assert.match(line?.fields.error ?? '', /TELEGRAM_TOKEN/);
    assert.ok(!JSON.stringify(bench.logged).includes('1:wrong'));
  });

  it('waits for news instead of asking over and over, and stops at once', async () => {
    const calm = bench.another();
    await calm.start();
    bench.api.say(CHAT, 'uno');
    await settled(1);
    await calm.stop();
    assert.equal(bench.api.updates.length, 0);
    const polls = bench.api.callsOf('getUpdates').length;
    bench.api.say(CHAT, 'due');
    assert.equal(bench.api.callsOf('getUpdates').length, polls);
    assert.equal(bench.api.updates.length, 1);
  });

  it('answers no webhook', async () => {
    assert.equal(await bench.post({ update_id: 1 }, 'anything'), 401);
    assert.equal(await bench.post({ update_id: 1 }), 401);
  });
});
