// Web Chat 4.18, unchanged, in a real browser, on the page of another origin: a whole request, from the words to the desk's answer.
// The client library below it is left to directlinejs.test.ts, the form of cards to adaptive-cards.test.ts.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { does } from '../support/desk.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { DESK_PHONE, walk } from '../support/walk.ts';
import { openWebChat, startHost } from '../support/web-chat-page.ts';
import type { Host, WebChatTalk } from '../support/web-chat-page.ts';

/** What Web Chat does to itself under a content policy, whatever the bot sends: it draws all the same. */
const ITS_OWN = /Applying inline style violates|Refused to apply inline style/;

describe('Web Chat', function () {
  this.timeout(90_000);
  let road: Road;
  let host: Host;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  before(async () => {
    road = await openRoad();
    host = await startHost(road.url);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await host.stop();
    await road.close();
  });
  beforeEach(async () => {
    complaints.length = 0;
    context = await browser.newContext({ locale: 'it-IT', viewport: { width: 480, height: 900 } });
    page = await context.newPage();
    const hear = (message: ConsoleMessage): void => {
      const told = ['error', 'warning'].includes(message.type()) && !ITS_OWN.test(message.text());
      if (told) complaints.push(message.text());
    };
    page.on('console', hear);
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(() => context.close());

  /** Each message is on the screen once, and the client was given it once. */
  async function assertOnce(talk: WebChatTalk): Promise<void> {
    const seen = await talk.seen();
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    const rows = page.locator('.webchat__basic-transcript__activity');
    assert.equal(await rows.count(), seen.length);
  }

  it('plays a request with taps and words, shows the desk on a card, and brings its answer', async () => {
    const talk = await openWebChat(page, host.origin);
    const { code } = await walk(talk);
    const phone = `Telefono: ${DESK_PHONE}`;
    const card = page.locator('.ac-adaptiveCard').filter({ hasText: phone });
    assert.equal(await card.count(), 1);
    assert.deepEqual((await talk.lines(phone)).length, 1, 'told on the card and beside it');
    const shown = (await talk.seen()).find(({ attachments }) => attachments?.some(isAdaptive));
    const transcript = await page.locator('.webchat__basic-transcript').innerText();
    for (const line of (shown?.text ?? assert.fail('no card')).split('\n').filter((one) => one !== ''))
      assert.ok(transcript.includes(line), `not on the screen: ${line}`);
    await card.getByRole('button', { name: /Chiama 0583 211899/ }).click();
    await card.getByRole('button', { name: 'Mappa' }).click();
    const [call, map] = await page.evaluate<string[]>('window.opened');
    assert.equal(call, 'tel:+390583211899');
    assert.match(map ?? '', /^https:/);

    const { link, digits } = await road.mail(new RegExp(`${code} richiesta`));
    const told = await talk.after(async () => {
      assert.equal((await does(link, '', { who: 'Anna', digits, do: 'take' })).status, 303);
    });
    assert.match(told.map(({ text }) => text).join('\n'), /presa in carico|novità/);
    await page
      .getByText(told[0]?.text.split('\n')[0] ?? '')
      .last()
      .waitFor();
    await assertOnce(talk);
    assert.deepEqual(complaints, []);
  });

  it('comes back by itself when the socket drops, with all that was said meanwhile, once', async () => {
    const talk = await openWebChat(page, host.origin);
    await talk.say('Ho bisogno di aiuto con la casa');
    const back = page.waitForEvent('websocket');
    await road.restart();
    await back;
    await talk.say('Abito a Porcari');
    await assertOnce(talk);
    assert.deepEqual(
      complaints.filter((text) => !/WebSocket|ERR_CONNECTION|Failed to load resource/.test(text)),
      [],
    );
  });

  it('follows the person into another language', async () => {
    const talk = await openWebChat(page, host.origin);
    const [answer] = await talk.say('Sorry, I do not speak Italian. I cannot pay my electricity bill.');
    const last = (await talk.seen()).at(-1);
    assert.equal(last?.locale, 'en', answer?.text);
    await assertOnce(talk);
    assert.deepEqual(complaints, []);
  });

  it('works where sockets do not, by asking again and again', async () => {
    const talk = await openWebChat(page, `${host.origin}/?polling`);
    const { code } = await walk(talk);
    assert.ok((await talk.lines(code)).length > 0);
    await assertOnce(talk);
    assert.deepEqual(complaints, []);
  });
});

function isAdaptive({ contentType }: { contentType: string }): boolean {
  return contentType === 'application/vnd.microsoft.card.adaptive';
}
