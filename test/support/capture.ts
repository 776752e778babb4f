// What a page really asked of the network, by Chromium's own count of bytes as they came, compressed and with headers.
// Frames of another site have a process and a count of their own: hosts and chat must share an address, ports may differ.
import type { Page } from 'playwright-core';

/** One request that was answered. Bytes as they crossed the wire. */
export interface Fetched {
  url: string;
  /** `Document`, `Script`, `Stylesheet`, `Image`, `Font`, `Fetch`... as Chromium says. */
  type: string;
  body: number;
  headers: number;
}

export interface Capture {
  /** All that has ended so far, in the order of their ends. Data addresses ask nothing of the network. */
  fetched(): Fetched[];
  /** All that was begun, ended or not. */
  begun(): string[];
}

/** Counts from now on; nothing is served from a cache. */
export async function captureNetwork(page: Page): Promise<Capture> {
  const begun = new Map<string, string>();
  const answered = new Map<string, Omit<Fetched, 'body'>>();
  const fetched: Fetched[] = [];
  const cdp = await page.context().newCDPSession(page);
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('data:')) begun.set(requestId, request.url);
  });
  cdp.on('Network.responseReceived', ({ requestId, response, type }) => {
    if (begun.has(requestId)) answered.set(requestId, { url: response.url, type, headers: response.encodedDataLength });
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const found = answered.get(requestId);
    if (found) fetched.push({ ...found, body: encodedDataLength - found.headers });
  });
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  return { fetched: () => [...fetched], begun: () => [...begun.values()] };
}

/** Bytes of the bodies, and of the headers apart. */
export function weigh(all: readonly Fetched[]): { body: number; headers: number } {
  const sum = (part: 'body' | 'headers'): number => all.reduce((total, one) => total + one[part], 0);
  return { body: sum('body'), headers: sum('headers') };
}

/** What the chat says once it is open is its talk, not its weight. */
export function isTalk({ url }: Pick<Fetched, 'url'>): boolean {
  return new URL(url).pathname.startsWith('/v3/directline/');
}
