// The same request, walked on every channel against the real process: from a bill to a desk, a code and a mail.
// What each channel does at its edges is left to the channel's own tests.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { Browser } from 'playwright-core';
import { createCalendar } from '../../adapters/directory/calendar.ts';
import { loadDirectory } from '../../adapters/directory/directory.ts';
import { openStore } from '../../adapters/store/open.ts';
import { silentLog } from '../../bot/log.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import { TelegramApiDouble } from '../doubles/telegram-api.ts';
import { launchBrowser } from '../support/browser.ts';
import { openWidget } from '../support/browser-talk.ts';
import { startConnector } from '../support/connector.ts';
import { connectDirectLine } from '../support/direct-line-client.ts';
import { HttpTalk } from '../support/direct-line-http.ts';
import { until } from '../support/mail.ts';
import { startPostgres } from '../support/postgres.ts';
import { makeFolder, runToEnd, startServerProcess } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { talkOnTelegram } from '../support/telegram-talk.ts';
import { CODE, DESK_INBOX, PERSON, walk } from '../support/walk.ts';
import type { Person, Walked } from '../support/walk.ts';

const directory = loadDirectory();
const calendar = createCalendar(directory);

/** How the desk's next opening (or closing, if it is open) must appear just now, whatever the words around it. */
function openingNow(): RegExp {
  const desk = directory.desk('porcari-segretariato') ?? assert.fail('no such desk');
  const { open, until, next } = calendar.opening(desk, 'porcari', new Date()) ?? assert.fail('no hours');
  const at = (open ? until : next) ?? assert.fail('never open');
  const inRome = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('it', { timeZone: 'Europe/Rome', ...options }).format(at);
  const day = open ? '' : `(oggi|domani|${inRome({ weekday: 'long', day: 'numeric' })})[^\\n–]*`;
  return new RegExp(`^[^–\\n]*${day}\\b${Number(inRome({ hour: 'numeric' }))}\\b`, 'm');
}

/** What every channel must come to. */
function checkWalk({ turnsToDesk, desk, code }: Walked): void {
  assert.ok(turnsToDesk <= 4, `${turnsToDesk} turns to the desk`);
  assert.match(desk.text, openingNow());
  assert.match(code, CODE);
}

function checkMail(mail: ParsedMail, code: string, { name, contact }: Person = PERSON): void {
  assert.ok(mail.subject?.includes(code));
  assert.ok(!mail.subject?.includes(name));
  const to = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
  assert.deepEqual(to, [DESK_INBOX]);
  for (const part of [mail.text ?? '', mail.html || ''])
    for (const fact of [code, name, contact, 'Porcari']) assert.ok(part.includes(fact), `no ${fact} in the mail`);
}

