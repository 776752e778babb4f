// Whatever is typed, sent or configured wrongly: a calm answer or a clear refusal from the real process, nothing lost.
// Each limit of the protocol is left to directline.test.ts, each setting to config.test.ts.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createTokens } from '../../adapters/web/tokens.ts';
import { COMUNI } from '../../flows/types.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import { TelegramApiDouble } from '../doubles/telegram-api.ts';
import { HttpTalk, call } from '../support/direct-line-http.ts';
import { until } from '../support/mail.ts';
import { makeFolder, runToEnd, startServerProcess } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { STORY, walk } from '../support/walk.ts';

const SECRET = 'a secret of this test alone, and long enough';

describe('bad input', () => {
  const folder = makeFolder();
  let smtp: SmtpDouble;
  let server: ServerProcess;
  before(async () => {
    smtp = await SmtpDouble.start();
    server = await startServerProcess({
      DATA_DIR: folder.path,
      TOKEN_SECRET: SECRET,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'bussola@comune.example',
    });
  });
  after(async () => {
    await server.stop();
    await smtp.stop();
    folder.remove();
  });
  const opened = async (body: unknown = {}): Promise<HttpTalk> => {
    const talk = new HttpTalk(server.url);
    assert.ok((await talk.open(body)).length > 0);
    return talk;
  };

  describe('typed', () => {
    const words: Record<string, string> = {
      nothing: '',
      blanks: ' \n\t ',
      '10,000 characters': 'bla '.repeat(2500),
      '10,000 characters without a blank': 'x'.repeat(10_000),
      '100,000 characters': 'aiuto '.repeat(16_666),
      'emoji alone': '😭😭😭 🏚️ 👨‍👩‍👧',
      'control characters': '\u0000\u0007\u001b[2J\u009b',
      'right-to-left overrides': '\u202Eattellob\u202C \u2066x\u2069',
      'half of a surrogate pair': '\ud83d',
      'combining marks': `b${'\u0301'.repeat(3000)}`,
      markup: '<script>alert(1)</script> {{name}} ${x} %s',
    };
    for (const [what, text] of Object.entries(words))
      it(`${what}: is answered, and the talk goes on`, async () => {
        const talk = await opened();
        const answer = await talk.say(text);
        assert.ok(answer.length > 0 && answer.every((bubble) => bubble.text.trim() !== ''));
        const [next] = (await talk.say(STORY)).slice(-1);
        assert.ok(next?.choices.some(({ id }) => id === 'economic.cutoff.no'));
      });

    it('all of it in the middle of a request: the draft is kept, and the request goes through', async () => {
      const talk = await opened();
      await talk.say(STORY);
      for (const choice of ['economic.cutoff.no', 'access.followed.first', 'result.request', 'request.consent.yes'])
        await talk.choose(choice, choice);
      await talk.say('Fiordaliso');
      await talk.say('333 000 0000');
      for (const text of ['', '😭', '\u0000', '\u202Ebla']) assert.ok((await talk.say(text)).length > 0);
      for (const choice of ['request.when.any', 'request.safe.any', 'request.note.skip'])
        await talk.choose(choice, choice);
      const code = (await talk.choose('request.summary.send', '')).find((bubble) => bubble.case !== null)?.case;
      await until(() => smtp.delivered.some(({ mail }) => mail.subject?.includes(String(code)) ?? false));
    });

    it('as a name and a note: the mail shows them as plain words, turns nothing round and runs nothing', async () => {
      const talk = await opened();
      const { code } = await walk(talk, {
        name: 'Fiore\u202Eollebroc\r\nBcc: altri@posta.example <b>grassetto</b>',
        contact: '333 000 0000',
        note: '<img src=x onerror=alert(1)> \u0000\u2067 www.truffa.example',
      });
      const found = () => smtp.delivered.find(({ mail }) => mail.subject?.includes(code));
      await until(() => found() !== undefined);
      const mail = found()?.mail ?? assert.fail('no mail');
      for (const part of [mail.text ?? '', mail.html || '', mail.subject ?? ''])
        assert.doesNotMatch(part, /[\u202A-\u202E\u2066-\u2069\u0000]/u);
      assert.equal(mail.bcc, undefined);
      assert.deepEqual(found()?.to.length, 1);
      assert.doesNotMatch(mail.html || '', /<(img|b)\b/);
    });
  });

  describe('sent', () => {
    const path = (id: string): string => `/conversations/${id}/activities`;
    const hello = { type: 'message', text: 'ciao' };

    it('invalid JSON and what is no activity: 400 with a reason, and nothing of it in the talk', async () => {
      const talk = await opened();
      for (const body of ['{', '[]', '"ciao"', '{"type":7}', '{"type":"message","text":{}}']) {
        const refused = await call(server.url, 'POST', path(talk.id), { token: talk.token, body });
        assert.equal(refused.status, 400, body);
        assert.ok((refused.body as { error: { message: string } }).error.message.length > 0);
      }
      assert.equal(
        (await talk.log()).every(({ from }) => from.id === 'bussola'),
        true,
      );
    });

    it('an unknown conversation, an expired, foreign or changed token: refused alike', async () => {
      const talk = await opened();
      const other = await opened();
      const claims = { conv: talk.id, user: 'dl_prova' };
      const hourAgo = (): Date => new Date(Date.now() - 3_600_000);
      const expired = createTokens(SECRET, hourAgo).sign('chat', claims);
      const forged = createTokens('another secret, of somebody else', () => new Date()).sign('chat', claims);
      const stream = createTokens(SECRET, () => new Date()).sign('stream', claims);
      const bad = [expired, forged, stream, other.token, `${talk.token}x`, 'undefined', ''];
      for (const token of bad)
        for (const method of ['GET', 'POST'] as const) {
          const body = method === 'POST' ? { body: hello } : {};
          assert.equal((await call(server.url, method, path(talk.id), { token, ...body })).status, 403);
        }
      const never = createTokens(SECRET, () => new Date()).sign('chat', { conv: 'never-started', user: 'dl_prova' });
      assert.equal((await call(server.url, 'GET', '/conversations/never-started', { token: never })).status, 404);
      assert.equal((await call(server.url, 'GET', path('none'), { token: talk.token })).status, 403);
      assert.equal(
        (await talk.log()).every(({ from }) => from.id === 'bussola'),
        true,
      );
    });

    it('an unknown comune: a page that names the seven, and a talk that asks', async () => {
      for (const address of ['/?comune=atlantide', '/chat/atlantide', '/testo/atlantide']) {
        const page = await fetch(server.url + address);
        const text = await page.text();
        assert.equal(page.status, 404);
        for (const id of COMUNI) assert.ok(text.includes(id), `${address} does not name ${id}`);
        assert.ok(!text.includes('atlantide'));
      }
      const talk = await opened({ channelData: { comune: 'atlantide' } });
      const answers = [
        ...(await talk.say('non riesco a pagare la bolletta della luce')),
        ...(await talk.choose('economic.cutoff.no', '')),
      ];
      const asked = answers.flatMap(({ choices }) => choices.map(({ id }) => id));
      assert.ok(asked.includes('access.comune.porcari'), asked.join(' '));
    });
  });
});

