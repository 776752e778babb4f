// One cold visit of one page with a chat on it: what it downloads, and, slowed down, what it computes, moves and keeps.
// Which pages, how often, and what the figures mean are left to widget.ts.
import { launchBrowser } from '../test/support/browser.ts';
import { captureNetwork, isTalk, weigh } from '../test/support/capture.ts';
import { openBarePage } from './bare-browser.ts';
import type { BarePage } from './bare-browser.ts';
import type { Contestant } from './webchat.ts';

/** Bodies, compressed as they came, in bytes; headers apart. The host's own page is not counted. */
export interface Download {
  requestsBefore: number;
  bytesBefore: number;
  requests: number;
  bytes: number;
  headers: number;
}

/** Milliseconds; layout shift as Chromium scores it; bytes. */
export interface Effort {
  /** Of the main thread before anybody presses, and until the first message of the bot. */
  mainBefore: number;
  main: number;
  /** The same, a second and a half later: what the message still cost after it was there. */
  settled: number;
  script: number;
  /** From the press; from the visit where there is nothing to press. */
  toInput: number;
  toMessage: number;
  shift: number;
  heap: number;
}

const SLOWDOWN = 4;
const PATIENCE = 120_000;
/** After the load of a page that waits to be pressed: what it still had to do is done. */
const REST = 1500;
const INPUT = '#box, [data-testid="send box text area"], .webchat__send-box-text-box__input';
const MESSAGE = '#list > li.bot, .webchat__bubble__content';
const LAUNCHER = `[...document.body.children].map((one) => one.shadowRoot?.querySelector('button')).find(Boolean)`;

/** Says when a thing is first there, and adds up what moved; in every frame. */
const WATCH = `(() => {
  const seen = {};
  const say = (name) => {
    if (!seen[name]) benchSays(name + ' ' + (performance.timeOrigin + performance.now()));
    seen[name] = true;
  };
  const look = () => {
    if (document.readyState === 'loading') return;
    if (document.querySelector(${JSON.stringify(INPUT)})) say('input');
    if (!document.querySelector(${JSON.stringify(MESSAGE)})) return;
    say('message');
    watch.disconnect();
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', look);
  addEventListener('load', () => { if (top === window) say('load'); look(); });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) benchSays('shift ' + entry.value);
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

/** Does not depend on the speed of the machine: one visit tells. */
export async function download(contestant: Contestant, url: string): Promise<Download> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ locale: 'it-IT', viewport: { width: 1280, height: 800 } });
    const capture = await captureNetwork(page);
    const own = () => capture.fetched().filter((one) => one.url !== url && !isTalk(one));
    await page.goto(url, { waitUntil: 'networkidle' });
    const before = own();
    if (contestant === 'bussola') await page.getByRole('button').click();
    const frame = contestant === 'bussola' ? page.frameLocator('iframe') : page;
    if (contestant !== 'page') await frame.locator(MESSAGE).first().waitFor({ timeout: PATIENCE });
    const { body, headers } = weigh(own());
    const requests = { requestsBefore: before.length, requests: own().length };
    return { ...requests, bytesBefore: weigh(before).body, bytes: body, headers };
  } finally {
    await browser.close();
  }
}

export async function effort(contestant: Contestant, url: string): Promise<Effort> {
  const page = await openBarePage();
  try {
    const heard = await listen(page);
    // Time on the processor: what others do on the machine is not counted.
    await page.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    const began = Date.now();
    await page.send('Page.navigate', { url });
    await heard.first('load');
    if (contestant === 'page' || contestant === 'bussola') await pause(REST);
    const before = await metrics(page);
    const pressed = contestant === 'bussola' ? await press(page) : began;
    const input = contestant === 'page' ? pressed : await heard.first('input');
    const message = contestant === 'page' ? pressed : await heard.first('message');
    const after = await metrics(page);
    await pause(REST);
    const settled = await metrics(page);
    await page.send('HeapProfiler.collectGarbage');
    return {
      mainBefore: before.main,
      main: after.main,
      settled: settled.main,
      script: after.script,
      toInput: input - pressed,
      toMessage: message - pressed,
      shift: heard.shifts.reduce((sum, one) => sum + one, 0),
      heap: (await metrics(page)).heap,
    };
  } finally {
    await page.close();
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `first` resolves with the moment, in milliseconds since 1970, at which the page said so. */
async function listen(page: BarePage): Promise<{ first(name: string): Promise<number>; shifts: number[] }> {
  const said = new Map<string, number>();
  const shifts: number[] = [];
  page.on('Runtime.bindingCalled', ({ payload }) => {
    const [name = '', value] = payload.split(' ');
    if (name === 'shift') shifts.push(Number(value));
    else said.set(name, Number(value));
  });
  await page.send('Page.enable');
  await page.send('Runtime.enable');
  await page.send('Runtime.addBinding', { name: 'benchSays' });
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: WATCH });
  const first = async (name: string): Promise<number> => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(1)) {
      const at = said.get(name);
      if (at !== undefined) return at;
    }
    throw new Error(`no ${name} after ${PATIENCE} ms`);
  };
  return { first, shifts };
}

/** Presses the launcher with the mouse, and asks nothing else of the page. */
async function press(page: BarePage): Promise<number> {
  const expression = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(${LAUNCHER}.getBoundingClientRect())`;
  const { result } = await page.send('Runtime.evaluate', { expression, returnByValue: true });
  const [x, y]: [number, number] = result.value;
  const at = { x, y, button: 'left' as const, clickCount: 1 };
  const pressed = Date.now();
  await page.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed' });
  await page.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' });
  return pressed;
}

async function metrics(page: BarePage): Promise<{ main: number; script: number; heap: number }> {
  const all = new Map((await page.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const read = (name: string): number => all.get(name) ?? Number.NaN;
  return { main: read('TaskDuration') * 1000, script: read('ScriptDuration') * 1000, heap: read('JSHeapUsedSize') };
}
