// The chat in a real browser: keyboard, screen reader, bad networks, reload, quick exit, strict pages, weight.
// The conversation is a small one played by the book (support/widget.ts); the real one has its own tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { launchBrowser } from './support/browser.ts';
import { startSite } from './support/widget.ts';
import type { TestSite } from './support/widget.ts';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
/** Keeps every text that appears in the live region, as a screen reader would hear it. */
const LISTEN = `addEventListener('DOMContentLoaded', () => {
  window.heard = [];
  const live = document.getElementById('live');
  if (live) new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => window.heard.push(node.textContent))))
    .observe(live, { childList: true, subtree: true });
});`;

describe('widget', () => {
  let site: TestSite;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    site.talk.heard.length = 0;
    context = await browser.newContext({ locale: 'it-IT', viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const openChat = async (query = ''): Promise<void> => {
    await page.goto(`${site.origin}/chat/porcari${query}`);
    await page.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
  };
  const write = async (text: string): Promise<void> => {
    await page.locator('#box').fill(text);
    await page.keyboard.press('Enter');
  };
  const heardBy = (where: Page | Frame): Promise<string[]> => where.evaluate<string[]>('window.heard');
  const messages = (): string[] => site.talk.heard.filter(({ kind }) => kind === 'message').map(({ text }) => text);

  describe('with the keyboard alone', () => {
    it('opens, talks, chooses, closes, and gives the focus back to the launcher', async () => {
      await page.goto(`${site.origin}/?comune=porcari`);
      const launcher = page.getByRole('button', { name: 'Serve un aiuto? Scriva qui' });
      await launcher.focus();
      await page.keyboard.press('Enter');
      const frame = page.frameLocator('iframe');
      await frame.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
      await frame.locator('#box:focus').waitFor();
      await page.keyboard.type('buongiorno');
      await page.keyboard.press('Enter');
      await frame.locator('#list').getByText('Ricevuto: buongiorno').waitFor();
      await page.keyboard.type('sportello');
      await page.keyboard.press('Enter');
      const choice = frame.getByRole('button', { name: 'Ho un’altra difficoltà' });
      await choice.waitFor();
      for (let step = 0; step < 20 && !(await choice.evaluate((node) => node === document.activeElement)); step++)
        await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await frame.locator('#list').getByText('Ricevuto: Ho un’altra difficoltà').waitFor();
      assert.deepEqual(messages(), ['buongiorno', 'sportello', 'Ho un’altra difficoltà']);
      assert.equal(site.talk.heard.at(-1)?.choice, 'command.start');
      await page.keyboard.press('Escape');
      await page.locator('iframe').waitFor({ state: 'hidden' });
      assert.equal(
        await launcher.evaluate((node) => node.getRootNode() instanceof ShadowRoot && node.matches(':focus')),
        true,
      );
      await page.keyboard.press('Enter');
      await frame.locator('#box:focus').waitFor();
      assert.equal(await frame.locator('#list').getByText('Ricevuto: buongiorno').count(), 1);
    });

    it('moves no focus when a message arrives', async () => {
      await openChat();
      await write('sportello');
      await page.locator('#list').getByText('Sportello sociale di Esempio').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'box');
    });
  });

  it('offers choices once: the answer stays to be read, the buttons go', async () => {
    await openChat();
    await page.getByRole('button', { name: 'Casa' }).click();
    await page.locator('#list').getByText('Ricevuto: Casa').waitFor();
    assert.equal(await page.locator('.choice').count(), 0);
    assert.equal(await page.locator('li.me .text').innerText(), 'Casa');
  });

  it('keeps the other choices where several may be taken', async () => {
    await openChat();
    await page.getByRole('button', { name: 'Soldi o bollette' }).click();
    await page.locator('#list').getByText('Quale spesa?').waitFor();
    assert.deepEqual(await page.locator('.choice').allInnerTexts(), ['Bolletta', 'Spesa']);
    await page.getByRole('button', { name: 'Bolletta' }).click();
    await page.locator('#list').getByText('Ricevuto: Bolletta').waitFor();
    assert.equal(site.talk.heard.at(-1)?.choice, 'bill');
  });

  it('reopens a question from the reasons of a card', async () => {
    await openChat();
    await write('sportello');
    await page.getByRole('button', { name: 'Cambia: Una bolletta da pagare' }).click();
    await page.locator('#list').getByText('Ricevuto: Cambia: Una bolletta da pagare').waitFor();
    assert.equal(site.talk.heard.at(-1)?.choice, 'change.economic.need');
  });

  it('shows each number of a card once', async () => {
    await openChat();
    await write('sportello');
    await page.locator('#list').getByText('Sportello sociale di Esempio').waitFor();
    assert.equal(await page.locator('#list a[href="tel:+390583000001"]').count(), 1);
  });

  it('shows what people write as text', async () => {
    await openChat();
    await write('<img src=x onerror=alert(1)> & "ciao"');
    await page.locator('#list').getByText('Ricevuto: <img src=x onerror=alert(1)> & "ciao"').waitFor();
    assert.equal(await page.locator('#list img').count(), 0);
  });

  it('changes the language of page and talk', async () => {
    await openChat();
    await page.locator('#language > summary').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('#list').getByText('We go on in English.').waitFor();
    assert.equal(site.talk.heard.at(-1)?.choice, 'command.language.en');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('#send').innerText(), 'Send');
    assert.equal(
      await page.locator('#list').getByText('We go on in English.').locator('..').getAttribute('lang'),
      'en',
    );
  });

  it('counts only a very long text, and does not send what is too long', async () => {
    await openChat();
    assert.equal(await page.locator('#counter').isVisible(), false);
    await page.locator('#box').fill('a'.repeat(4003));
    assert.match(await page.locator('#counter').innerText(), /tolga 3 caratteri/);
    await page.keyboard.press('Enter');
    await page.locator('#box').fill('corto');
    await page.keyboard.press('Enter');
    await page.locator('#list').getByText('Ricevuto: corto').waitFor();
    assert.deepEqual(messages(), ['corto']);
  });

  describe('announcements', () => {
    it('say each message of the bot exactly once, and nothing again after a reload', async () => {
      await page.addInitScript(LISTEN);
      await openChat();
      await write('sportello');
      await page.locator('#list').getByText('Sportello sociale di Esempio').waitFor();
      const heard = await heardBy(page);
      assert.equal(heard.length, 3, heard.join('\n---\n'));
      assert.match(heard[0] ?? '', /^Bussola: Buongiorno[^]*Risposte pronte: Soldi o bollette; Casa/);
      assert.match(heard[1] ?? '', /^Bussola: Ho capito/);
      assert.match(heard[2] ?? '', /^Bussola: Sportello sociale di Esempio[^]*0583 000001/);
      await page.reload();
      await page.locator('#list').getByText('Ho capito.').waitFor();
      await write('ancora');
      await page.locator('#list').getByText('Ricevuto: ancora').waitFor();
      assert.deepEqual(await heardBy(page), ['Bussola: Ricevuto: ancora']);
    });
  });

  describe('axe finds nothing', () => {
    const check = async (scheme: string): Promise<void> => {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>(
        // In the dark only the colours are others.
        scheme === 'light' ? 'axe.run()' : `axe.run({ runOnly: ['color-contrast', 'link-in-text-block'] })`,
      );
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
        [],
      );
    };
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`in the pages around the chat, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        for (const path of ['/?comune=porcari', '/testo/porcari', '/testo', '/chat/altrove']) {
          await page.goto(site.origin + path);
          await check(colorScheme);
        }
      });
      it(`in the chat with messages, a card and the floor, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        await openChat();
        await check(colorScheme);
        await write('sportello');
        await page.locator('#list').getByText('Sportello sociale di Esempio').waitFor();
        await check(colorScheme);
        await write('pericolo');
        await page.locator('#list').getByText('Numeri da chiamare subito').waitFor();
        await check(colorScheme);
      });
    }
  });

  it('needs no sideways scrolling at 320 px, nor at 400 % zoom, and has targets of 44 px', async () => {
    for (const viewport of [
      { width: 320, height: 640 },
      { width: 320, height: 256 },
    ]) {
      await page.setViewportSize(viewport);
      for (const path of ['/?comune=porcari', '/testo/porcari', '/chat/altrove']) {
        await page.goto(site.origin + path);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
      }
      await page.goto(`${site.origin}/chat/porcari?${viewport.height}`);
      await write(viewport.height === 640 ? 'sportello' : 'pericolo');
      await page.locator('.card, .floor').first().waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      assert.equal(await page.evaluate(() => document.getElementById('scroller')?.scrollWidth), 320);
      const small = await page.locator('a:visible, button:visible').evaluateAll((all) =>
        all
          .map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }))
          .filter(({ height, width }) => height < 44 || width < 44)
          .map(({ text }) => text),
      );
      assert.deepEqual(small, []);
    }
  });

  describe('on a bad network', () => {
    // What goes over the socket is in wire-widget.test.ts.
    const withoutSockets = (): Promise<void> => page.routeWebSocket('**/stream**', (socket) => socket.close());

    it('keeps what is written offline and sends it once when the network is back', async () => {
      await openChat();
      await context.setOffline(true);
      await write('scritto senza rete');
      await page.getByText('In attesa di partire').waitFor();
      await page.getByText('Manca la connessione').waitFor();
      await context.setOffline(false);
      await page.locator('#list').getByText('Ricevuto: scritto senza rete').waitFor();
      await page.getByText('In attesa di partire').waitFor({ state: 'detached' });
      assert.deepEqual(messages(), ['scritto senza rete']);
      assert.equal(await page.locator('#list').getByText('scritto senza rete', { exact: true }).count(), 1);
    });

    it('sends again what got no answer, and neither side counts it twice', async () => {
      await withoutSockets();
      await openChat();
      let lost = 0;
      await page.route('**/activities', async (route) => {
        if (route.request().method() !== 'POST' || lost++ > 0) return route.continue();
        await route.fetch();
        return route.abort();
      });
      const again = page.waitForResponse((response) => response.request().method() === 'POST');
      await write('una volta sola');
      await page.locator('#list').getByText('Ricevuto: una volta sola').waitFor();
      await page.getByText('In attesa di partire').waitFor({ state: 'detached' });
      await again;
      assert.deepEqual(messages(), ['una volta sola']);
      assert.equal(await page.locator('li.me').count(), 1);
      assert.equal(await page.locator('#list').getByText('Ricevuto: una volta sola').count(), 1);
    });

    it('polls where sockets are blocked', async () => {
      await withoutSockets();
      await openChat();
      await write('senza socket');
      await page.locator('#list').getByText('Ricevuto: senza socket').waitFor();
    });

    it('reconnects when the stream is cut, losing and doubling nothing', async () => {
      let cut: (() => Promise<void>) | undefined;
      await page.routeWebSocket('**/stream**', (socket) => {
        const server = socket.connectToServer();
        cut = async () => {
          await socket.close();
          await server.close();
        };
      });
      await openChat();
      await cut?.();
      await write('dopo il taglio');
      await page.locator('#list').getByText('Ricevuto: dopo il taglio').waitFor();
      assert.equal(await page.locator('#list > li').count(), 3);
    });

    it('begins again, with what was written, when the conversation has expired', async () => {
      await withoutSockets();
      await openChat();
      await page.route('**/activities', (route) =>
        route.fulfill({ status: 403, json: { error: { code: 'TokenExpired' } } }),
      );
      await page.route('**/conversations/*', (route) =>
        route.fulfill({ status: 403, json: { error: { code: 'TokenExpired' } } }),
      );
      const renewed = page.waitForRequest('**/tokens/generate');
      await write('non si perde');
      await renewed;
      await page.unrouteAll();
      await page.locator('#list').getByText('Ricevuto: non si perde').waitFor();
      await page.locator('#list').getByText('La conversazione di prima è scaduta').waitFor();
      assert.deepEqual(messages(), ['non si perde']);
    });
  });

  it('keeps draft and conversation through a reload, and no transcript in the browser', async () => {
    await openChat();
    await write('prima');
    await page.locator('#list').getByText('Ricevuto: prima').waitFor();
    await page.locator('#box').fill('a metà');
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    assert.doesNotMatch(kept, /prima|Buongiorno/);
    await page.reload();
    await page.locator('#list').getByText('Ricevuto: prima').waitFor();
    assert.equal(await page.locator('#box').inputValue(), 'a metà');
    assert.equal(await page.locator('#list > li').count(), 3);
    assert.equal(site.talk.heard.filter(({ kind }) => kind === 'start').length, 1);
  });

  describe('quick exit', () => {
    beforeEach(() =>
      context.route('https://www.google.com/**', (route) => route.fulfill({ contentType: 'text/html', body: 'meteo' })),
    );

    it('clears the screen and the memory of the tab, and leaves nothing to go back to', async () => {
      await page.goto(`${site.origin}/testo/porcari`);
      await openChat();
      await page.locator('#box').fill('segreto');
      await page.getByRole('button', { name: 'Esci subito' }).click();
      await page.waitForURL('https://www.google.com/**');
      await page.goBack();
      assert.equal(new URL(page.url()).pathname, '/testo/porcari');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    });

    it('takes the page that embeds the chat away too', async () => {
      await page.goto(`${site.origin}/?comune=porcari`);
      await page.getByRole('button', { name: 'Serve un aiuto? Scriva qui' }).click();
      await page.frameLocator('iframe').getByRole('button', { name: 'Esci subito' }).click();
      await page.waitForURL('https://www.google.com/**');
    });
  });

  describe('on a page of others', () => {
    let host: Server;
    let hostPort = 0;
    let attributes = '';
    before((done) => {
      host = createServer((_request, response) => {
        const policy = `default-src 'none'; script-src ${site.origin}; frame-src ${site.origin}; style-src 'none'`;
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
        response.end(`<!doctype html><html lang="it"><title>Comune</title><main><h1>Comune</h1></main>
          <footer><a href="#x">Ultimo link</a></footer><script src="${site.origin}/widget.js" ${attributes} defer></script></html>`);
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

    const visit = async (given: string): Promise<{ requests: string[]; refused: string[] }> => {
      attributes = given;
      const requests: string[] = [];
      const refused: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (line) =>
        refused.push(...(/Content Security Policy|Refused/.test(line.text()) ? [line.text()] : [])),
      );
      // Another name of this machine: another origin than the chat's.
      await page.goto(`http://localhost:${hostPort}/`);
      return { requests, refused };
    };

    it('asks for nothing before it is pressed, breaks no strict policy, and works', async () => {
      const { requests, refused } = await visit('data-comune="porcari" data-lang="it"');
      const launcher = page.getByRole('button', { name: 'Serve un aiuto? Scriva qui' });
      await launcher.waitFor();
      assert.deepEqual(requests.slice(1), [`${site.origin}/widget.js`]);
      await launcher.click();
      const frame = page.frameLocator('iframe');
      await frame.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
      await frame.getByRole('button', { name: 'Chiudi la chat' }).click();
      await page.locator('iframe').waitFor({ state: 'hidden' });
      assert.deepEqual(refused, []);
      assert.equal(site.talk.heard[0]?.comune, 'porcari');
    });

    it('leaves the last link of the page uncovered', async () => {
      await visit('data-comune="porcari"');
      const launcher = await page.getByRole('button', { name: 'Serve un aiuto? Scriva qui' }).boundingBox();
      await page.getByText('Ultimo link').scrollIntoViewIfNeeded();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const link = await page.getByText('Ultimo link').boundingBox();
      assert.ok(launcher && link && link.y + link.height <= launcher.y, JSON.stringify({ launcher, link }));
    });

    it('works without a comune where the one named is not known, in the language asked', async () => {
      await visit('data-comune="atlantide" data-lang="en"');
      await page.getByRole('button', { name: 'Need help? Write here' }).click();
      await page.frameLocator('iframe').getByText('Social help desk', { exact: true }).waitFor();
      await page.frameLocator('iframe').locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
      assert.equal(site.talk.heard[0]?.comune, undefined);
      assert.equal(site.talk.heard[0]?.language, 'en');
    });

    it('listens to no window but its own frame', async () => {
      await visit('data-comune="porcari"');
      await page.getByRole('button', { name: 'Serve un aiuto? Scriva qui' }).click();
      const frame = page.frameLocator('iframe');
      await frame.locator('#list').getByText('Buongiorno, sono Bussola').waitFor();
      await page.evaluate(() => window.postMessage('bussola:exit', '*'));
      await page.evaluate(() => window.postMessage('bussola:close', '*'));
      assert.equal(await page.locator('iframe').isVisible(), true);
      assert.equal(new URL(page.url()).hostname, 'localhost');
    });
  });

  it('is light: loader at most 3 kB, everything the chat downloads at most 24 kB, compressed', () => {
    const weigh = (path: string): number => {
      const found = site.pages.get(path, new URLSearchParams(), 'it');
      assert.ok(found, path);
      return (found.encoded?.gzip ?? Buffer.from(found.body)).length;
    };
    const html = String(site.pages.get('/chat/porcari', new URLSearchParams(), 'it')?.body);
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => weigh(path));
    const chat = assets.reduce((sum, bytes) => sum + bytes, html.length);
    assert.equal(assets.length, 2);
    assert.ok(weigh('/widget.js') <= 3 * 1024, `${weigh('/widget.js')} bytes`);
    assert.ok(chat <= 24 * 1024, `${chat} bytes`);
  });

  it('without JavaScript shows the way to a person', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${site.origin}/chat/porcari`);
    assert.match(await still.locator('noscript').innerText(), /Per la chat serve JavaScript/);
    assert.equal(await still.locator('#box').isVisible(), false);
    const contacts = await plain.newPage();
    await contacts.goto(site.origin + (await still.locator('noscript a').getAttribute('href')));
    assert.equal(await contacts.locator('a[href="tel:+390583211899"]').count(), 1);
    for (const number of ['112', '1522', '114'])
      assert.equal(await contacts.locator(`a[href="tel:${number}"]`).count(), 1);
    await plain.close();
  });
});