describe('one request, end to end', () => {
  describe('in a terminal', () => {
    const folder = makeFolder();
    const at = ['--json', '--at', '2026-11-22T10:00', '--data', folder.path];
    after(() => folder.remove());

    it('reads lines, prints objects and turns, ends with 0, and leaves the mail in its folder', async () => {
      const lines = [
        'Buongiorno, mi è arrivata la bolletta della luce da 480 euro e non ce la faccio a pagarla. Abito a Porcari.',
        'economic.cutoff.no',
        'access.followed.first',
        'result.request',
        'request.consent.yes',
        PERSON.name,
        PERSON.contact,
        'request.when.any',
        'request.safe.any',
        'request.note.skip',
        'request.summary.send',
      ];
      const { code, stdout, stderr } = await runToEnd('bot/chat.ts', at, {}, `${lines.join('\n')}\n`);
      assert.deepEqual([code, stderr], [0, '']);
      const printed = stdout
        .trim()
        .split('\n')
        .map((line): Record<string, unknown> => JSON.parse(line));
      const turns = printed.filter((one) => 'turn' in one).map((one) => one['turn']);
      assert.deepEqual(turns, [...lines.keys(), lines.length]);
      assert.ok('turn' in (printed.at(-1) ?? {}));
      const greeting = printed.findIndex((one) => 'turn' in one);
      assert.ok(greeting >= 1);
      for (const message of printed.filter((one) => !('turn' in one))) {
        assert.deepEqual(Object.keys(message), ['text', 'choices', 'links', 'case']);
        assert.equal(typeof message['text'], 'string');
        for (const choice of message['choices'] as object[]) assert.deepEqual(Object.keys(choice), ['id', 'label']);
        for (const link of message['links'] as { url: string }[]) assert.match(link.url, /^(tel|mailto|https):/);
      }
      const desk = printed.findIndex((one) => String(one['text']).includes('0583 211899'));
      assert.match(String(printed[desk]?.['text']), /martedì 24 novembre[^\n]*\b9\b/);
      const answered = printed.slice(0, desk).filter((one) => 'turn' in one).length;
      assert.ok(answered <= 4, `the desk came in turn ${answered}`);
      const given = printed.map((one) => one['case']).find((one) => typeof one === 'string');
      const files = readdirSync(join(folder.path, 'mail'));
      assert.equal(files.length, 1);
      checkMail(await simpleParser(readFileSync(join(folder.path, 'mail', files[0] ?? ''))), String(given));
    });

    it('shows plain text to eyes, also at the end of an empty input', async () => {
      const { code, stdout } = await runToEnd('bot/chat.ts', ['--lang', 'en', '--comune', 'porcari'], {}, '');
      assert.equal(code, 0);
      assert.match(stdout, /\b112\b/);
      assert.match(stdout, /1\) /);
    });

    for (const args of [['--comune', 'atlantide', '--lang', 'xx', '--at', 'domani'], ['--jsn']])
      it(`refuses ${args.join(' ')} with 2, naming each mistake`, async () => {
        const { code, stdout, stderr } = await runToEnd('bot/chat.ts', args, {}, 'ciao\n');
        assert.deepEqual([code, stdout], [2, '']);
        for (const option of args.filter((arg) => arg.startsWith('--'))) assert.ok(stderr.includes(option), stderr);
      });
  });

  describe('without settings', () => {
    const folder = makeFolder();
    let server: ServerProcess;
    before(async () => {
      server = await startServerProcess({ DATA_DIR: folder.path });
    });
    after(async () => {
      await server.stop();
      folder.remove();
    });
    const inFolder = async (code: string): Promise<{ id: string; mail: ParsedMail }> => {
      const find = (): string | undefined =>
        readdirSync(folder.path).includes('mail')
          ? readdirSync(join(folder.path, 'mail')).find(
              (name) => name.endsWith('.eml') && read(name).includes(`Subject: `) && read(name).includes(code),
            )
          : undefined;
      const read = (name: string): string => readFileSync(join(folder.path, 'mail', name), 'utf8');
      await until(() => find() !== undefined);
      const name = find() ?? '';
      return { id: name.replace(/\.eml$/, ''), mail: await simpleParser(read(name)) };
    };

    it('DirectLineJS, polling: the mail is a file, and is shown at /posta', async () => {
      const client = connectDirectLine(server.url, false);
      try {
        assert.ok((await client.greeting()).length > 0);
        const walked = await walk(client);
        checkWalk(walked);
        const { id, mail } = await inFolder(walked.code);
        checkMail(mail, walked.code);
        const list = await (await fetch(`${server.url}/posta`)).text();
        assert.ok(list.includes(walked.code) && list.includes(`/posta/${id}`));
        const page = await (await fetch(`${server.url}/posta/${id}`)).text();
        assert.ok(page.includes(PERSON.name) && page.includes(PERSON.contact));
        const [, link] = /href="(\/posta\/[^"]+\.eml)"/.exec(page) ?? [];
        const file = await fetch(server.url + link);
        assert.equal(file.headers.get('content-type'), 'message/rfc822');
        checkMail(await simpleParser(await file.text()), walked.code);
      } finally {
        client.end();
      }
    });

    it('a Bot Framework channel', async () => {
      const connector = await startConnector(server.url);
      try {
        assert.ok((await connector.join()).length > 0);
        const walked = await walk(connector);
        checkWalk(walked);
        checkMail((await inFolder(walked.code)).mail, walked.code);
      } finally {
        await connector.stop();
      }
    });
  });

  describe('with a mail server and Telegram', () => {
    const folder = makeFolder();
    let smtp: SmtpDouble;
    let api: TelegramApiDouble;
    let server: ServerProcess;
    let browser: Browser;
    before(async function () {
      this.timeout(60_000);
      [smtp, api] = await Promise.all([SmtpDouble.start(), TelegramApiDouble.start()]);
      [server, browser] = await Promise.all([
        startServerProcess({
          DATA_DIR: folder.path,
          SMTP_URL: smtp.url,
          MAIL_FROM: 'bussola@comune.example',
          TELEGRAM_TOKEN: api.token,
          TELEGRAM_API_ROOT: api.root,
        }),
        launchBrowser(),
      ]);
    });
    after(async () => {
      await browser.close();
      await server.stop();
      await api.stop();
      await smtp.stop();
      folder.remove();
      Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
    });
    /** Exactly one mail has that code, and nobody else got it. */
    const delivered = async (code: string): Promise<void> => {
      const found = () => smtp.delivered.filter(({ mail }) => mail.subject?.includes(code));
      await until(() => found().length > 0);
      assert.equal(found().length, 1);
      const [one] = found();
      assert.deepEqual(one?.to, [DESK_INBOX]);
      if (one) checkMail(one.mail, code);
    };

    it('DirectLineJS, streaming: each message is heard once, the mail is delivered', async () => {
      const client = connectDirectLine(server.url, true);
      try {
        assert.ok((await client.greeting()).length > 0);
        const walked = await walk(client);
        checkWalk(walked);
        await delivered(walked.code);
        assert.equal(new Set(client.heard.map(({ id }) => id)).size, client.heard.length);
      } finally {
        client.end();
      }
    });

    it('a browser, in the widget of the page of Porcari', async function () {
      this.timeout(60_000);
      const context = await browser.newContext({ locale: 'it-IT', viewport: { width: 390, height: 844 } });
      try {
        const page = await context.newPage();
        const talk = await openWidget(page, `${server.url}/?comune=porcari`);
        const walked = await walk(talk);
        checkWalk(walked);
        await delivered(walked.code);
        const list = talk.frame.locator('#list');
        assert.ok((await list.locator('a[href="tel:+390583211899"]').count()) > 0);
        assert.ok((await list.innerText()).includes(walked.code));
        const told = [PERSON.name, 'Fiordaliso', '3330000000', '333%20000', '480', 'bolletta', walked.code];
        for (const url of talk.urls) for (const word of told) assert.ok(!url.includes(word), `${word} in ${url}`);
      } finally {
        await context.close();
      }
    });

    it('Telegram', async function () {
      this.timeout(60_000);
      const store = await openStore({ dataDir: folder.path, log: silentLog });
      try {
        const walked = await walk(talkOnTelegram(api, 501, store));
        checkWalk(walked);
        await delivered(walked.code);
      } finally {
        await store.close();
      }
      assert.ok(api.calls.every(({ status }) => status < 400));
    });
  });

  describe('on PostgreSQL', () => {
    it('answers and mails the same', async function () {
      this.timeout(120_000);
      const folder = makeFolder();
      const postgres = await startPostgres();
      const smtp = await SmtpDouble.start();
      const settings = {
        DATA_DIR: folder.path,
        DATABASE_URL: await postgres.fresh(),
        SMTP_URL: smtp.url,
        MAIL_FROM: 'bussola@comune.example',
      };
      const server = await startServerProcess(settings);
      try {
        const talk = new HttpTalk(server.url);
        assert.ok((await talk.open({ channelData: { comune: 'porcari' } })).length > 0);
        const walked = await walk(talk);
        checkWalk(walked);
        await until(() => smtp.delivered.length > 0);
        assert.equal(smtp.delivered.length, 1);
        const [one] = smtp.delivered;
        if (one) checkMail(one.mail, walked.code);
        assert.ok(!readdirSync(folder.path).some((name) => name.includes('sqlite')));
        assert.equal(await server.stop(), 0);
      } finally {
        await server.kill();
        await smtp.stop();
        await postgres.stop();
        folder.remove();
      }
    });
  });
});
