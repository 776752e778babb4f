// A machine that looks after mails: it asks for every link, opens it in a real browser with scripts, fills in everything and presses everything.
// What must not have changed afterwards is left to the tests.
import type { Browser, Page } from 'playwright-core';

/** A scanner believes a page only so far. */
const MOST_BUTTONS = 12;

/** Every link of our pages that stands in a mail. */
export function linksIn(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/[^\s"<>]+\/s\/[a-z]\/[\w.-]+/g))];
}

/** Goes through all of it, links on the pages included. How many forms it sent. */
export async function scan(browser: Browser, links: string[]): Promise<number> {
  let sent = 0;
  const seen = new Set<string>();
  const queue = links.map((url) => ({ url, depth: 0 }));
  for (const { url, depth } of queue) {
    if (seen.has(url)) continue;
    seen.add(url);
    await askFor(url);
    const { buttons, anchors } = await explore(browser, url);
    if (depth === 0) queue.push(...anchors.map((one) => ({ url: one, depth: 1 })));
    for (let button = 0; button < Math.min(buttons, MOST_BUTTONS); button += 1)
      for (const everything of [false, true]) sent += await pressOne(browser, url, button, everything);
    sent += await submitBare(browser, url);
  }
  return sent;
}

/** Without a browser: by every method, with bodies of every kind. */
async function askFor(url: string): Promise<void> {
  const headers = { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinksDouble/1.0)' };
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
    await fetch(url, { method, headers, redirect: 'manual' });
  const bodies = [
    '',
    JSON.stringify({ do: 'take', who: 'scanner', digits: '1234' }),
    new URLSearchParams({ do: 'take', who: 'scanner', digits: '1234' }),
    new URLSearchParams({ do: 'enter', who: 'scanner' }),
  ];
  for (const body of bodies) await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
}

async function onPage<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await work(page);
  } finally {
    await context.close();
  }
}

function explore(browser: Browser, url: string): Promise<{ buttons: number; anchors: string[] }> {
  return onPage(browser, url, async (page) => {
    await page.mouse.wheel(0, 5000);
    const buttons = await page.locator('button').count();
    const hrefs = await page.locator('a[href]').evaluateAll((all) => all.map((one) => Reflect.get(one, 'href')));
    const here = new URL(url);
    const ours = hrefs.map(String).filter((one) => URL.canParse(one) && new URL(one).host === here.host);
    return { buttons, anchors: ours.map((one) => one.replace(/[?#].*$/, '')).filter((one) => one !== url) };
  });
}

/** `everything`: also what no person sees. What comes after it is pressed through as well. */
function pressOne(browser: Browser, url: string, button: number, everything: boolean): Promise<number> {
  return onPage(browser, url, async (page) => {
    await page.evaluate(fill, everything);
    if (!(await click(page, button))) return 0;
    await page.evaluate(fill, everything);
    return (await click(page, 0)) ? 2 : 1;
  });
}

async function click(page: Page, index: number): Promise<boolean> {
  const loaded = page.waitForEvent('load', { timeout: 5000 }).catch(() => undefined);
  const pressed = await page.evaluate(press, index);
  if (pressed) await loaded;
  return pressed;
}

/** As a script does it: no button at all. */
function submitBare(browser: Browser, url: string): Promise<number> {
  return onPage(browser, url, async (page) => {
    await page.evaluate(fill, false);
    const loaded = page.waitForEvent('load', { timeout: 5000 }).catch(() => undefined);
    const sent = await page.evaluate(submit);
    if (sent) await loaded;
    return sent ? 1 : 0;
  });
}

// The three that follow run inside the page, as the scanner's own script.

function fill(everything: boolean): void {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('select')) one.selectedIndex = one.options.length - 1;
  for (const one of document.querySelectorAll('textarea')) one.value = 'Mario Scanner scanner@example.org';
  for (const one of document.querySelectorAll('input')) {
    const hidden = one.type === 'hidden' || one.closest('[aria-hidden=true]') !== null;
    if (one.type === 'hidden' || (hidden && !everything)) continue;
    if (one.type === 'radio' || one.type === 'checkbox') one.checked = true;
    else if (one.type === 'date') one.value = '2026-12-01';
    else if (one.type === 'time') one.value = '10:00';
    else one.value = one.inputMode === 'numeric' ? '1234' : 'Mario Scanner';
  }
}

function press(index: number): boolean {
  const button = document.querySelectorAll('button')[index];
  if (!button) return false;
  button.form?.setAttribute('novalidate', '');
  button.click();
  return true;
}

function submit(): boolean {
  const form = document.querySelector('form');
  if (!form) return false;
  HTMLFormElement.prototype.submit.call(form);
  return true;
}
