// The chat on a wire that fails, in a real Chromium against the real server: two tabs, cuts, reloads, sleep, old tokens.
// Nothing that was written may be lost, shown twice or said twice.
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { bubbles, openChat, startWireSite, write } from './support/wire-site.ts';
import type { WireSite } from './support/wire-site.ts';

const PENDING = 'In attesa di partire';
/** A question of ours that answers alike wherever it is asked. */
const ASK = 'Come trattate i miei dati?';

describe('the chat on a wire that fails', function () {
  // A real browser, on a machine that may be busy.
  this.timeout(60_000);
  let site: WireSite;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    site = await startWireSite();
  });
  after(() => site.close());
  beforeEach(async () => {
    context = await site.browser.newContext({ locale: 'it-IT', reducedMotion: 'reduce' });
    page = await openChat(site, context);
  });
  afterEach(async () => {
    site.proxy.block(false);
    await context.close();
  });

  const said = (all: string[], text: string): number => all.filter((one) => one === `> ${text}`).length;
  /** The bot has answered to the last thing that was said, and nothing waits. */
  const answered = async (where: Page, text: string): Promise<string[]> => {
    const mine = where.locator('#list > li.me').filter({ hasText: text });
    await mine.first().waitFor();
    await where.locator('#list > li.me', { hasText: text }).locator('~ li.bot').first().waitFor();
    await where.getByText(PENDING).waitFor({ state: 'detached' });
    return bubbles(where);
  };
  const duplicate = async (): Promise<Page> => {
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      // What duplicating a tab does: the new one begins with a copy of this one's storage.
      page.evaluate(() => void window.open(location.href)),
    ]);
    await tab.locator('#list > li.bot').first().waitFor();
    return tab;
  };

  it('two tabs show everything once, and both may write, each over its own socket', async () => {
    await write(page, ASK);
    const first = await answered(page, ASK);
    const twin = await duplicate();
    assert.deepEqual(await answered(twin, ASK), first);
    const asked: string[] = [];
    for (const tab of [page, twin]) tab.on('request', (request) => asked.push(request.url()));
    await write(twin, 'ho fame');
    await answered(page, 'ho fame');
    await write(page, 'abito a Porcari');
    await answered(twin, 'abito a Porcari');
    const [one, other] = [await answered(page, 'abito a Porcari'), await bubbles(twin)];
    assert.deepEqual(other, one);
    for (const text of [ASK, 'ho fame', 'abito a Porcari']) assert.equal(said(one, text), 1, text);
    assert.deepEqual(asked, [], 'no tab polls');
  });

  it('two tabs that both hold a message not yet sent say it once', async () => {
    await page.routeWebSocket('**/stream**', (socket) => socket.close());
    await page.route('**/activities', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await page.reload();
    await page.locator('.choice').first().waitFor();
    await write(page, 'ho fame');
    await page.getByText(PENDING).waitFor();
    const twin = await duplicate();
    await answered(twin, 'ho fame');
    // The other has said it; this one hears so, and still means to send it.
    await page.unrouteAll();
    await page.waitForResponse((response) => response.request().method() === 'POST');
    const all = await answered(page, 'ho fame');
    assert.equal(said(all, 'ho fame'), 1);
    assert.deepEqual(await bubbles(twin), all);
  });

  it('a message whose answer is cut off is sent again, and is one message', async () => {
    for (const bytes of [1, 30, 90]) {
      const text = `ho fame ${bytes}`;
      site.proxy.cutAfter(bytes, 'down');
      await write(page, text);
      assert.equal(said(await answered(page, text), text), 1);
    }
    const before = await bubbles(page);
    await page.reload();
    await answered(page, 'ho fame 90');
    assert.deepEqual(await bubbles(page), before);
  });

  it('offline in the middle: what is written waits, goes once in its order, and the talk goes on', async () => {
    site.proxy.block(true);
    await write(page, 'ho fame');
    await write(page, ASK);
    await page.getByText(PENDING).first().waitFor();
    await page.locator('#status[data-status="waiting"]').waitFor();
    site.proxy.block(false);
    await answered(page, 'ho fame');
    const all = await answered(page, ASK);
    assert.deepEqual(
      all.filter((one) => one.startsWith('>')),
      ['> ho fame', `> ${ASK}`],
    );
    await page.reload();
    await answered(page, ASK);
    // What waited stands where the log tells it, before its answer.
    assert.deepEqual(await bubbles(page), all);
  });

  it('reloaded while a message is on its way: it arrives once, and what was half written stays', async () => {
    site.proxy.block(true);
    await write(page, 'ho fame');
    await page.locator('#box').fill('a metà');
    await page.getByText(PENDING).waitFor();
    site.proxy.block(false);
    await page.reload();
    assert.equal(said(await answered(page, 'ho fame'), 'ho fame'), 1);
    assert.equal(await page.locator('#box').inputValue(), 'a metà');
  });

  it('goes on after a restart of the server', async () => {
    await site.restart();
    await write(page, 'ho fame');
    assert.equal(said(await answered(page, 'ho fame'), 'ho fame'), 1);
    assert.equal(await page.locator('li.note').count(), 0);
  });

  it('finds out that a socket is dead when the person is back', async () => {
    let dead = false;
    let opened = (): void => {};
    const next = (): Promise<void> => new Promise((resolve) => (opened = resolve));
    await page.routeWebSocket('**/stream**', (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((data) => dead || server.send(data));
      server.onMessage((data) => dead || socket.send(data));
      opened();
    });
    const ours = next();
    // Only a page loaded from now on has its sockets in our hands.
    await page.reload();
    await ours;
    await page.locator('#status[data-status="online"]').waitFor();
    dead = true;
    await write(page, 'ho fame');
    await page.getByText(PENDING).waitFor();
    const again = next();
    await page.evaluate(() => void dispatchEvent(new Event('online')));
    await again;
    dead = false;
    assert.equal(said(await answered(page, 'ho fame'), 'ho fame'), 1);
  });

  describe('tokens', () => {
    it('are renewed before they expire, and the open socket writes on with the new one', async () => {
      await page.close();
      const still = await context.newPage();
      await still.clock.install();
      await still.goto(`${site.proxy.url}/chat/porcari`);
      await still.clock.runFor(2000);
      await still.locator('.choice').first().waitFor();
      site.pass(15 * 60);
      const refreshed = still.waitForResponse('**/tokens/refresh');
      await still.clock.fastForward(15 * 60_000);
      assert.equal((await refreshed).status(), 200);
      await still.evaluate(() => fetch('/livez'));
      site.pass(20 * 60);
      await write(still, 'ho fame');
      await still.clock.runFor(2000);
      const all = await answered(still, 'ho fame');
      assert.equal(said(all, 'ho fame'), 1);
      assert.equal(await still.locator('li.note').count(), 0);
    });

    it('that expired while it slept: a new conversation takes what was written, and the box keeps its text', async () => {
      await write(page, ASK);
      await answered(page, ASK);
      site.proxy.block(true);
      await write(page, 'ho fame');
      await page.locator('#box').fill('a metà');
      await page.getByText(PENDING).waitFor();
      site.pass(3600);
      site.proxy.block(false);
      await page.locator('li.note').waitFor();
      assert.equal(said(await answered(page, 'ho fame'), 'ho fame'), 1);
      assert.equal(await page.locator('#box').inputValue(), 'a metà');
    });

    it('that expired under an open socket: the message is not lost either', async () => {
      site.pass(3600);
      await write(page, 'ho fame');
      await page.locator('li.note').waitFor();
      assert.equal(said(await answered(page, 'ho fame'), 'ho fame'), 1);
    });
  });
});
