// A municipal page of another origin, with a content policy, that embeds Web Chat on our Direct Line; and a person's hands on it.
// What must be seen there is left to webchat.test.ts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { eventually } from './road.ts';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';
import { webChatScript } from './web-chat.ts';

const NONCE = 'bm9uY2Ugb2YgdGhlIHRlc3Q';

/** As Web Chat's own guide has it: a token for the page, `createDirectLine`, `renderWebChat`. */
const HOST = (service: string): string => `
  const ask = { channelData: { comune: 'porcari' }, locale: 'it-IT' };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(ask);
  window.seen = [];
  window.opened = [];
  window.open = (url) => void window.opened.push(url);
  fetch('${service}/v3/directline/tokens/generate', { method: 'POST', headers, body })
    .then((response) => response.json())
    .then(({ token }) => {
      const webSocket = !location.search.includes('polling');
      const directLine = WebChat.createDirectLine({ domain: '${service}/v3/directline', token, webSocket });
      directLine.activity$.subscribe((activity) => window.seen.push(activity));
      const root = document.getElementById('webchat');
      WebChat.renderWebChat({ directLine, locale: 'it-IT', nonce: '${NONCE}' }, root);
    });`;

const HTML = `<!doctype html><html lang="it"><title>Comune di Prova</title><link rel="icon" href="data:,">
<style nonce="${NONCE}">html, body, #webchat { height: 100%; margin: 0 }</style>
<div id="webchat"></div><script src="/webchat.js"></script><script src="/host.js"></script></html>`;

function policy(service: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${NONCE}'`,
    "img-src 'self' data: blob:",
    `connect-src ${service} ${service.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
  ].join('; ');
}

export interface Host {
  origin: string;
  stop(): Promise<void>;
}

/** Serves the page; `service` is where Bussola is. */
export async function startHost(service: string): Promise<Host> {
  const script = await webChatScript();
  const files = new Map<string, [string, string | Buffer]>([
    ['/', ['text/html; charset=utf-8', HTML]],
    ['/webchat.js', ['text/javascript', script]],
    ['/host.js', ['text/javascript', HOST(service)]],
  ]);
  const server = createServer((request, response) => {
    const [type, body] = files.get(new URL(request.url ?? '/', 'http://host').pathname) ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy(service) }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An activity as Web Chat was given it. */
export interface Seen {
  id: string;
  type: string;
  text?: string;
  locale?: string;
  from: { id: string };
  attachments?: { contentType: string; content: unknown }[];
}

export interface WebChatTalk extends Talker {
  seen(): Promise<Seen[]>;
  /** The lines of the transcript, in order, that hold this text. */
  lines(text: string): Promise<string[]>;
  /** Resolves with the bubbles of the bot that come after those known before `act`. */
  after(act: () => Promise<void>): Promise<Shown[]>;
}

export async function openWebChat(page: Page, address: string): Promise<WebChatTalk> {
  await page.goto(address);
  const box = page.locator('[data-id="webchat-sendbox-input"]');
  await box.waitFor();
  const seen = (): Promise<Seen[]> => page.evaluate<Seen[]>('window.seen');
  const bots = async (): Promise<Seen[]> => (await seen()).filter(({ from }) => from.id === 'bussola');
  const more = (known: number): Promise<void> =>
    eventually(async () => (await bots()).length > known, 'no answer reached Web Chat');
  /** A set comes in one go: what a turn said is there together. */
  const after = async (act: () => Promise<void>): Promise<Shown[]> => {
    const known = (await bots()).length;
    await act();
    await more(known);
    return (await bots()).slice(known).map(shownBy);
  };
  await more(0);
  return {
    seen,
    after,
    say: (text) =>
      after(async () => {
        await box.fill(text);
        await box.press('Enter');
      }),
    choose: (_id, label) =>
      after(() => page.locator('.webchat__suggested-actions__button').getByText(label, { exact: true }).click()),
    lines: async (text) => {
      const all = await page.locator('.webchat__basic-transcript').innerText();
      return all.split('\n').filter((line) => line.includes(text));
    },
  };
}
