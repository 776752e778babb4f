// The whole server behind a proxy that can be cut, with a clock that can be moved, and a browser in front of it.
// What a person does there is left to wire-widget.test.ts.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import { start } from '../../bot/main.ts';
import { launchBrowser } from './browser.ts';
import { startCountingProxy } from './counting-proxy.ts';
import type { CountingProxy } from './counting-proxy.ts';
import { rome } from './fresh.ts';
import { makeFolder } from './server-process.ts';

export interface WireSite {
  proxy: CountingProxy;
  browser: Browser;
  /** Moves the server's clock on. */
  pass(seconds: number): void;
  /** Everybody is sent away; the same store, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** On a Monday at ten in Rome. */
export async function startWireSite(): Promise<WireSite> {
  const folder = makeFolder();
  const began = Date.now();
  let passed = rome('2026-11-23T10:00').getTime() - began;
  const clock = (): Date => new Date(Date.now() + passed);
  const open = (port: number): ReturnType<typeof start> =>
    start(readConfig({ HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder.path }), silentLog, clock);
  const [first, browser] = await Promise.all([open(0), launchBrowser()]);
  let server = first;
  const proxy = await startCountingProxy(server.port);
  return {
    proxy,
    browser,
    pass: (seconds) => void (passed += seconds * 1000),
    async restart() {
      await server.close();
      server = await open(server.port);
    },
    async close() {
      await browser.close();
      await proxy.close();
      await server.close();
      folder.remove();
    },
  };
}

export const openChat = async (site: WireSite, context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`${site.proxy.url}/chat/porcari`);
  await page.locator('.choice').first().waitFor();
  return page;
};

export async function write(page: Page, text: string): Promise<void> {
  await page.locator('#box').fill(text);
  await page.locator('#box').press('Enter');
}

/** Every bubble as it stands, in order: `>` the person's, with what is said of its sending; `<` the bot's first line. */
export function bubbles(page: Page): Promise<string[]> {
  return page.locator('#list > li.me, #list > li.bot').evaluateAll((items) =>
    items.map((item) => {
      const text = item.querySelector('.text, h2, h3')?.textContent ?? '';
      return `${item.classList.contains('me') ? '>' : '<'} ${text.split('\n')[0]}`;
    }),
  );
}
