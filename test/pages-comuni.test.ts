// Several comuni, one installation: each page looks like its comune, in both themes, and no page is a cage.
// Which colours and logos the directory refuses is left to directory-brand.test.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { contrast } from '../adapters/directory/colour.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import type { Page as Answer, Pages } from '../adapters/web/pages.ts';
import { createPages } from '../adapters/web/pages/index.ts';
import { createServer } from '../adapters/web/server.ts';
import { createFeed } from '../adapters/web/feed.ts';
import { createMetrics } from '../adapters/web/metrics.ts';
import { openStore } from '../adapters/store/open.ts';
import { systemClock } from '../bot/clock.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import type { DeskCheck } from '../bot/ports.ts';
import type { Environment } from '../bot/talk.ts';
import { loadWords } from '../bot/words.ts';
import { launchBrowser } from './support/browser.ts';
import { loose } from './support/directions.ts';

const OWN = fileURLToPath(new URL('../directory/', import.meta.url));
/** No desk was ever asked. */
const never = (): undefined => undefined;
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#fff" d="M0 0h8v8z"/></svg>';
const BRAND = `
brand:
  name: Sociale di Prova
  primary: { light: "#7a1f3d", dark: "#ffb0c4" }
  logo: prova.svg
chat:
  channels: [text, telegram]
  languages: [ro, it]
`;

