// The bytes of one triage of twelve turns, once the chat is open: our widget, and DirectLineJS polling as Web Chat may.
// The same person gives the same answers with the same pauses; counting is left to the proxy in between.
import type { Browser, Page } from 'playwright-core';
import { openWidget } from '../test/support/browser-talk.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { startCountingProxy } from '../test/support/counting-proxy.ts';
import type { CountingProxy } from '../test/support/counting-proxy.ts';
import type { ServerProcess } from '../test/support/server-process.ts';
import { shownBy, walk } from '../test/support/walk.ts';
import type { Shown, Talker } from '../test/support/walk.ts';
import type { Hosts } from './webchat.ts';

/** Bytes of TCP payload: headers, frames and bodies. */
export interface Bytes {
  up: number;
  down: number;
}

export interface Wire {
  turns: number;
  /** Seconds that the person takes before each answer. */
  thinking: number;
  widget: Bytes;
  streaming: Bytes;
  polling: Bytes;
}

const TURNS = 12;
const THINKING = 5;
/** What comes right after the greeting belongs to the opening. */
const SETTLED = 1500;

export async function measureWire({ port }: ServerProcess, hosts: Hosts): Promise<Wire> {
  const browser = await launchBrowser();
  const over = async (open: (page: Page, proxy: CountingProxy) => Promise<Talker>): Promise<Bytes> => {
    const proxy = await startCountingProxy(port);
    try {
      return await count(browser, proxy, open);
    } finally {
      await proxy.close();
    }
  };
  try {
    process.stderr.write(`${TURNS} turns, ${THINKING} s before each\n`);
    const [widget, streaming, polling] = await Promise.all([
      over((page, { url }) => openWidget(page, `${url}/?comune=porcari`)),
      over((page, { url }) => openDirectLine(page, hosts, { domain: `${url}/v3/directline`, webSocket: true })),
      over((page, { url }) =>
        openDirectLine(page, hosts, { domain: `${url}/v3/directline`, webSocket: false, pollingInterval: 1000 }),
      ),
    ]);
    return { turns: TURNS, thinking: THINKING, widget, streaming, polling };
  } finally {
    await browser.close();
  }
}

async function count(
  browser: Browser,
  proxy: CountingProxy,
  open: (page: Page, proxy: CountingProxy) => Promise<Talker>,
): Promise<Bytes> {
  const page = await browser.newPage({ locale: 'it-IT' });
  const talker = await open(page, proxy);
  await page.waitForTimeout(SETTLED);
  proxy.reset();
  let turns = 0;
  const paced =
    <Said extends string[]>(act: (...said: Said) => Promise<Shown[]>) =>
    async (...said: Said): Promise<Shown[]> => {
      turns += 1;
      await page.waitForTimeout(THINKING * 1000);
      return act(...said);
    };
  const person: Talker = { say: paced(talker.say), choose: paced(talker.choose) };
  await walk(person);
  for (let left = TURNS - turns; left > 0; left -= 1) await person.say('Grazie mille.');
  if (turns > TURNS) throw new Error(`the triage took ${turns} turns`);
  return proxy.counted();
}

/** In the page that has Web Chat's own library; nothing is drawn. */
async function openDirectLine(page: Page, hosts: Hosts, options: object): Promise<Talker> {
  await page.goto(hosts.url('library'));
  await page.evaluate(`(() => {
    const heard = [];
    const line = WebChat.createDirectLine(${JSON.stringify(options)});
    line.activity$.subscribe((activity) => heard.push(activity));
    const bots = () => heard.filter(({ from }) => from.id === 'bussola');
    const more = (count) => new Promise((resolve) => {
      const timer = setInterval(() => {
        if (bots().length <= count) return;
        clearInterval(timer);
        setTimeout(() => resolve(bots().slice(count)), 50);
      }, 20);
    });
    window.benchGreeted = more(0);
    window.benchSend = async (text) => {
      const answered = more(bots().length);
      line.postActivity({ type: 'message', from: { id: 'person' }, text, locale: 'it' }).subscribe();
      return answered;
    };
  })()`);
  await page.evaluate('window.benchGreeted');
  const send = async (text: string): Promise<Shown[]> => {
    const answers = await page.evaluate<unknown[]>(`window.benchSend(${JSON.stringify(text)})`);
    return answers.map(shownBy);
  };
  return { say: send, choose: (_id, label) => send(label) };
}
