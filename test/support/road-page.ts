// The whole road of a case behind one browser, and a page for each test: what the tests of accessibility begin with.
// What is done on the page is left to the tests.
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { openRoad } from './road.ts';
import type { Road } from './road.ts';

export interface RoadPage {
  readonly road: Road;
  readonly browser: Browser;
  readonly page: Page;
}

/** Registers mocha's hooks: to be called inside `describe`. */
export function roadPage(): RoadPage {
  let road: Road;
  let browser: Browser;
  let page: Page;
  before(async () => {
    [road, browser] = await Promise.all([openRoad(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await road.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: 'it-IT', reducedMotion: 'reduce' });
  });
  afterEach(() => page.close());
  return {
    get road() {
      return road;
    },
    get browser() {
      return browser;
    },
    get page() {
      return page;
    },
  };
}