describe('the process', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.remove());

  it('ends with 0 within ten seconds when told to, with streams open and Telegram polling', async () => {
    const api = await TelegramApiDouble.start();
    const server = await startServerProcess({
      DATA_DIR: folder.path,
      TELEGRAM_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
    });
    try {
      await api.until(() => api.callsOf('getUpdates').length > 0);
      const started = (await call(server.url, 'POST', '/conversations', { body: {} })).body as { streamUrl: string };
      const socket = new WebSocket(started.streamUrl);
      await once(socket, 'message');
      const closed = once(socket, 'close');
      const asked = performance.now();
      assert.equal(await server.stop(), 0);
      assert.ok(performance.now() - asked < 10_000);
      assert.equal((await closed)[0], 1001);
      assert.doesNotMatch(server.output(), /"level":50/);
    } finally {
      await server.kill();
      await api.stop();
    }
  });

  it('refuses wrong and missing settings with 2, all of them at once, and repeats no secret', async () => {
    const { code, stdout, stderr } = await runToEnd('bot/main.ts', [], {
      DATA_DIR: folder.path,
      PORT: 'ottanta',
      SMTP_URL: 'http://user:parolasegreta@posta.example',
      TELEGRAM_TOKEN: 'parolasegreta',
      TOKEN_SECRET: 'corta',
      MicrosoftAppId: 'uno',
    });
    assert.deepEqual([code, stdout], [2, '']);
    for (const name of ['PORT', 'SMTP_URL', 'TELEGRAM_TOKEN', 'TOKEN_SECRET', 'MicrosoftAppPassword'])
      assert.ok(stderr.includes(name), `${name} is not named`);
    assert.ok(!stderr.includes('parolasegreta'));
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  it('refuses a mail server without a sender with 2', async () => {
    const settings = { DATA_DIR: folder.path, SMTP_URL: 'smtp://127.0.0.1:1' };
    const { code, stderr } = await runToEnd('bot/main.ts', [], settings);
    assert.equal(code, 2);
    assert.ok(stderr.includes('MAIL_FROM'));
  });

  it('says which port is taken, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const { code, stderr } = await runToEnd('bot/main.ts', [], {
      DATA_DIR: folder.path,
      HOST: '127.0.0.1',
      PORT: port,
    });
    other.close();
    assert.equal(code, 1);
    assert.ok(stderr.includes(port), stderr);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  it('says when its data folder or database cannot be used, and ends with 1', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const noFolder = await runToEnd('bot/main.ts', [], { DATA_DIR: join(file, 'data'), PORT: '0' });
    assert.equal(noFolder.code, 1);
    assert.ok(noFolder.stderr.length > 10);
    const DATABASE_URL = 'postgres://bussola:parolasegreta@127.0.0.1:1/bussola';
    const noDatabase = await runToEnd('bot/main.ts', [], { DATA_DIR: folder.path, PORT: '0', DATABASE_URL });
    assert.equal(noDatabase.code, 1);
    assert.ok(noDatabase.stderr.length > 10);
    for (const { stdout, stderr } of [noFolder, noDatabase]) assert.ok(!`${stdout}${stderr}`.includes('parolasegreta'));
  });
});
