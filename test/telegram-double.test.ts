// The Bot API double refuses what the real server refuses, in every kind of body.
// What the bot makes of it is left to the other Telegram tests.
import assert from 'node:assert/strict';
import { TelegramApiDouble } from './doubles/telegram-api.ts';

describe('the Bot API double', () => {
  let api: TelegramApiDouble;
  beforeEach(async () => {
    api = await TelegramApiDouble.start({ httpsOnly: true });
  });
  afterEach(() => api.stop());

  interface Answer {
    ok: boolean;
    error_code?: number;
    description?: string;
    parameters?: { retry_after?: number; migrate_to_chat_id?: number };
    result?: unknown;
  }
  const ask = async (method: string, body?: RequestInit['body'] | object, token = api.token): Promise<Answer> => {
    const json = typeof body === 'object' && !(body instanceof FormData) && !(body instanceof URLSearchParams);
    const response = await fetch(`${api.root}/bot${token}/${method}`, {
      method: 'POST',
      ...(json
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : { body: body ?? null }),
    });
    return (await response.json()) as Answer;
  };
  const said = async (parameters: object): Promise<string> => {
    const { ok, error_code: code, description } = await ask('sendMessage', { chat_id: 5, ...parameters });
    return ok ? 'ok' : `${code} ${description}`;
  };

  it('reads JSON, urlencoded and multipart', async () => {
    const form = new FormData();
    form.set('chat_id', '5');
    form.set('text', 'tre');
    form.set('reply_markup', JSON.stringify({ inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }));
    await ask('sendMessage', { chat_id: 5, text: 'uno' });
    await ask('sendMessage', new URLSearchParams({ chat_id: '5', text: '2' }));
    await ask('sendMessage', form);
    assert.deepEqual(api.texts(5), ['uno', '2', 'tre']);
    assert.deepEqual(api.buttons(5), ['A']);
  });

  it('refuses empty, too long, bad HTML, bad buttons, wrong token', async () => {
    const button = (given: object): object => ({
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'A', ...given }]] },
    });
    assert.match(await said({ text: '' }), /^400 .*empty/);
    assert.match(await said({ text: '\u200b \n' }), /^400 .*empty/);
    assert.match(await said({ text: 'x'.repeat(4097) }), /^400 .*too long/);
    assert.equal(await said({ text: '🙂'.repeat(4096) }), 'ok');
    assert.match(await said({ text: '<b>x', parse_mode: 'HTML' }), /^400 .*end tag/);
    assert.match(await said({ text: '<script>x</script>', parse_mode: 'HTML' }), /^400 .*Unsupported start tag/);
    assert.match(await said({ text: '<b>x</i>', parse_mode: 'HTML' }), /^400 .*Unexpected end tag/);
    assert.equal(await said({ text: '<b>D&#39;A &lt;&amp;</b>', parse_mode: 'HTML' }), 'ok');
    assert.equal(api.texts(5).at(-1), "D'A <&");
    assert.match(await said(button({ callback_data: 'è'.repeat(33) })), /^400 .*BUTTON_DATA_INVALID/);
    assert.equal(await said(button({ callback_data: 'è'.repeat(32) })), 'ok');
    assert.match(await said(button({ url: 'tel:112' })), /^400 .*URL/);
    assert.equal((await ask('getMe', {}, '1:wrong')).error_code, 401);
  });

  it('plays 403, 429 and not modified', async () => {
    api.fail({ method: 'sendMessage', chat: 5, code: 429, retryAfter: 7 });
    assert.equal((await ask('sendMessage', { chat_id: 5, text: 'x' })).parameters?.retry_after, 7);
    await said({ text: 'x' });
    const [sent] = api.sent(5);
    const edit = { chat_id: 5, message_id: sent?.message_id };
    assert.match((await ask('editMessageReplyMarkup', edit)).description ?? '', /not modified/);
    assert.match((await ask('editMessageText', { ...edit, text: 'x' })).description ?? '', /not modified/);
    assert.equal((await ask('editMessageText', { ...edit, text: 'y' })).ok, true);
    assert.match((await ask('answerCallbackQuery', { callback_query_id: 'none' })).description ?? '', /too old/);
    api.block(5);
    assert.match(await said({ text: 'x' }), /^403 .*blocked/);
  });

  it('knows keys below the line, contacts to save, and what cannot be changed', async () => {
    const keyboard = [[{ text: 'Il mio numero', request_contact: true }]];
    await said({ text: 'x', reply_markup: { keyboard, one_time_keyboard: true } });
    assert.deepEqual(api.keys(5), [{ text: 'Il mio numero', sends: 'contact' }]);
    const [sent] = api.sent(5);
    const edit = { chat_id: 5, message_id: sent?.message_id, text: 'y' };
    assert.match((await ask('editMessageText', edit)).description ?? '', /can't be edited/);
    await said({ text: 'x', reply_markup: { remove_keyboard: true } });
    assert.deepEqual(api.keys(5), []);
    assert.throws(() => api.shareNumber(5, '+390583000000'), /no key/);
    const contact = { chat_id: 5, phone_number: '112', first_name: 'Numero' };
    assert.equal((await ask('sendContact', contact)).ok, true);
    assert.match((await ask('sendContact', { ...contact, first_name: '' })).description ?? '', /first name is empty/);
    assert.match((await ask('sendContact', { ...contact, vcard: 'x'.repeat(2049) })).description ?? '', /vCard/);
  });

  it('says where a group has gone, and which chats are closed or not there', async () => {
    api.upgrade(-5, -1005);
    const moved = await ask('sendMessage', { chat_id: -5, text: 'x' });
    assert.deepEqual([moved.error_code, moved.parameters], [400, { migrate_to_chat_id: -1005 }]);
    api.closeTopic(-6);
    assert.match(await said({ chat_id: -6, text: 'x' }), /^400 .*TOPIC_CLOSED/);
    api.forget(5);
    assert.match(await said({ text: 'x' }), /^400 .*chat not found/);
  });

  it('holds a poll until there is news, forgets below the offset, ends the first of two pollers', async () => {
    const first = ask('getUpdates', { timeout: 5 });
    await api.until(() => api.callsOf('getUpdates').length === 1);
    const second = ask('getUpdates', { timeout: 5 });
    assert.equal((await first).error_code, 409);
    const { update_id: id } = api.say(5, 'ciao');
    const ids = ({ result }: Answer): unknown[] =>
      Array.isArray(result) ? result.map((update: { update_id: number }) => update.update_id) : [];
    assert.deepEqual(ids(await second), [id]);
    assert.deepEqual(ids(await ask('getUpdates', {})), [id]);
    assert.deepEqual(ids(await ask('getUpdates', { offset: id + 1 })), []);
    assert.deepEqual(ids(await ask('getUpdates', {})), []);
  });

  it('takes only https webhooks, and no polls beside one', async () => {
    assert.match((await ask('setWebhook', { url: 'http://bot.example/' })).description ?? '', /HTTPS/);
    assert.equal((await ask('setWebhook', { url: 'https://127.0.0.1:9/', secret_token: 'abc' })).ok, true);
    assert.equal((await ask('getUpdates', {})).error_code, 409);
    assert.deepEqual((await ask('getWebhookInfo', {})).result, {
      url: 'https://127.0.0.1:9/',
      has_custom_certificate: false,
      pending_update_count: 0,
    });
    assert.equal((await ask('deleteWebhook', {})).ok, true);
    assert.equal((await ask('getUpdates', {})).ok, true);
  });
});
