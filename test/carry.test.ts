// From a chat on Telegram to the page it offers, in a real browser: the talk goes on there, and its key is seen by nobody else.
// Who cannot use such a key is left to carry-token.test.ts.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { openStore } from '../adapters/store/open.ts';
import { systemClock } from '../bot/clock.ts';
import { readConfig } from '../bot/config.ts';
import type { Log } from '../bot/log.ts';
import { start } from '../bot/main.ts';
import type { Store } from '../bot/ports.ts';
import { TelegramApiDouble } from './doubles/telegram-api.ts';
import { launchBrowser } from './support/browser.ts';
import { makeFolder } from './support/server-process.ts';
import { talkOnTelegram } from './support/telegram-talk.ts';
import type { Shown } from './support/walk.ts';

const PUBLIC_URL = 'http://127.0.0.1:3978';
const HEALTH = 'mia madre ha novant’anni e non si lava più da sola, vive a Porcari';
const RESUMED = 'Riprendiamo da dove eravamo';
const GONE = 'Quel collegamento non vale più: si apre una volta sola';
const KEPT = 'Quel collegamento non vale più. Questa è la conversazione';

describe('a talk carried to the browser', function () {
  this.timeout(60_000);
  const folder = makeFolder();
  let api: TelegramApiDouble;
  let server: Awaited<ReturnType<typeof start>>;
  let store: Store;
  let browser: Browser;
  let printed = '';

  before(async () => {
    api = await TelegramApiDouble.start();
    const settings = { HOST: '127.0.0.1', PORT: '0', PUBLIC_URL, DATA_DIR: folder.path, TELEGRAM_TOKEN: api.token };
    const write = (event: string, fields?: object): void => void (printed += event + JSON.stringify(fields));
    const log: Log = { info: write, warn: write, error: write };
    server = await start(readConfig({ ...settings, TELEGRAM_API_ROOT: api.root }), log, systemClock);
    store = await openStore({ dataDir: folder.path, log });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await store.close();
    await server.close();
    await api.stop();
    folder.remove();
  });

  /** Over plain http Telegram shows the address in the text. */
  const linkIn = (shown: Shown[]): string => {
    const [link = assert.fail('no link')] = /http:\S+#c=[\w-]+/.exec(shown.map(({ text }) => text).join('\n')) ?? [];
    return link.replace(PUBLIC_URL, `http://127.0.0.1:${server.port}`);
  };

  async function open(link: string, page?: Page): Promise<{ page: Page; text: string; urls: string[] }> {
    const opened = page ?? (await (await browser.newContext()).newPage());
    const urls: string[] = [];
    opened.on('request', (request) => urls.push(`${request.url()} ${JSON.stringify(request.headers())}`));
    await opened.goto(link);
    await opened.locator('#list .choice').first().waitFor();
    return { page: opened, urls, text: await opened.locator('#list').innerText() };
  }

  it('goes on where it was, and leaves the key in no address, header, history, log or storage', async () => {
    const telegram = talkOnTelegram(api, 501, store);
    const said = await telegram.say(HEALTH);
    const link = linkIn(said);
    const token = link.split('#c=')[1] ?? '';
    // Whatever looks at the link beforehand has used nothing up.
    assert.equal((await fetch(link)).status, 200);
    const { page, text, urls } = await open(link);
    assert.match(text, new RegExp(RESUMED));
    const buttons = await page.locator('#list .choice').allInnerTexts();
    for (const { label } of said.at(-1)?.choices ?? []) assert.ok(buttons.includes(label), label);
    assert.equal(new URL(page.url()).hash, '');
    assert.ok(!urls.some((url) => url.includes(token)));
    assert.ok(!printed.includes(token));
    assert.ok(!(await page.evaluate(() => JSON.stringify(sessionStorage))).includes(token));
    assert.doesNotMatch(text, /novant/);
    await page.reload();
    await page.locator('#list .choice').first().waitFor();
    assert.match(await page.locator('#list').innerText(), new RegExp(RESUMED));
    await page.locator('#list .choice').first().click();
    await page.locator('#list > li.bot').nth(2).waitFor();
    // On Telegram it goes on from where it was there.
    const there = await telegram.choose(said.at(-1)?.choices[1]?.id ?? '', '');
    assert.doesNotMatch(there.map((one) => one.text).join('\n'), /Riprendiamo|#c=/);
    await page.context().close();
  });

  it('opens once: the second time is a calm, normal chat', async () => {
    const link = linkIn(await talkOnTelegram(api, 502, store).say(HEALTH));
    const first = await open(link);
    assert.match(first.text, new RegExp(RESUMED));
    const second = await open(link);
    assert.match(second.text, new RegExp(GONE));
    assert.match(second.text, /Sono Bussola/);
    await first.page.context().close();
    await second.page.context().close();
  });

  it('begins anew in a tab that already had a chat', async () => {
    const { page } = await open(`http://127.0.0.1:${server.port}/chat/porcari?lang=it`);
    const link = linkIn(await talkOnTelegram(api, 503, store).say(HEALTH));
    // The same page, another fragment: no load by itself.
    await page.evaluate((hash) => void (location.hash = hash), new URL(link).hash);
    await page.locator('#list').getByText(RESUMED).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    assert.doesNotMatch(await page.locator('#list').innerText(), /Sono Bussola/);
    await page.context().close();
  });

  it('takes nobody out of their own talk where the link opens nothing, whoever wrote it', async () => {
    const { page } = await open(`http://127.0.0.1:${server.port}/chat/porcari?lang=it`);
    await page.locator('#box').fill('ho perso il lavoro');
    await page.locator('#box').press('Enter');
    await page.locator('#list > li.bot').nth(1).waitFor();
    const own = page.locator('#list > li.me, #list > li.bot');
    const before = await own.allInnerTexts();
    const idOf = (): Promise<unknown> =>
      page.evaluate(() => JSON.parse(sessionStorage.getItem('bussola:porcari') ?? '{}').conversationId);
    const id = await idOf();
    for (let times = 0; times < 2; times += 1) {
      await page.evaluate(() => void (location.hash = '#c=junk'));
      await page.locator('#list').getByText(KEPT).waitFor();
      assert.equal(await idOf(), id);
      assert.equal(new URL(page.url()).hash, '');
      assert.equal(await own.count(), before.length);
      assert.doesNotMatch(await page.locator('#list').innerText(), new RegExp(GONE));
    }
    await page.locator('#box').fill('e sono a Porcari');
    await page.locator('#box').press('Enter');
    await own.nth(before.length + 1).waitFor();
    assert.equal(await idOf(), id);
    await page.context().close();
  });

  it('is not taken in a frame of another page', async () => {
    const link = linkIn(await talkOnTelegram(api, 505, store).say(HEALTH));
    const page = await (await browser.newContext()).newPage();
    const body = `<iframe src="${link}" width="400" height="600"></iframe>`;
    const site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(body));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const address = site.address();
    await page.goto(`http://localhost:${typeof address === 'object' ? address?.port : 0}/`);
    const list = page.frameLocator('iframe').locator('#list');
    await list.locator('.choice').first().waitFor();
    assert.doesNotMatch(await list.innerText(), new RegExp(`${RESUMED}|${GONE}`));
    await page.context().close();
    await new Promise((resolve) => site.close(resolve));
    const used = await open(link);
    assert.match(used.text, new RegExp(RESUMED));
    await used.page.context().close();
  });

  it('is not taken from a query, and opens the page without JavaScript too', async () => {
    const link = linkIn(await talkOnTelegram(api, 504, store).say(HEALTH));
    const query = await open(link.replace('#c=', '&c='));
    assert.doesNotMatch(query.text, new RegExp(`${RESUMED}|${GONE}`));
    await query.page.context().close();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(link);
    await page.locator('noscript a[href^="/testo/porcari"]').waitFor({ state: 'attached' });
    await context.close();
    const used = await open(link);
    assert.match(used.text, new RegExp(RESUMED));
    await used.page.context().close();
  });
});
