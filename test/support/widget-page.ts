// One browser for a file, one page for a test, on the small talk of widget.ts: what the widget's tests begin with.
// What is done on the page is left to the tests.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startSite } from './widget.ts';
import type { TestSite } from './widget.ts';

export interface WidgetPage {
  readonly site: TestSite;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** The chat of Porcari with its greeting; `query` begins with `?`. */
  openChat(query?: string): Promise<void>;
  /** Types it and sends it, from the keyboard. */
  write(text: string): Promise<void>;
  /** Resolves when the talk shows that text. */
  shows(text: string): Promise<void>;
  /** What the talk has heard as new, in order. */
  messages(): string[];
}

export const GREETING = 'Buongiorno, sono Bussola';
export const LAUNCHER = 'Serve un aiuto? Scriva qui';

/** Registers mocha's hooks: to be called inside `describe`. */
export function widgetPage(options: BrowserContextOptions = {}): WidgetPage {
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
    context = await browser.newContext({ locale: 'it-IT', viewport: { width: 1280, height: 800 }, ...options });
    // Where people go who leave at once: no test needs the world.
    await context.route('https://www.google.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: 'meteo' }),
    );
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const shows = (text: string): Promise<void> => page.locator('#list').getByText(text).first().waitFor();
  return {
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
    get context() {
      return context;
    },
    get page() {
      return page;
    },
    shows,
    openChat: async (query = '') => {
      await page.goto(`${site.origin}/chat/porcari${query}`);
      await shows(GREETING);
    },
    write: async (text) => {
      await page.locator('#box').fill(text);
      await page.locator('#box').press('Enter');
    },
    messages: () => site.talk.heard.filter(({ kind }) => kind === 'message').map(({ text }) => text),
  };
}
