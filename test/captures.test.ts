// What a person's telephone really downloads, by Chromium's own count over the network: the loader, then all until text can be typed.
// How fast it is, and what others weigh, are left to npm run bench -- widget.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
import { captureNetwork, isTalk, weigh } from './support/capture.ts';
import type { Capture, Fetched } from './support/capture.ts';
import { startSite } from './support/widget.ts';
import type { TestSite } from './support/widget.ts';

/** Bytes of compressed bodies. */
const LOADER = 3000;
const CHAT = 24_000;
const HTML = 5000;

describe('what is downloaded', function () {
  this.timeout(30_000);
  let site: TestSite;
  let browser: Browser;
  let host: Server;
  let hostUrl: string;
  let page: Page;
  let capture: Capture;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    host = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="it"><title>Comune</title><link rel="icon" href="data:,"><h1>Comune</h1>
        <script src="${site.origin}/widget.js" data-comune="porcari" defer></script></html>`);
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const address = host.address();
    hostUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  });
  after(async () => {
    await browser.close();
    host.closeAllConnections();
    host.close();
    await site.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: 'it-IT' });
    capture = await captureNetwork(page);
  });
  afterEach(() => page.close());

  const ours = (): Fetched[] => capture.fetched().filter(({ url }) => url !== hostUrl);
  const list = (all: readonly Fetched[]): string => all.map(({ url, body }) => `${body} ${url}`).join('\n');
  const talk = async (): Promise<FrameLocator> => {
    await page.goto(hostUrl, { waitUntil: 'networkidle' });
    await page.getByRole('button').click();
    const frame = page.frameLocator('iframe');
    await frame.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
    return frame;
  };

  it('before the press is one request, the loader, of at most 3,000 bytes', async () => {
    await page.goto(hostUrl, { waitUntil: 'networkidle' });
    assert.deepEqual(capture.begun(), [hostUrl, `${site.origin}/widget.js`]);
    const { body } = weigh(ours());
    assert.ok(body > 0 && body <= LOADER, list(ours()));
  });

  it('until text can be typed is at most 24,000 bytes, the page in the frame included, and each file once', async () => {
    await talk();
    const asset = ours().filter((one) => !isTalk(one));
    assert.deepEqual(asset.map(({ type }) => type).toSorted(), ['Document', 'Script', 'Script', 'Stylesheet']);
    const { body, headers } = weigh(asset);
    const html = asset.find(({ type }) => type === 'Document')?.body ?? 0;
    assert.ok(html > 0 && html <= HTML, `the page is not compressed: ${html}`);
    assert.ok(body > 0 && body <= CHAT, `${list(asset)}\nheaders: ${headers}`);
  });

  it('comes from us alone, and brings no font', async () => {
    const frame = await talk();
    await frame.locator('#box').fill('sportello');
    await frame.locator('#box').press('Enter');
    await frame.locator('section.card').waitFor();
    const { origin } = new URL(hostUrl);
    const strangers = capture.begun().filter((url) => ![site.origin, origin].includes(new URL(url).origin));
    assert.deepEqual(strangers, []);
    assert.deepEqual(
      ours().filter(({ type }) => type === 'Font'),
      [],
    );
  });

  it('is no more on a page of its own, nor in another language', async () => {
    for (const path of ['/chat', '/chat/porcari?lang=en', '/chat/porcari?lang=ro']) {
      const before = ours().length;
      await page.goto(site.origin + path);
      await page.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
      const asset = ours()
        .slice(before)
        .filter((one) => !isTalk(one));
      const { body } = weigh(asset);
      assert.ok(body > 0 && body <= CHAT, list(asset));
      await page.evaluate(() => sessionStorage.clear());
    }
  });
});