describe('the pages of several comuni', function () {
  this.timeout(60_000);
  let root: string;
  let folder: URL;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'bussola-comuni-'));
    cpSync(OWN, join(root, 'directory'), { recursive: true });
    mkdirSync(join(root, 'directory/logos'), { recursive: true });
    writeFileSync(join(root, 'directory/logos/prova.svg'), LOGO);
    const file = join(root, 'directory/porcari.yaml');
    writeFileSync(file, readFileSync(file, 'utf8') + BRAND);
    folder = pathToFileURL(join(root, 'directory'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  async function open(env: Record<string, string> = {}, freshness: Environment['freshness'] = never): Promise<Pages> {
    const directory = loadDirectory(folder);
    const config = readConfig({ TELEGRAM_TOKEN: '1:a', TELEGRAM_NAME: 'BussolaProvaBot', ...env });
    return createPages({
      directory,
      calendar: createCalendar(directory),
      words: loadWords(),
      config,
      clock: systemClock,
      freshness,
    });
  }
  const at = (pages: Pages, address: string, accept = ''): Answer => {
    const url = new URL(address, 'http://bussola.example');
    return pages.get(url.pathname, url.searchParams, accept) ?? assert.fail(`no page ${address}`);
  };
  const textOf = ({ body }: Answer): string => body.toString();

  it('have the colours and the logo of who chose them, under addresses that never change', async () => {
    const pages = await open();
    for (const address of ['/?comune=porcari', '/chat/porcari']) {
      const text = textOf(at(pages, address));
      const [sheet = assert.fail('no sheet')] = /\/assets\/comune-porcari\.[\w-]{12}\.css/.exec(text) ?? [];
      const [logo = assert.fail('no logo')] = /\/assets\/logo-porcari\.[\w-]{12}\.svg/.exec(text) ?? [];
      assert.match(textOf(at(pages, sheet)), /--bussola-primary:#7a1f3d;.*--bussola-primary-dark:#ffb0c4/);
      assert.equal(textOf(at(pages, logo)), LOGO);
      assert.equal(at(pages, logo).headers['content-type'], 'image/svg+xml');
      assert.match(at(pages, sheet).headers['cache-control'] ?? '', /immutable/);
    }
    assert.match(textOf(at(pages, '/?comune=porcari&lang=it')), /Sociale di Prova/);
    const plain = textOf(at(pages, '/?comune=lucca')) + textOf(at(pages, '/chat/lucca')) + textOf(at(pages, '/chat'));
    assert.doesNotMatch(plain, /comune-lucca\.|logo-|comune-porcari\./);
    assert.match(plain, /<svg viewBox="0 0 40 40"/);
  });

  it('link the ways in that the comune offers, and its languages first', async () => {
    const pages = await open();
    const own = textOf(at(pages, '/?comune=porcari&lang=it'));
    assert.match(own, /href="https:\/\/t\.me\/BussolaProvaBot\?start=comune_porcari"/);
    assert.match(own, /href="\/testo\/porcari/);
    assert.doesNotMatch(own, /href="\/chat\/|<script/);
    const other = textOf(at(pages, '/?comune=lucca&lang=it'));
    assert.match(other, /t\.me.*start=comune_lucca/);
    assert.match(other, /<script[^>]*integrity="sha384-[^"]+"[^>]*data-comune="lucca"/);
    assert.match(textOf(at(pages, '/chat/porcari')), /<html lang="ro"/);
    assert.match(textOf(at(pages, '/chat/porcari', 'en-GB')), /<html lang="en"/);
    assert.match(textOf(at(pages, '/chat/lucca')), /<html lang="it"/);
    const order = [...own.matchAll(/hreflang="(\w+)"/g)].map(([, code]) => code);
    assert.equal(order[0], 'ro');
    assert.doesNotMatch(textOf(at(await open({ TELEGRAM_NAME: '' }), '/?comune=lucca')), /t\.me/);
  });

  it('keep numbers and names in their order among words read from the right', async () => {
    const text = textOf(at(await open(), '/?comune=lucca&lang=ar'));
    assert.match(text, /<html lang="ar" dir="rtl"/);
    assert.match(text, /href="tel:[^"]+"\s*>[^<]*<bdi dir="ltr">\d{4} \d{5,6}<\/bdi>/);
    for (const address of ['/?comune=lucca&lang=ar', '/testo?lang=ar', '/chat/nessuno?lang=ar'])
      assert.deepEqual(loose(textOf(at(await open(), address))), [], address);
    assert.doesNotMatch(textOf(at(await open(), '/?comune=lucca&lang=it')), /\u2066|dir="ltr">\d/);
  });

  it('show like the card that nobody has confirmed the facts, or that somebody has', async () => {
    const told = async (check: Partial<DeskCheck>): Promise<string> => {
      const asked = { askedAt: new Date('2026-01-05'), unanswered: 0, verifiedAt: null, ...check };
      const text = textOf(at(await open({}, (deskId) => ({ deskId, ...asked })), '/?comune=lucca'));
      return text.slice(text.indexOf('id="contact"'));
    };
    const plain = textOf(at(await open(), '/?comune=lucca'));
    assert.match(plain, /class="fresh"/);
    assert.doesNotMatch(plain, /stale/);
    assert.match(await told({ unanswered: 3 }), /class="fresh stale">[^<]*telefon/i);
    const held = await told({ verifiedAt: new Date('2026-11-03T10:00Z') });
    assert.match(held, /class="fresh">[^<]*3 novembre 2026/);
    assert.doesNotMatch(held, /da confermare/);
  });

  it('are those of the installation, and the chat of every other comune still opens', async () => {
    const pages = await open({ COMUNI: 'capannori montecarlo' });
    assert.match(textOf(at(pages, '/')), /data-comune="capannori"/);
    assert.equal(at(pages, '/?comune=lucca').status, 404);
    const towns = [...textOf(at(pages, '/?comune=montecarlo')).matchAll(/href="\/\?comune=(\w+)/g)].map(([, id]) => id);
    assert.deepEqual([...new Set(towns)].toSorted(), ['capannori', 'montecarlo']);
    assert.doesNotMatch(textOf(at(pages, '/testo')), /Altopascio/);
    assert.equal(at(pages, '/chat/lucca').status, 200);
    const loader = textOf(at(pages, '/widget.js'));
    assert.ok(loader.includes('"capannori"') && !loader.includes('"lucca"'));
    assert.match(textOf(at(await open(), '/')), /Sociale di Prova/);
  });

  it('are as readable as the others in a browser, light and dark, under their strict policy', async () => {
    const directory = loadDirectory(folder);
    const dataDir = join(root, 'data');
    const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir });
    const words = loadWords();
    const store = await openStore({ dataDir, log: silentLog });
    const sources = { directory, words, config, clock: systemClock, freshness: never };
    const pages = await createPages({ ...sources, calendar: createCalendar(directory) });
    const metrics = createMetrics(store.outbox, systemClock);
    const turn = async (): Promise<never> => assert.fail('nobody writes here');
    const server = createServer({ ...sources, pages, turn, store, feed: createFeed(), log: silentLog, metrics });
    const { port } = await server.listen();
    const browser: Browser = await launchBrowser();
    const seen = new Set<string>();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const comune of ['porcari', 'capannori', 'lucca']) {
        const page = await browser.newPage({ colorScheme });
        const faults: string[] = [];
        page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
        await page.goto(`http://127.0.0.1:${port}/?comune=${comune}`);
        const colours = await page.evaluate(() =>
          ['.center', '.main a', '.slim', '.panel .button', '.hero .button'].map((name) => {
            const found = document.querySelector(name);
            const style = getComputedStyle(found ?? document.body);
            const ground = found?.matches('.main a') ? found.closest('.main') : found;
            return [style.color, getComputedStyle(ground ?? document.body).backgroundColor];
          }),
        );
        for (const [ink = '', ground = ''] of colours)
          assert.ok(contrast(hex(ink), hex(ground)) >= 4.5, `${comune} ${colorScheme}: ${ink} on ${ground}`);
        const marks = await page
          .locator('.center .mark')
          .evaluateAll((all) => all.map((one) => one instanceof HTMLImageElement && one.naturalWidth > 0));
        assert.deepEqual(marks, comune === 'porcari' ? [true] : []);
        assert.deepEqual(faults, []);
        seen.add(colours[0]?.[1] ?? '');
        await page.close();
      }
    assert.equal(seen.size, 6, 'each comune and theme has a head of its own');
    await browser.close();
    await server.close();
    await store.close();
  });
});

/** `rgb(1, 2, 3)` as `#010203`. */
function hex(colour: string): string {
  const parts = [...colour.matchAll(/\d+/g)].slice(0, 3).map(([part]) => Number(part).toString(16).padStart(2, '0'));
  return `#${parts.join('')}`;
}
