// The road of a case with real channels: the widget and the desk in two browsers, a foreign Direct Line client, the terminal.
// What each button refuses is left to the desk's tests, Telegram to case-telegram.test.ts.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import type { Browser, BrowserContext, FrameLocator, Page, WebSocketRoute } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openWidget } from '../support/browser-talk.ts';
import type { BrowserTalk } from '../support/browser-talk.ts';
import { does } from '../support/desk.ts';
import { connectDirectLine } from '../support/direct-line-client.ts';
import { listen } from '../support/live.ts';
import { openDesk } from '../support/operator.ts';
import { eventually, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { makeFolder, runToEnd } from '../support/server-process.ts';
import { CODE, shownBy, walk } from '../support/walk.ts';

const SAY_YES = 'Sì, va bene';

describe('the road of a case', () => {
  let road: Road;
  before(async () => {
    road = await openRoad();
  });
  after(() => road.close());

  describe('in two browsers', function () {
    this.timeout(90_000);
    let browser: Browser;
    const contexts: BrowserContext[] = [];
    before(async () => {
      browser = await launchBrowser();
    });
    afterEach(async () => {
      for (const one of contexts.splice(0)) await one.close();
    });
    after(() => browser.close());

    /** A cheap phone. */
    async function openPhone(): Promise<{ page: Page; talk: BrowserTalk; cut: () => Promise<void> }> {
      const size = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
      const context = await browser.newContext({ locale: 'it-IT', ...size });
      contexts.push(context);
      const page = await context.newPage();
      const sockets: WebSocketRoute[] = [];
      const line = { cut: false };
      await page.routeWebSocket(/\/stream/, (socket) => {
        if (line.cut) setTimeout(() => void socket.close(), 20);
        else {
          socket.connectToServer();
          sockets.push(socket);
        }
      });
      const cut = async (): Promise<void> => {
        line.cut = true;
        for (const one of sockets) await one.close();
      };
      return { page, cut, talk: await openWidget(page, `${road.url}/?comune=porcari`) };
    }
    const bubble = (frame: FrameLocator, text: string | RegExp) => frame.locator('#list > li.bot', { hasText: text });
    const tap = (frame: FrameLocator, label: string): Promise<void> =>
      frame.locator('.choice').getByText(label, { exact: true }).last().tap();

    it('goes from the request to its end, each side told where they are, and on in another browser', async () => {
      const { page, talk } = await openPhone();
      const { frame } = talk;
      const { code } = await walk(talk);
      const title = await page.title();
      const mail = await road.mail(new RegExp(`${code} richiesta`));
      const desk = await openDesk(browser, mail, 'Anna');
      contexts.push(desk.page.context());

      const heard = await listen(frame);
      await frame.locator('#box').fill('intanto scrivevo');
      await desk.take();
      await bubble(frame, 'è stata presa in carico').waitFor();
      await desk.propose();
      await bubble(frame, 'lo sportello propone un incontro').waitFor();
      assert.deepEqual(
        (await heard()).map((text) => /presa in carico|propone un incontro/.exec(text)?.[0]),
        ['presa in carico', 'propone un incontro'],
        'each is said once to who listens',
      );
      assert.equal(await focused(frame), 'box', 'nothing takes the focus away');
      assert.equal(await frame.locator('#box').inputValue(), 'intanto scrivevo');
      assert.equal(await page.title(), title, 'nothing is told to who looks at the tabs');
      await frame.getByRole('button', { name: 'Nuovo messaggio' }).tap();
      await inView(frame, bubble(frame, 'è stata presa in carico'));

      await frame.locator('#box').fill('');
      await tap(frame, SAY_YES);
      await bubble(frame, "l'ho detto allo sportello").waitFor();
      const agreed = await road.mail(new RegExp(`${code} appuntamento confermato`));
      assert.equal(calendarOf(agreed.sent.mail.attachments).method, 'REQUEST');

      await desk.page.reload();
      await desk.page.getByText('Appuntamento confermato').first().waitFor();
      await frame.locator('#scroller').evaluate((view) => view.scrollTo(0, view.scrollHeight));
      await desk.write('Porti la bolletta.');
      await bubble(frame, '«Porti la bolletta.»').waitFor();
      await inView(frame, bubble(frame, '«Porti la bolletta.»'));
      await tap(frame, 'Rispondo allo sportello');
      await bubble(frame, 'lo mando allo sportello').waitFor();
      await talk.say('Posso venire con mia sorella?');
      await talk.say('Ha lei la macchina.');
      await tap(frame, 'Sì, lo mandi');
      const answered = await road.mail(new RegExp(`${code} nuovo messaggio`));
      assert.match(answered.sent.mail.text ?? '', /Posso venire con mia sorella\?\s+(> )?Ha lei la macchina\./);
      await desk.page.reload();
      await desk.page.locator('#content').getByText('Posso venire con mia sorella?').waitFor();
      const headings = await desk.page.getByRole('heading', { level: 2 }).allInnerTexts();
      assert.ok(
        headings.indexOf('Messaggi') < headings.indexOf('Che cosa può fare'),
        'read before anything is pressed',
      );

      // The phone is lost: what comes now is read elsewhere.
      await page.close();
      await desk.write('Certo, vi aspetto.');
      const later = await openPhone();
      const told = await later.talk.say(code);
      const neutral = told.map(({ text }) => text).join('\n');
      assert.match(neutral, new RegExp(code));
      assert.doesNotMatch(neutral, /Anna|aspetto|bolletta|Fiordaliso|24 novembre, dalle|sorella/);
      await tap(later.talk.frame, "L'ho mandata io");
      await bubble(later.talk.frame, 'ultime tre cifre').waitFor();
      await later.talk.say('000');
      await tap(later.talk.frame, 'Seguo da qui');
      await bubble(later.talk.frame, '«Certo, vi aspetto.»').waitFor();
      await bubble(later.talk.frame, "L'appuntamento è fissato").waitFor();

      const again = await listen(later.talk.frame);
      await desk.closeCase('aiuto avviato');
      await bubble(later.talk.frame, `L'appuntamento della richiesta ${code} è annullato`).waitFor();
      await bubble(later.talk.frame, `Lo sportello ha chiuso la richiesta ${code}`).waitFor();
      assert.equal((await again()).filter((text) => text.includes('ha chiuso')).length, 1);
    });

    it('is told the same where every socket is let in and cut off at once', async () => {
      const { talk, cut } = await openPhone();
      const { code } = await walk(talk);
      await cut();
      const desk = await openDesk(browser, await road.mail(new RegExp(`${code} richiesta`)), 'Bruno');
      contexts.push(desk.page.context());
      const heard = await listen(talk.frame);
      await desk.take();
      await desk.propose();
      await bubble(talk.frame, 'lo sportello propone un incontro').waitFor();
      assert.equal(await bubble(talk.frame, 'è stata presa in carico').count(), 1);
      assert.equal((await heard()).length, 2);
      await tap(talk.frame, SAY_YES);
      await road.mail(new RegExp(`${code} appuntamento confermato`));
    });

    it('shows with one tap the first of what came while somebody read further up', async () => {
      const { talk } = await openPhone();
      const { frame } = talk;
      const { code } = await walk(talk);
      const desk = await openDesk(browser, await road.mail(new RegExp(`${code} richiesta`)), 'Carla');
      contexts.push(desk.page.context());
      await frame.locator('#scroller').evaluate((view) => view.scrollTo(0, 0));
      await desk.take();
      await desk.write(`Prima.\n${'Una riga in più.\n'.repeat(20)}`);
      await desk.write('Poi.');
      await bubble(frame, '«Poi.»').waitFor();
      const button = frame.getByRole('button', { name: 'Nuovo messaggio' });
      const height = (await button.boundingBox())?.height ?? 0;
      assert.ok(height >= 44 && height < 60, `one line, big enough: ${height}`);
      await button.tap();
      await inView(frame, bubble(frame, 'è stata presa in carico'));
      assert.equal(await button.isVisible(), false);
    });
  });

  it('reaches a foreign client once, also what is said while it is cut off', async function () {
    this.timeout(60_000);
    const client = connectDirectLine(road.url, true);
    try {
      await client.greeting();
      const { code } = await walk(client);
      const { link, digits } = await road.mail(new RegExp(`${code} richiesta`));
      const heard = (text: string): number =>
        client.heard.filter((one) => one.type === 'message' && (one.text ?? '').includes(text)).length;
      const { cookie } = await does(link, '', { do: 'take', who: 'Anna', digits });
      await eventually(() => heard('è stata presa in carico') > 0, 'not told');
      for (const text of ['Prima della pausa.', 'Dopo la pausa.', 'Ancora.']) {
        assert.equal((await does(link, cookie, { do: 'write', text })).status, 303);
        if (text.startsWith('Prima')) await road.restart();
      }
      await eventually(() => heard('«Ancora.»') > 0, 'not told after the restart');
      for (const text of ['è stata presa in carico', '«Prima della pausa.»', '«Dopo la pausa.»', '«Ancora.»'])
        assert.equal(heard(text), 1, text);
      assert.equal(new Set(client.heard.map(({ id }) => id)).size, client.heard.length);
      await does(link, cookie, { do: 'refuse_sure', reason: 'not_resident' });
      await eventually(() => heard('residente nel suo comune') > 0, 'not told why');
      await client.say('e adesso che faccio?');
      const offered = (): boolean => shownBy(client.heard.at(-1)).choices.length > 0;
      await eventually(offered, 'nothing to press');
    } finally {
      client.end();
      Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
    }
  });

  it('is asked about in the terminal with its code, by another run', async function () {
    this.timeout(60_000);
    const folder = makeFolder();
    const at = ['--json', '--at', '2026-11-23T10:00', '--data', folder.path, '--comune', 'porcari'];
    const ask = async (lines: string[]): Promise<string> => {
      const { code, stdout, stderr } = await runToEnd('bot/chat.ts', at, {}, `${lines.join('\n')}\n`);
      assert.deepEqual([code, stderr], [0, '']);
      return stdout;
    };
    const first = await ask([
      'non riesco a pagare l’affitto',
      'access.followed.first',
      'result.request',
      'request.consent.yes',
      'Fiordaliso',
      '333 000 0000',
      'request.when.any',
      'request.safe.any',
      'request.note.skip',
      'request.summary.send',
    ]);
    const code = CODE.exec(first)?.[0] ?? assert.fail(first);
    const second = await ask([
      'a che punto è la mia richiesta?',
      `a che punto è la mia richiesta? ${code}`,
      `case.prove.${code.toLowerCase()}`,
      '000',
      `case.here.${code.toLowerCase()}`,
    ]);
    folder.remove();
    const [none = '', neutral = '', , , whole = ''] = second.split(/\{"turn":\d+\}\n/).slice(1);
    assert.match(none, /Se ha un codice, me lo scriva/);
    assert.match(neutral, new RegExp(`La richiesta ${code} c'è`));
    assert.match(neutral, /0583 211899/);
    assert.match(whole, /È arrivata allo sportello\. Nessuno ha ancora risposto\./);
  });
});

async function focused(frame: FrameLocator): Promise<string | undefined> {
  return frame.locator('body').evaluate((body) => body.ownerDocument.activeElement?.id);
}

/** Its first line can be read without scrolling. */
async function inView(frame: FrameLocator, bubble: ReturnType<FrameLocator['locator']>): Promise<void> {
  const [view, box] = await Promise.all([frame.locator('#scroller').boundingBox(), bubble.boundingBox()]);
  assert.ok(view && box && box.y >= view.y - 1 && box.y + 40 <= view.y + view.height, JSON.stringify({ view, box }));
}

function calendarOf(attachments: { contentType: string; content: Buffer }[]): { method: unknown } {
  const file = attachments.find(({ contentType }) => contentType.startsWith('text/calendar'));
  const calendar = new ICAL.Component(ICAL.parse(file?.content.toString() ?? assert.fail('no calendar')));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? assert.fail('no event'));
  assert.ok(event.startDate.toJSDate() < event.endDate.toJSDate());
  return { method: calendar.getFirstPropertyValue('method') };
}
