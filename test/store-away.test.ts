// With the store away every channel still says one calm sentence, and to a cry the numbers first; then nothing is lost.
// How a store goes away is left to the store's own tests.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import { TelegramApiDouble } from './doubles/telegram-api.ts';
import { launchBrowser } from './support/browser.ts';
import { startConnector } from './support/connector.ts';
import type { Connector } from './support/connector.ts';
import { call, HttpTalk } from './support/direct-line-http.ts';
import { makeFolder, startServerProcess } from './support/server-process.ts';
import type { ServerProcess } from './support/server-process.ts';

const CHAT = 501;
const CALM = 'non riesco a pagare la bolletta';
const CRY = 'mi voglio ammazzare';
const TROUBLE = /non riesco a rispondere.*112/;
const NUMBERS = /^112[^]*\n\n.*non riesco a rispondere/;

describe('while the store is away', () => {
  let folder: ReturnType<typeof makeFolder>;
  let server: ServerProcess;
  let api: TelegramApiDouble;
  let connector: Connector;
  let web: HttpTalk;
  let browser: Browser;
  let page: Page;

  /** Without these tables nothing of a turn can be read, written or leased. */
  const tables = (from: string, to: string): void => {
    const file = new Database(join(folder.path, 'bussola.sqlite'), { timeout: 5000 });
    for (const name of ['handled', 'leases', 'meta']) file.exec(`alter table ${name}${from} rename to ${name}${to}`);
    file.close();
  };

  before(async () => {
    folder = makeFolder();
    api = await TelegramApiDouble.start();
    server = await startServerProcess({
      DATA_DIR: folder.path,
      TELEGRAM_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      LOG_LEVEL: 'silent',
    });
    connector = await startConnector(server.url);
    await connector.join();
    web = new HttpTalk(server.url);
    await web.open({ channelData: { comune: 'porcari' } });
    api.say(CHAT, '/start');
    await api.until(() => api.sent(CHAT).length > 0);
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    await page.goto(`${server.url}/chat/porcari`);
    await page.locator('#list > li').first().waitFor();
    tables('', '_away');
  });
  after(async () => {
    await browser.close();
    await connector.stop();
    await server.stop();
    await api.stop();
    folder.remove();
  });

  const write = (text: string) =>
    call(server.url, 'POST', `/conversations/${web.id}/activities`, {
      token: web.token,
      body: { type: 'message', text, locale: 'it', from: { id: 'u' } },
    });
  const posted = (from: number): string[] => connector.got.slice(from).map(({ activity }) => activity.text ?? '');

  it('Direct Line refuses with the sentence, a cry with the numbers before it', async () => {
    const calm = await write(CALM);
    assert.equal(calm.status, 503);
    assert.match(calm.raw, TROUBLE);
    const cry = await write(CRY);
    assert.equal(cry.status, 503);
    assert.match(cry.raw, /"message":"112/);
  });

  it('a Bot Framework channel hears the sentence once, a cry the numbers, and is told to come again', async () => {
    const before = connector.got.length;
    assert.equal((await connector.post({ type: 'message', text: CALM })).status, 503);
    assert.match(posted(before).join('|'), TROUBLE);
    assert.equal((await connector.post({ type: 'message', text: CALM })).status, 503);
    assert.equal(posted(before).length, 1);
    const id = 'the-cry';
    assert.equal((await connector.post({ type: 'message', text: CRY, id })).status, 503);
    assert.equal((await connector.post({ type: 'message', text: CRY, id })).status, 503);
    assert.equal(posted(before).length, 2);
    assert.match(posted(before).at(-1) ?? '', NUMBERS);
    const inBody = await connector.post({ type: 'message', text: CRY, deliveryMode: 'expectReplies' });
    assert.equal(inBody.status, 200);
    assert.match(JSON.stringify(inBody.body), /112.*non riesco a rispondere/);
  });

  const written = async (text: string): Promise<void> => {
    await page.locator('#box').fill(text);
    await page.locator('#box').press('Enter');
  };

  it('the widget shows the sentence in the talk, once, and to a cry the numbers to call', async () => {
    await written(CRY);
    const numbers = page.locator('#list > li.floor').filter({ hasText: 'non riesco a rispondere' });
    await numbers.locator('a[href="tel:112"]').waitFor();
    // By the other road, and on a page that opens only now.
    const tab = await page.context().newPage();
    await tab.addInitScript('window.WebSocket = undefined');
    await tab.goto(`${server.url}/chat/porcari`);
    await tab.locator('#list > li').filter({ hasText: TROUBLE }).waitFor();
    assert.equal(await page.locator('#list > li.bot, #list > li.floor').filter({ hasText: TROUBLE }).count(), 1);
    await tab.close();
  });

  it('Telegram hears the sentence once, a cry the numbers; when the store is back, the answers', async () => {
    const before = api.sent(CHAT).length;
    const said = (): string[] => api.texts(CHAT).slice(before);
    api.say(CHAT, CALM);
    await api.until(() => said().length === 1);
    assert.match(said()[0] ?? '', TROUBLE);
    api.say(CHAT, 'mi sente?');
    api.say(CHAT, CRY);
    await api.until(() => said().length === 2);
    assert.match(said()[1] ?? '', NUMBERS);
    tables('_away', '');
    await api.until(() => api.updates.length === 0 && said().some((text) => /bollett/.test(text)), 20_000);
    await api.until(() => said().filter((text) => text.startsWith('112')).length === 2, 20_000);
    assert.equal(said().filter((text) => TROUBLE.test(text)).length, 2, 'nothing was said again meanwhile');
    await page.locator('li.me .state:empty').waitFor({ state: 'attached', timeout: 20_000 });
  });
});
