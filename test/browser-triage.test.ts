// One whole triage for each condition of real life, in a real browser and over the real server: always the same desk, code and mail.
// What each part of the widget does is left to widget.test.ts, what is said to the transcripts.
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { openChat, openWidget, talkIn } from './support/browser-talk.ts';
import type { Hands } from './support/browser-talk.ts';
import { launchBrowser } from './support/browser.ts';
import { startCountingProxy } from './support/counting-proxy.ts';
import { openHosts } from './support/hosts.ts';
import type { Hosts } from './support/hosts.ts';
import { openRoad } from './support/road.ts';
import type { Road } from './support/road.ts';
import { STORIES } from './support/screens.ts';
import { CODE, DESK_INBOX, DESK_PHONE, PERSON, walk } from './support/walk.ts';
import type { Talker, Walked } from './support/walk.ts';

describe('a whole triage in a browser', function () {
  this.timeout(60_000);
  let road: Road;
  let hosts: Hosts;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  before(async () => {
    [road, browser] = await Promise.all([openRoad(), launchBrowser()]);
    hosts = await openHosts(road.url);
  });
  after(async () => {
    await browser.close();
    hosts.close();
    await road.close();
  });
  /** Who asks for less movement is not made to wait for a typing pause either. */
  const begin = async (width = 1280, height = 800, calm = true): Promise<void> => {
    const reducedMotion = calm ? 'reduce' : 'no-preference';
    context = await browser.newContext({ locale: 'it-IT', viewport: { width, height }, reducedMotion });
    page = await context.newPage();
  };
  afterEach(() => context.close());

  /** What every condition must come to. */
  const isSame = async ({ turnsToDesk, desk, code }: Walked): Promise<void> => {
    assert.ok(turnsToDesk <= 4, `${turnsToDesk} turns to the desk`);
    assert.ok(desk.text.includes(DESK_PHONE));
    assert.match(code, CODE);
    const { sent } = await road.mail(new RegExp(`${code} richiesta`));
    assert.deepEqual(sent.to, [DESK_INBOX]);
    const same = road.smtp.delivered.filter(({ mail }) => mail.subject?.includes(code));
    assert.equal(same.length, 1, 'one request, one mail');
  };
  const showsDesk = async (list: Locator): Promise<void> => {
    assert.equal(await list.locator('.card a[href="tel:+390583211899"]:visible').count(), 1);
  };
  /** Each answer of the bot once, and each of the person's words once. */
  const nothingTwice = async (list: Locator): Promise<void> => {
    const said = await list.locator('> li.me .text').allInnerTexts();
    assert.equal(new Set(said).size, said.length, said.join('\n'));
    const answered = await list.locator('> li.bot').allInnerTexts();
    assert.equal(new Set(answered).size, answered.length, answered.join('\n---\n'));
  };

  it('with the keyboard alone, on a page with a strict policy', async () => {
    await begin();
    const complaints: string[] = [];
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    const frame = page.frameLocator('iframe');
    const press = async (wanted: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> => {
      await wanted.waitFor();
      for (let step = 0; step < 40; step += 1) {
        if (await wanted.evaluate((node) => node.ownerDocument.hasFocus() && node.matches(':focus'))) return;
        await page.keyboard.press(key);
      }
      assert.fail('the keyboard does not reach it');
    };
    const hands: Hands = {
      write: async (text) => {
        await press(frame.locator('#box'), 'Tab');
        await page.keyboard.insertText(text);
        await page.keyboard.press('Enter');
      },
      tap: async (label) => {
        await press(frame.locator('.choice').filter({ hasText: label }).last(), 'Shift+Tab');
        await page.keyboard.press('Enter');
      },
    };
    const talk = talkIn(page, frame, hands);
    await page.goto(hosts.strict);
    await press(page.locator('.launcher'), 'Tab');
    await page.keyboard.press('Enter');
    await frame.locator('.choice').first().waitFor();
    await isSame(await walk(talk));
    await showsDesk(frame.locator('#list'));
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.launcher').evaluate((node) => node.matches(':focus')), true);
    assert.deepEqual(complaints, []);
  });

  it('on a page whose style sheet spares nothing', async () => {
    await begin();
    const talk = await openWidget(page, hosts.hostile);
    const walked = await walk(talk);
    const panel = await page.locator('iframe').boundingBox();
    assert.ok(panel && panel.width >= 320 && panel.height >= 400, JSON.stringify(panel));
    assert.ok(panel.x >= 0 && panel.y >= 0 && panel.x + panel.width <= 1280 && panel.y + panel.height <= 800);
    await isSame(walked);
    await showsDesk(talk.frame.locator('#list'));
    await talk.frame.getByRole('button', { name: 'Chiudi la chat' }).click();
    await page.locator('.launcher').waitFor();
    const launcher = await page.locator('.launcher').boundingBox();
    assert.ok(launcher && launcher.width >= 44 && launcher.height >= 44, JSON.stringify(launcher));
    const letters = await page.locator('.launcher').evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
    assert.ok(letters >= 16, `letters of ${letters} px`);
  });

  it('at 320 px, nothing wider than the screen', async () => {
    await begin(320, 568, false);
    const talk = await openWidget(page, `${road.url}/?comune=porcari`);
    const { frame } = talk;
    const wide: string[] = [];
    const looking: Talker = {
      say: (text) => talk.say(text).finally(look),
      choose: (id, label) => talk.choose(id, label).finally(look),
    };
    async function look(): Promise<void> {
      wide.push(
        ...(await frame
          .locator('body *:visible')
          .evaluateAll((all) =>
            all
              .filter((one) => one.getBoundingClientRect().right > 320.5 && one.closest('.hidden') === null)
              .map((one) => one.outerHTML.slice(0, 120)),
          )),
      );
    }
    await isSame(await walk(looking));
    await showsDesk(frame.locator('#list'));
    assert.deepEqual(wide, []);
  });

  it('right to left, in Arabic', async () => {
    await begin(360, 740);
    const talk = await openChat(page, `${road.url}/chat/porcari?lang=ar`);
    await isSame(await walk(talk, { ...PERSON, story: STORIES.ar.bill }));
    const list = page.locator('#list');
    await showsDesk(list);
    const sideOf = (who: string): Promise<number> =>
      list
        .locator(`li.${who} .bubble`)
        .nth(1)
        .evaluate((node) => node.getBoundingClientRect().right);
    assert.ok((await sideOf('me')) < (await sideOf('bot')), 'the person writes from the other side');
    const call = list.locator('.card a[href^="tel:"]').first();
    assert.match(await call.innerText(), /0583 211899/);
  });

  it('with the network gone in the middle, again and again', async () => {
    await begin(360, 740);
    const proxy = await startCountingProxy(Number(new URL(road.url).port));
    try {
      let turns = 0;
      /** Every third answer is given where there is no network. */
      const lost = async (act: () => Promise<void>): Promise<void> => {
        if ((turns += 1) % 3 !== 0) return act();
        await context.setOffline(true);
        proxy.block(true);
        await page.locator('#status[data-status="offline"], #status[data-status="waiting"]').waitFor();
        await act();
        await page.locator('#list > li.me').last().waitFor();
        proxy.block(false);
        await context.setOffline(false);
      };
      const hands: Hands = {
        write: (text) =>
          lost(async () => {
            await page.locator('#box').fill(text);
            await page.locator('#box').press('Enter');
          }),
        tap: (label) => lost(() => page.locator('.choice').getByText(label, { exact: true }).click()),
      };
      const talk = talkIn(page, page, hands);
      await page.goto(`${proxy.url}/chat/porcari`);
      await page.locator('.choice').first().waitFor();
      await isSame(await walk(talk));
      assert.ok(turns >= 9);
      await showsDesk(page.locator('#list'));
      await nothingTwice(page.locator('#list'));
    } finally {
      await proxy.close();
    }
  });

  it('loaded again in the middle, again and again, with a word half written', async () => {
    await begin(360, 740);
    const talk = await openChat(page, `${road.url}/chat/porcari`);
    const bubbles = page.locator('#list > li.bot, #list > li.me');
    let turns = 0;
    const again = async (): Promise<void> => {
      if ((turns += 1) % 3 !== 0) return;
      const shown = await bubbles.count();
      await page.locator('#box').fill('a metà');
      await page.reload();
      await bubbles.nth(shown - 1).waitFor();
      assert.equal(await page.locator('#box').inputValue(), 'a metà');
      assert.equal(await bubbles.count(), shown);
      await page.locator('#box').fill('');
    };
    const person: Talker = {
      say: async (text) => again().then(() => talk.say(text)),
      choose: async (id, label) => again().then(() => talk.choose(id, label)),
    };
    await isSame(await walk(person));
    assert.ok(turns >= 9);
    await showsDesk(page.locator('#list'));
    await nothingTwice(page.locator('#list'));
  });

  it('in two tabs by turns, which show the same', async () => {
    await begin(360, 740);
    const first = await openChat(page, `${road.url}/chat/porcari`);
    const opening = context.waitForEvent('page');
    await page.evaluate(() => window.open(location.href));
    const other = await opening;
    const second = talkIn(other, other);
    const listOf = (tab: Page): Locator => tab.locator('#list > li.bot, #list > li.me');
    await listOf(other).first().waitFor();
    let turns = 0;
    /** Whoever has not spoken must have heard. */
    const next = async (): Promise<Talker> => {
      const [from, to, talker] = (turns += 1) % 2 === 1 ? [other, page, first] : [page, other, second];
      await listOf(to)
        .nth((await listOf(from).count()) - 1)
        .waitFor();
      return talker;
    };
    const person: Talker = {
      say: async (text) => (await next()).say(text),
      choose: async (id, label) => (await next()).choose(id, label),
    };
    await isSame(await walk(person));
    await next();
    const words = (tab: Page): Promise<string[]> => listOf(tab).locator('.text').allInnerTexts();
    assert.deepEqual(await words(other), await words(page));
    for (const tab of [page, other]) await nothingTwice(tab.locator('#list'));
  });

  it('and out of it at once: nothing is left to go back to, and the request stands', async () => {
    await begin(360, 740);
    await context.route('https://www.google.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: 'meteo' }),
    );
    await page.goto(`${road.url}/testo`);
    const talk = await openWidget(page, `${road.url}/?comune=porcari`);
    const walked = await walk(talk);
    await isSame(walked);
    await talk.frame.getByRole('button', { name: 'Esci subito' }).click();
    await page.waitForURL('https://www.google.com/**');
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, '/testo');
    const later = await openChat(page, `${road.url}/chat/porcari`);
    const text = await page.locator('body').innerText();
    for (const told of [walked.code, PERSON.name, PERSON.contact, DESK_PHONE])
      assert.equal(await page.locator('#list').getByText(told).count(), 0, `${told} is still there`);
    assert.ok(text.length > 0);
    assert.equal(
      later.urls.some((url) => url.includes(walked.code)),
      false,
    );
  });
});
