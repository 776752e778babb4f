// "Esci subito" on the plain pages: whatever is pressed afterwards, the talk is not shown again; its request lives on.
// The button's place and look are left to plain.test.ts and plain-browser.test.ts.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { EXIT_URL } from '../adapters/web/widget/exit.ts';
import { start } from '../bot/main.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import { launchBrowser } from './support/browser.ts';
import { PlainTalk } from './support/plain.ts';
import { makeFolder } from './support/server-process.ts';
import { STORY, walk } from './support/walk.ts';

const CRY = 'mio marito mi picchia, mi chiamo Fiordaliso';
const TOLD = /bolletta|picchia|ho paura|Fiordaliso|Luna|PRC-/;

describe('leaving the plain pages', () => {
  const folder = makeFolder();
  let url: string;
  let close: () => Promise<void>;
  before(async () => {
    const settings = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder.path };
    const server = await start(readConfig(settings), silentLog);
    url = `http://127.0.0.1:${server.port}`;
    ({ close } = server);
  });
  after(async () => {
    await close();
    folder.remove();
  });
  const begin = (): Promise<PlainTalk> => new PlainTalk(url).open();
  const leave = async (talk: PlainTalk): Promise<PlainTalk> => talk.copy().submit({ do: 'exit' });
  /** The same form as the browser keeps it, sent again. */
  const press = async (talk: PlainTalk, fields: Record<string, string>): Promise<PlainTalk> =>
    talk.copy().submit(fields);

  it('is a link before the talk, a button in it, and answers with a page that tells nothing', async () => {
    const talk = await begin();
    assert.match(talk.html, /<a [^>]*href="https:\/\/www\.google\.com[^>]*>Esci subito/);
    await talk.say(STORY);
    assert.match(talk.html, /<button [^>]*name="do" value="exit">Esci subito/);
    const { status, headers, html } = await leave(talk);
    assert.equal(status, 200);
    assert.equal(headers.get('refresh'), `0; url=${EXIT_URL}`);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(
      html
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .replace(/\s+/g, ' '),
      'www.google.com www.google.com',
    );
  });

  it('closes every form of the talk: sent again, older, pressed, with words', async () => {
    const talk = await begin();
    const first = talk.copy();
    await talk.say(STORY);
    const second = talk.copy();
    await talk.submit({ choice: 'economic.cutoff.no' });
    await leave(talk);
    const forms: [PlainTalk, Record<string, string>][] = [
      [first, { text: STORY, do: 'say' }],
      [second, { choice: 'economic.cutoff.no' }],
      [second, { text: 'la bolletta', do: 'say' }],
      [talk, { do: 'news' }],
      [talk, { do: 'say' }],
      [talk, { choice: 'command.back' }],
      [talk, { choice: 'access.followed.first' }],
    ];
    for (const [form, fields] of forms) {
      const { status, html } = await press(form, fields);
      assert.equal(status, 410, JSON.stringify(fields));
      assert.doesNotMatch(html, TOLD, JSON.stringify(fields));
    }
    const again = await press(talk, { do: 'say' });
    assert.match(again.notice() ?? '', /è stata chiusa\. Può ricominciare da qui\..*0583 211899/);
    await again.say('vivo a Porcari');
    assert.equal(again.status, 200, 'who stays begins anew');
    assert.doesNotMatch(again.html, TOLD);
  });

  it('does not tell that it was about a danger; a new cry is answered with its numbers all the same', async () => {
    const talk = await begin();
    const first = talk.copy();
    await talk.say(CRY);
    await leave(talk);
    const [sent, plain] = [await press(first, { text: CRY, do: 'say' }), await press(talk, { do: 'say' })];
    assert.doesNotMatch(sent.html, TOLD);
    assert.equal(sent.words(), plain.words());
    const { html } = await press(talk, { text: 'voglio uccidermi', do: 'say' });
    assert.ok(html.indexOf('tel:112') < html.indexOf('<textarea'));
    assert.doesNotMatch(html, TOLD);
  });

  it('leaves the request where it is: it is followed by its code', async () => {
    const talk = await begin();
    const { code } = await walk(talk);
    await leave(talk);
    assert.doesNotMatch((await press(talk, { do: 'news' })).html, new RegExp(code));
    const another = await begin();
    await another.say(code);
    assert.equal(another.status, 200);
    assert.ok(another.words().includes(code));
  });

  it('is never refused; a form of somebody else’s closes no talk', async () => {
    const talk = await begin();
    await talk.say(STORY);
    const foreign = new PlainTalk(url, 'porcari', { 'sec-fetch-site': 'cross-site' });
    foreign.html = talk.html;
    for (const form of [foreign, talk.copy()]) {
      const page = form === foreign ? talk.ticket() : 'inventata';
      await form.submit({ do: 'exit', page, text: 'x' });
      assert.equal(form.headers.get('refresh'), `0; url=${EXIT_URL}`);
    }
    await talk.submit({ choice: 'economic.cutoff.no' });
    assert.equal(talk.status, 200);
    await Promise.all([leave(talk), leave(talk), leave(talk)]);
    assert.equal((await press(talk, { do: 'say' })).status, 410);
  });

  describe('in a browser without JavaScript', () => {
    let browser: Browser;
    before(async () => {
      browser = await launchBrowser();
    });
    after(() => browser.close());

    it('arrives elsewhere, and Back, forward and reload show nothing', async () => {
      const context = await browser.newContext({ locale: 'it-IT', javaScriptEnabled: false });
      await context.route(`${new URL(EXIT_URL).origin}/**`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>meteo</title>' }),
      );
      const page: Page = await context.newPage();
      await page.goto(`${url}/testo/porcari`);
      for (const text of [CRY, 'ho paura']) {
        await page.locator('#box').fill(text);
        await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('button[value="say"]').click()]);
      }
      assert.match(await page.locator('main').innerText(), /ho paura/);
      await page.locator('button[value="exit"]').click();
      await page.waitForURL(EXIT_URL);
      for (const move of ['goBack', 'reload', 'goBack', 'reload', 'goForward', 'reload'] as const) {
        // What the browser refuses to show without asking is no page.
        await page[move]({ waitUntil: 'commit' }).catch(() => undefined);
        assert.doesNotMatch(await page.content(), TOLD, `${move} ${page.url()}`);
      }
      await context.close();
    });
  });
});
