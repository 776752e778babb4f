// The webhook: the secret before anything, 200 only for what is saved, 503 where Telegram must come back.
// What both modes share is left to telegram.test.ts.
import assert from 'node:assert/strict';
import { BussolaError } from '../bot/errors.ts';
import { SECRET, openBench } from './doubles/telegram-bench.ts';
import type { Bench } from './doubles/telegram-bench.ts';

const CHAT = 501;
const FROM = { id: CHAT, is_bot: false, first_name: 'Prova', language_code: 'it' };

function update(id: number, text: string, chat = CHAT): object {
  return {
    update_id: id,
    message: { message_id: id, date: 1, chat: { id: chat, type: 'private', first_name: 'Prova' }, from: FROM, text },
  };
}

describe('Telegram webhook', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench('webhook');
  });
  afterEach(() => bench.close());

  it('is registered with its secret, and keeps what waits', async () => {
    bench.api.say(CHAT, 'in coda');
    await bench.telegram.start();
    const parameters = bench.api.callsOf('setWebhook')[0]?.parameters ?? {};
    assert.equal(parameters['secret_token'], SECRET);
    assert.equal(parameters['drop_pending_updates'], false);
    assert.deepEqual(parameters['allowed_updates'], ['message', 'edited_message', 'callback_query', 'my_chat_member']);
    await bench.api.until(() => bench.turns.length === 1);
  });

  it('refuses a wrong, missing or longer secret before looking at anything', async () => {
    for (const secret of [undefined, '', 'wrong', `${SECRET}x`, SECRET.slice(1)])
      assert.equal(await bench.post(update(1, 'x'), secret), 401);
    assert.equal(await bench.post('not an update'), 401);
    assert.deepEqual(bench.turns, []);
    assert.deepEqual(bench.api.calls, []);
  });

  it('refuses what is no update', async () => {
    for (const body of [null, 'x', [], {}, { update_id: 'x' }]) assert.equal(await bench.post(body, SECRET), 400);
    assert.equal(await bench.post({ update_id: 1, poll_answer: {} }, SECRET), 200);
  });

  it('answers 200 to each of forty copies at once, after one turn', async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, () => bench.post(update(9, 'una'), SECRET)));
    assert.deepEqual(new Set(statuses), new Set([200]));
    assert.equal(bench.turns.length, 1);
    await bench.telegram.deliver();
    assert.deepEqual(bench.api.texts(CHAT), ['eco: una']);
  });

  it('answers only when the turn is saved: 503 while the store is away, then the same update is welcome', async () => {
    await bench.telegram.start();
    bench.failures.push(...Array.from({ length: 5 }, () => new BussolaError('store_unavailable', 'not there')));
    bench.api.say(CHAT, 'insista');
    await bench.api.until(() => bench.turns.length === 1);
    await bench.api.until(() => bench.api.updates.length === 0);
    assert.deepEqual(bench.api.updates.statuses, [503, 503, 503, 503, 503, 200]);
    await bench.telegram.deliver();
    assert.deepEqual(bench.api.texts(CHAT), ['eco: insista']);
  });

  it('answers 503 when the store is closed under it', async () => {
    bench.failures.push(new Error('connection terminated'));
    const { check } = bench.store;
    bench.store.check = () => Promise.reject(new Error('closed'));
    assert.equal(await bench.post(update(3, 'x'), SECRET), 503);
    bench.store.check = check;
    assert.equal(await bench.post(update(3, 'x'), SECRET), 200);
  });

  it('delivers, from another process, what was committed and not sent', async () => {
    bench.api.fail({ method: 'sendMessage', code: 429, retryAfter: 5 });
    assert.equal(await bench.post(update(4, 'resti'), SECRET), 200);
    await bench.telegram.stop();
    bench.advance(6);
    const next = bench.another();
    await next.start();
    await next.deliver();
    assert.deepEqual(bench.api.texts(CHAT), ['eco: resti']);
  });

  it('tells the store later what it could not tell at once, and sends nothing twice', async () => {
    const { delivered } = bench.store;
    bench.store.delivered = () => Promise.reject(new BussolaError('store_unavailable', 'not there'));
    await bench.post(update(5, 'una'), SECRET);
    for (let times = 0; times < 3; times += 1) await bench.telegram.deliver();
    bench.store.delivered = delivered;
    await bench.post(update(6, 'due'), SECRET);
    await bench.telegram.deliver();
    assert.deepEqual(bench.api.texts(CHAT), ['eco: una', 'eco: due']);
    assert.deepEqual(await bench.store.undelivered('telegram', new Date(), 10), []);
  });

  it('logs nothing that anyone wrote', async () => {
    bench.failures.push(new Error('a mistake'));
    bench.api.fail({ method: 'sendMessage', code: 400, description: 'Bad Request: no', times: 2 });
    await bench.post(update(7, 'parola segreta'), SECRET);
    await bench.post(update(7, 'parola segreta'), SECRET);
    await bench.telegram.deliver();
    assert.ok(bench.logged.length >= 2);
    assert.doesNotMatch(JSON.stringify(bench.logged), /segreta|501|Prova|token/);
  });
});
