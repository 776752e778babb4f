// What a whole triage costs on the wire: a real Chromium, the real server, every byte both ways.
// Sizes of what is loaded before are left to captures.test.ts; side by side with others to the benches.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { clockFrom } from '../bot/clock.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import { start } from '../bot/main.ts';
import { openWidget } from './support/browser-talk.ts';
import { launchBrowser } from './support/browser.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import { rome } from './support/fresh.ts';
import { makeFolder } from './support/server-process.ts';
import { walk } from './support/walk.ts';

/** Bytes, both ways together. */
const MOST = 15_000;
const TURNS = 12;

describe('twelve turns on the wire', function () {
  // A real browser, on a machine that may be busy.
  this.timeout(60_000);
  const folder = makeFolder();
  const clock = clockFrom(rome('2026-11-23T10:00'));
  let server: Awaited<ReturnType<typeof start>>;
  let browser: Browser;
  before(async () => {
    const own = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder.path };
    [server, browser] = await Promise.all([start(readConfig(own), silentLog, clock), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await server.close();
    folder.remove();
  });

  it(`are at most ${MOST / 1000} kB after the load, headers and frames included`, async () => {
    const proxy = await startCountingProxy(server.port);
    const context = await browser.newContext({ locale: 'it-IT' });
    const page = await context.newPage();
    const posts: string[] = [];
    page.on('request', (request) => posts.push(request.url()));
    const talk = await openWidget(page, `${proxy.url}/?comune=porcari`);
    proxy.reset();
    posts.length = 0;
    let turns = 0;
    await walk({
      say: (text) => (turns++, talk.say(text)),
      choose: (id, label) => (turns++, talk.choose(id, label)),
    });
    for (; turns < TURNS; turns += 1) await talk.say('A che punto è la mia richiesta?');
    const { up, down } = proxy.counted();
    await context.close();
    await proxy.close();
    assert.equal(turns, TURNS);
    assert.ok(up > 500 && down > 3000, `the proxy counted ${up} + ${down}: not this talk`);
    assert.ok(up + down <= MOST, `${up} bytes up, ${down} down`);
    assert.deepEqual(posts, [], 'messages go over the socket');
  });
});
