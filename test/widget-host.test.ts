// The widget on pages of others: strict policies, hostile styles, nothing asked before the press, a loader that is pinned.
// The chat in the frame is left to the other tests.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { GREETING, LAUNCHER, widgetPage } from './support/widget-page.ts';

describe('widget on a page of others', () => {
  const w = widgetPage();

  let host: Server;
  let hostPort = 0;
  let attributes = '';
  let style = '';
  /** What is pasted into the page instead of the plain loader. */
  let snippet = '';
  before((done) => {
    host = createServer((_request, response) => {
      const policy = `default-src 'none'; script-src ${w.site.origin}; frame-src ${w.site.origin}; style-src ${style ? "'unsafe-inline'" : "'none'"}`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      response.end(`<!doctype html><html lang="it">${style && `<style>${style}</style>`}<title>Comune</title><main><h1>Comune</h1></main>
          <footer><a href="#x">Ultimo link</a></footer>${snippet || `<script src="${w.site.origin}/widget.js" ${attributes} defer></script>`}</html>`);
    }).listen(0, '127.0.0.1', () => {
      const address = host.address();
      hostPort = typeof address === 'object' ? (address?.port ?? 0) : 0;
      done();
    });
  });
  after((done) => {
    host.close(() => done());
    host.closeAllConnections();
  });

  beforeEach(() => {
    style = '';
    snippet = '';
  });

  const visit = async (given: string): Promise<{ requests: string[]; refused: string[] }> => {
    attributes = given;
    const requests: string[] = [];
    const refused: string[] = [];
    w.page.on('request', (request) => requests.push(request.url()));
    w.page.on('console', (line) =>
      refused.push(...(/Content Security Policy|Refused|integrity/.test(line.text()) ? [line.text()] : [])),
    );
    // Another name of this machine: another origin than the chat's.
    await w.page.goto(`http://localhost:${hostPort}/`);
    return { requests, refused };
  };

  it('asks for nothing before it is pressed, breaks no strict policy, and works', async () => {
    const { requests, refused } = await visit('data-comune="porcari" data-lang="it"');
    const launcher = w.page.getByRole('button', { name: LAUNCHER });
    await launcher.waitFor();
    assert.deepEqual(requests.slice(1), [`${w.site.origin}/widget.js`]);
    await launcher.click();
    const frame = w.page.frameLocator('iframe');
    await frame.locator('#list').getByText(GREETING).waitFor();
    await frame.getByRole('button', { name: 'Chiudi la chat' }).click();
    await w.page.locator('iframe').waitFor({ state: 'hidden' });
    assert.deepEqual(refused, []);
    assert.equal(w.site.talk.heard[0]?.comune, 'porcari');
  });

  it('leaves the last link of the page uncovered', async () => {
    await visit('data-comune="porcari"');
    const launcher = await w.page.getByRole('button', { name: LAUNCHER }).boundingBox();
    await w.page.getByText('Ultimo link').scrollIntoViewIfNeeded();
    await w.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const link = await w.page.getByText('Ultimo link').boundingBox();
    assert.ok(launcher && link && link.y + link.height <= launcher.y, JSON.stringify({ launcher, link }));
  });

  it('works without a comune where the one named is not known, in the language asked', async () => {
    await visit('data-comune="atlantide" data-lang="en"');
    await w.page.getByRole('button', { name: 'Need help? Write here' }).click();
    await w.page.frameLocator('iframe').getByText('Social help desk', { exact: true }).waitFor();
    await w.page.frameLocator('iframe').locator('#list').getByText(GREETING).waitFor();
    assert.equal(w.site.talk.heard[0]?.comune, undefined);
    assert.equal(w.site.talk.heard[0]?.language, 'en');
  });

  it('offers another way round a chat that does not come, and takes it back when it comes late', async () => {
    let come = (): void => {};
    const late = new Promise<void>((resolve) => (come = resolve));
    await w.page.route(/\/chat\/porcari/, async (route) => {
      await late;
      await route.continue();
    });
    await w.page.clock.install();
    await visit('data-comune="porcari"');
    await w.page.getByRole('button', { name: LAUNCHER }).click();
    await w.page.clock.runFor(11_000);
    const around = w.page.getByText('La chat non si apre qui');
    assert.equal(await around.count(), 0);
    await w.page.clock.runFor(2000);
    await around.waitFor();
    come();
    await around.waitFor({ state: 'detached' });
    await w.page.frameLocator('iframe').locator('#list').getByText(GREETING).waitFor();
  });

  it('listens to no window but its own frame', async () => {
    await visit('data-comune="porcari"');
    await w.page.getByRole('button', { name: LAUNCHER }).click();
    const frame = w.page.frameLocator('iframe');
    await frame.locator('#list').getByText(GREETING).waitFor();
    await w.page.evaluate(() => window.postMessage('bussola:exit', '*'));
    await w.page.evaluate(() => window.postMessage('bussola:close', '*'));
    assert.equal(await w.page.locator('iframe').isVisible(), true);
    assert.equal(new URL(w.page.url()).hostname, 'localhost');
  });

  it('holds against styles that reset, hide and float everything', async () => {
    style = `* { all: unset !important; display: none !important; visibility: hidden !important }
      html, body, main { display: block !important } div, iframe, button, dialog { opacity: 0 !important; width: 1px !important }`;
    await visit('data-comune="porcari"');
    const launcher = w.page.getByRole('button', { name: LAUNCHER });
    await launcher.click();
    const frame = w.page.frameLocator('iframe');
    await frame.locator('#list').getByText(GREETING).waitFor();
    const box = await w.page.locator('iframe').boundingBox();
    assert.ok(box && box.width > 400 && box.height > 600, JSON.stringify(box));
    const seen = await w.page
      .locator('iframe')
      .evaluate((node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
    assert.equal(seen, true);
  });

  it('stands at its own end where the page turns every direction about', async () => {
    style = '* { direction: rtl !important }';
    await visit('data-comune="porcari" data-lang="it"');
    const launcher = w.page.getByRole('button', { name: LAUNCHER });
    const right = async (): Promise<boolean> => ((await launcher.boundingBox())?.x ?? 0) > 640;
    assert.equal(await right(), true);
    style = '* { direction: ltr !important }';
    await visit('data-comune="porcari" data-lang="ar"');
    const arabic = await w.page.locator('button.launcher').boundingBox();
    assert.ok(arabic && arabic.x < 640, JSON.stringify(arabic));
  });

  it('takes its colours from the page that has it', async () => {
    const light = ':root { --bussola-primary: rgb(10, 90, 40); --bussola-on-primary: rgb(255, 255, 240) }';
    const dark = ':root { --bussola-primary-dark: rgb(150, 230, 180); --bussola-on-primary-dark: rgb(0, 20, 10) }';
    const colours = (): Promise<string[]> =>
      w.page
        .getByRole('button', { name: LAUNCHER })
        .evaluate((node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]);
    await w.page.emulateMedia({ colorScheme: 'light' });
    style = light + dark;
    await visit('data-comune="porcari"');
    assert.deepEqual(await colours(), ['rgb(10, 90, 40)', 'rgb(255, 255, 240)']);
    await w.page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await colours(), ['rgb(150, 230, 180)', 'rgb(0, 20, 10)']);
    style = light;
    await visit('data-comune="porcari"');
    assert.deepEqual(await colours(), ['rgb(10, 90, 40)', 'rgb(255, 255, 240)'], 'a page without a dark');
  });

  describe('pinned by its digest', () => {
    interface Snippet {
      src: string;
      integrity: string;
      snippet: string;
    }
    /** As it is on the server, for the address that this test reaches it by. */
    const pinned = async (): Promise<Snippet> => {
      const text = await (await fetch(`${w.site.origin}/widget.json?comune=porcari&lang=it`)).text();
      const made: Snippet = JSON.parse(text.replaceAll('http://localhost:0', w.site.origin));
      return made;
    };

    it('works from the lines that are given to be pasted, and never changes', async () => {
      const given = await pinned();
      snippet = given.snippet;
      await visit('');
      await w.page.getByRole('button', { name: LAUNCHER }).click();
      await w.page.frameLocator('iframe').locator('#list').getByText(GREETING).waitFor();
      assert.equal(w.site.talk.heard[0]?.comune, 'porcari');
      const answer = await fetch(given.src);
      assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
      assert.equal(await answer.text(), await (await fetch(`${w.site.origin}/widget.js`)).text());
    });

    it('says what to do where it has been replaced since', async () => {
      const answer = await fetch(`${w.site.origin}/widget.AAAAAAAAAAAA.js`);
      assert.equal(answer.status, 404);
      assert.match(await answer.text(), /has been replaced.*\/widget\.json/);
    });

    it('does not run where a byte of it is another', async () => {
      const { snippet: given } = await pinned();
      await w.page.route('**/widget.*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()} ` });
      });
      snippet = given;
      const { refused } = await visit('');
      assert.equal(await w.page.getByRole('button', { name: LAUNCHER }).count(), 0);
      assert.match(refused.join(), /integrity/);
    });

    it('leads to the plain page without JavaScript', async () => {
      const { snippet: given } = await pinned();
      assert.ok(given.includes(`<noscript><a href="${w.site.origin}/testo/porcari?lang=it">`), given);
    });
  });
});
