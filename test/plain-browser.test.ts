// The talk without JavaScript in a real browser: keyboard alone at 320 px, Back, zoom, right to left, what axe finds.
// Every outcome of the talk is left to plain.test.ts, which needs no browser.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { start } from '../bot/main.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import { violations } from './support/axe.ts';
import { launchBrowser } from './support/browser.ts';
import { STORIES } from './support/screens.ts';
import { makeFolder } from './support/server-process.ts';
import { CODE, STORY } from './support/walk.ts';

const NARROW = { width: 320, height: 640 };

describe('plain pages in a browser', () => {
  const folder = makeFolder();
  let url: string;
  let close: () => Promise<void>;
  let browser: Browser;
  let context: BrowserContext | undefined;
  before(async () => {
    const settings = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder.path };
    const [server, launched] = await Promise.all([start(readConfig(settings), silentLog), launchBrowser()]);
    url = `http://127.0.0.1:${server.port}`;
    ({ close } = server);
    browser = launched;
  });
  after(async () => {
    await browser.close();
    await close();
    folder.remove();
  });
  afterEach(async () => context?.close());

  const open = async (options: Parameters<Browser['newContext']>[0], query = ''): Promise<Page> => {
    context = await browser.newContext({ locale: 'it-IT', ...options });
    const page = await context.newPage();
    await page.goto(`${url}/testo/porcari${query}`);
    return page;
  };
  const write = async (page: Page, text: string): Promise<void> => {
    await page.locator('#box').fill(text);
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('button[value="say"]').click()]);
  };
  const press = async (page: Page, choice: string): Promise<void> => {
    await Promise.all([
      page.waitForEvent('domcontentloaded'),
      page.locator(`button[value="${choice}"]`).first().click(),
    ]);
  };

  it('with JavaScript off, at 320 px, by keyboard alone: from the first words to the code of the request', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: NARROW });
    /** Tab by tab, as somebody without a mouse; the outline must show where they are. */
    const reach = async (selector: string): Promise<void> => {
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await page.locator(`${selector}:focus-visible`).count()) > 0) return;
      }
      assert.fail(`the keyboard does not reach ${selector}`);
    };
    const enter = async (selector: string): Promise<void> => {
      await reach(selector);
      await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
    };
    const tell = async (text: string): Promise<void> => {
      await reach('#box');
      await page.keyboard.type(text);
      await enter('button[value="say"]');
    };
    await tell(STORY);
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/testo/porcari#ora');
    for (const choice of ['economic.cutoff.no', 'access.followed.first', 'result.request', 'request.consent.yes'])
      await enter(`button[value="${choice}"]`);
    await tell('Fiordaliso Inventati');
    await tell('333 000 0000');
    for (const choice of ['request.when.any', 'request.safe.any', 'request.note.skip', 'request.summary.send'])
      await enter(`button[value="${choice}"]`);
    assert.match(await page.locator('main').innerText(), CODE);
    assert.equal(new URL(page.url()).search, '');
    // What was said is one press away, without a question to the server.
    await page.locator('summary').press('Enter');
    assert.ok(await page.locator('details').getByText('bolletta della luce').isVisible());
  });

  it('the first press of Tab after an answer leads to the way out, then to the numbers', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: NARROW });
    await write(page, 'mio marito mi picchia');
    const focused = (): Promise<string> => page.locator(':focus').innerText();
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Esci subito');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Emergenza 112');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('.floor a:focus').getAttribute('href'), 'tel:112');
  });

  it('a page that the browser brings back does nothing twice, and shows where the talk is', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: NARROW });
    await write(page, STORY);
    const older = await page.content();
    await press(page, 'economic.cutoff.no');
    await press(page, 'access.followed.first');
    await page.setContent(older);
    await press(page, 'economic.cutoff.cut');
    const words = await page.locator('main').innerText();
    assert.match(words, /Ecco dove eravamo/);
    assert.match(words, /Sì, è la prima volta[^]*0583 211899/);
    assert.equal(await page.locator('li.me').count(), 3);
    assert.equal(await page.locator('button[value="result.request"]').count(), 1);
  });

  const looks: [string, Parameters<Browser['newContext']>[0], string][] = [
    ['320 px', { viewport: NARROW }, ''],
    ['dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }, ''],
    ['forced colours', { viewport: NARROW, forcedColors: 'active' }, ''],
    ['Romanian', { viewport: { width: 640, height: 800 } }, '?lang=ro'],
    ['Arabic', { viewport: NARROW }, '?lang=ar'],
  ];
  /** In the page's own language, so that the talk stays in it. */
  const told: Record<string, { bill: string; danger: string }> = {
    ...STORIES,
    ro: {
      bill: 'Bună ziua, am primit o factură la curent de 480 de euro și nu pot să o plătesc. Locuiesc în Porcari.',
      danger: 'soțul meu mă bate în fiecare zi',
    },
  };
  for (const [name, options, query] of looks)
    it(`axe finds nothing, and nothing is cut off: ${name}`, async () => {
      // axe runs in the page: here scripts are on, and the page still has none of its own.
      const page = await open({ ...options, bypassCSP: true }, query);
      const look = async (what: string): Promise<void> => {
        assert.deepEqual(await violations(page), [], what);
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(over <= 0, `${what}: ${over} px too wide`);
        const small = await page.evaluate<string[]>(
          `[...document.querySelectorAll('button, .button, summary')].filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)`,
        );
        assert.deepEqual(small, [], what);
        assert.equal(await page.locator('script').count(), 0);
      };
      await look('beginning');
      assert.equal(await page.locator('html').getAttribute('dir'), query.endsWith('ar') ? 'rtl' : 'ltr');
      await write(page, '');
      await look('greeting');
      await press(page, 'triage.areas.economic');
      await look('question');
      const language = query === '' ? 'it' : query.slice(-2);
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      const { bill, danger } = told[language] ?? assert.fail(language);
      await write(page, bill);
      await press(page, 'economic.cutoff.no');
      await press(page, 'access.followed.first');
      await page.locator('summary').click();
      await look('card');
      await write(page, danger);
      await look('danger');
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      await page
        .locator('form:not(.exit) input[name="page"]')
        .evaluate((field) => field.setAttribute('value', 'inventata'));
      await write(page, 'ci sono ancora');
      assert.match(await page.title(), / · Bussola$/);
      assert.equal(await page.locator('li.me').count(), 0);
      await look('stop');
    });
});
