// The operators' pages in a real browser: a case from its mail to its end, two colleagues at once, keyboard, axe, no scripts at all.
// What each button refuses is left to desk-case.test.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Case } from '../bot/ports.ts';
import { launchBrowser } from './support/browser.ts';
import { deskWorld } from './support/desk.ts';
import type { DeskWorld } from './support/desk.ts';
import { rome } from './support/fresh.ts';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const TUESDAY = { start: rome('2026-11-24T09:00').toISOString(), end: rome('2026-11-24T12:00').toISOString() };

describe('the operators’ pages in a browser', function () {
  this.timeout(60_000);
  let world: DeskWorld;
  let browser: Browser;
  let made: Case;
  let link: string;
  let digits: string;
  const contexts: BrowserContext[] = [];

  before(async () => {
    [world, browser] = await Promise.all([deskWorld(), launchBrowser()]);
  });
  after(async () => {
    await browser.close();
    await world.close();
  });
  beforeEach(async () => {
    world.at('2026-11-23T09:00');
    made = await world.request(
      {},
      {
        preferred: [TUESDAY],
        safe: { anyTime: false, wishes: 'Mai il sabato.', copyByMail: false },
        note: { text: 'Mi hanno staccato la luce.', lang: 'it' },
      },
    );
    ({ link, digits } = world.mailOf(made));
  });
  afterEach(async () => {
    for (const one of contexts.splice(0)) await one.close();
  });

  const open = async (url: string, width = 1280, scripts = false): Promise<Page> => {
    const context = await browser.newContext({
      locale: 'it-IT',
      viewport: { width, height: 800 },
      javaScriptEnabled: scripts,
    });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  const sign = async (page: Page, who: string, button: string): Promise<void> => {
    await page.getByLabel('Il Suo nome o le Sue iniziali').fill(who);
    await page.getByLabel('Le quattro cifre').fill(digits);
    await page.getByRole('button', { name: button }).click();
  };
  const unfold = (page: Page, name: string): Promise<void> => page.getByText(name, { exact: true }).first().click();

  it('plays a case from its mail to its end, without scripts, on a telephone', async () => {
    const page = await open(link, 360);
    await sign(page, 'Anna', 'Prendo in carico');
    await page.getByText('Fatto: la richiesta è in carico a Lei.').waitFor();
    await page.getByText('In carico a Anna dal 23 novembre, 09:00.').waitFor();

    await unfold(page, 'Propongo un altro orario');
    const form = page.locator('#propose');
    await form.getByLabel('Nei prossimi orari').selectOption(rome('2026-11-26T10:00').toISOString());
    await form.getByLabel('Allo sportello').check();
    await page.getByRole('button', { name: 'Propongo questo orario' }).click();
    await page.getByText('Orario proposto: giovedì 26 novembre 2026, dalle 10:00 alle 10:30, allo sportello').waitFor();

    await unfold(page, 'Scrivo alla persona');
    await page.getByLabel('Il Suo messaggio').fill('Porti la bolletta.\nA giovedì!');
    await page.getByRole('button', { name: 'Mando il messaggio' }).click();
    await page.locator('#content').getByText('Porti la bolletta.').waitFor();

    await unfold(page, 'Chiudo la richiesta');
    await page.getByLabel('aiuto avviato').check();
    await page.locator('#close').getByRole('button').click();
    await page.getByRole('heading', { name: 'Chiude la richiesta?' }).waitFor();
    await page.getByRole('button', { name: 'Sì, confermo' }).click();
    await page.getByText('Chiusa. Esito: aiuto avviato.').waitFor();

    const { made: now, events } = await world.read(made.id);
    assert.equal(now.state, 'closed');
    assert.deepEqual(
      events.map(({ type }) => type),
      ['requested', 'delivered', 'taken', 'proposed', 'desk_wrote', 'closed'],
    );
    assert.equal(await page.locator('summary').count(), 0, 'nothing is left to do');
  });

  it('tells the second of two browsers who was first, and keeps what was typed', async () => {
    const [hers, his] = await Promise.all([open(link), open(link)]);
    await sign(his, 'Bruno', 'Vedo le altre azioni');
    await unfold(his, 'Scrivo alla persona');
    await his.getByLabel('Il Suo messaggio').fill('La chiamo domani.');
    await sign(hers, 'Anna', 'Prendo in carico');
    await hers.getByText('In carico a Anna').waitFor();
    await his.getByRole('button', { name: 'Mando il messaggio' }).click();
    await his.getByRole('alert').getByText('Nel frattempo Anna ha preso in carico la richiesta (09:00).').waitFor();
    assert.equal(await his.getByLabel('Il Suo messaggio').inputValue(), 'La chiamo domani.');
    assert.deepEqual((await world.read(made.id)).messages, []);
    await his.getByRole('button', { name: 'Mando il messaggio' }).click();
    await his.getByText('Fatto: il messaggio è in viaggio').waitFor();
  });

  it('goes by the keyboard in the order it is read, and never stops at the trap', async () => {
    const page = await open(link, 1280, true);
    const stops: string[] = [];
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          () =>
            `${document.activeElement?.tagName} ${document.activeElement?.textContent?.trim() || document.activeElement?.id}`,
        ),
      );
    }
    assert.deepEqual(stops.slice(0, 7), [
      'A Vai al contenuto',
      'A Vai ai pulsanti',
      'A 333 000 0000',
      'INPUT first-who',
      'INPUT first-digits',
      'BUTTON Prendo in carico',
      'BUTTON Vedo le altre azioni',
    ]);
    await page.getByLabel('Il Suo nome').fill('Anna');
    await page.getByLabel('Le quattro cifre').fill(digits);
    await page.keyboard.press('Enter');
    await page.getByText('In carico a Anna').waitFor();
  });

  it('lists the open cases of a desk, the oldest first, and opens them', async () => {
    const older = await world.request({ requestedAt: rome('2026-11-18T09:00'), createdAt: rome('2026-11-18T09:00') });
    const list = world.env.links.url('desk', made.deskId, 0, world.now(), 7);
    const page = await open(list);
    assert.equal(await page.locator('tbody a').count(), 0, 'no way in before the digits');
    const codes = await page.locator('tbody tr td:first-child').allInnerTexts();
    assert.equal(codes[0], older.code);
    assert.ok(codes.includes(made.code ?? ''));
    const shown = await page.locator('body').innerText();
    assert.doesNotMatch(shown, /Esempio|333 000|bollett/, 'no name, number or need');
    digits = world.env.links.digits(`desk ${made.deskId} 0`);
    await sign(page, 'Anna', 'Continua');
    await page.getByText('Da questo computer agisce: Anna.').waitFor();
    await page.getByRole('link', { name: made.code ?? '' }).click();
    await page.getByRole('button', { name: 'Prendo in carico' }).click();
    await page.getByText('In carico a Anna').waitFor();
    await page.goto(list);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('button').count(), 0, 'nothing to press on paper');
    assert.equal(await page.locator('tbody a').first().isVisible(), true);
  });

  it('sends a link to a desk’s own inbox and tells nobody whether it did', async () => {
    await world.mails();
    const page = await open(`${world.url}/s`);
    for (let round = 0; round < 2; round += 1) {
      // One line for an inbox, whatever desks read it, under its comune.
      const montecarlo = page.locator('optgroup[label="Montecarlo"] option');
      assert.match(
        (await montecarlo.allTextContents()).join('|'),
        /^\s*Servizi sociali \(sportello sociale\)[^|]*, e altri \d+ sportelli\s*$/,
      );
      const value = (await montecarlo.getAttribute('value')) ?? assert.fail('no value');
      await page.getByLabel('Sportello').selectOption(value);
      await page.getByRole('button', { name: 'Mandate il link' }).click();
      await page.getByText('Se la casella è attiva, il link arriva fra poco.').waitFor();
    }
    const sent = await world.mails();
    assert.deepEqual(
      sent.map(({ kind, mail }) => [kind, mail.to[0]?.address]),
      [['link', 'assistentesociale@comune.montecarlo.lu.it']],
    );
    const found = /http:\S+\/s\/d\/\S+/.exec(sent[0]?.mail.text ?? '')?.[0] ?? assert.fail('no link');
    await page.goto(found);
    await page.getByText('Nessuna richiesta aperta.').waitFor();
  });

  describe('for everybody', () => {
    const pages: [string, (page: Page) => Promise<unknown>][] = [
      ['a new case', (page) => page.goto(link)],
      [
        'wrong digits',
        async (page) => {
          await page.goto(link);
          const right = digits;
          digits = right === '0000' ? '1111' : '0000';
          await sign(page, 'Anna', 'Prendo in carico');
          digits = right;
        },
      ],
      [
        'every form of a case',
        async (page) => {
          await page.goto(link);
          await sign(page, 'Anna', 'Prendo in carico');
          for (const one of await page.locator('summary').all()) await one.click();
        },
      ],
      [
        'a form to be mended',
        async (page) => {
          await page.goto(link);
          await sign(page, 'Anna', 'Vedo le altre azioni');
          await unfold(page, 'Propongo un altro orario');
          await page.locator('#propose').getByLabel('Giorno', { exact: true }).fill('2026-11-29');
          await page.locator('#propose').getByLabel('Ora', { exact: true }).fill('10:00');
          await page.getByRole('button', { name: 'Propongo questo orario' }).click();
        },
      ],
      [
        'the question before the end',
        async (page) => {
          await page.goto(link);
          await sign(page, 'Anna', 'Vedo le altre azioni');
          await unfold(page, 'Non è per noi');
          await page.getByLabel('non risiede').check();
          await page.locator('#refuse').getByRole('button').click();
          await page.getByRole('heading', { name: 'Non segue questa richiesta?' }).waitFor();
        },
      ],
      ['the list', (page) => page.goto(world.env.links.url('desk', made.deskId, 0, world.now(), 7))],
      ['the way to a link', (page) => page.goto(`${world.url}/s`)],
      ['nothing there', (page) => page.goto(`${world.url}/s/c/nothing`)],
      [
        'a link too old',
        async (page) => {
          const old = world.mailOf(made, 1).link;
          world.pass(25 * 60);
          await page.goto(old);
        },
      ],
    ];
    for (const [name, reach] of pages)
      it(`axe finds nothing wrong with ${name}, narrow or wide, and it does not scroll sideways`, async () => {
        const page = await open('about:blank', 360, true);
        const complaints: string[] = [];
        page.on('console', (message) => {
          // The browser itself says so of every answer that is no 200.
          if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
        });
        await reach(page);
        assert.deepEqual(complaints, [], 'the page keeps its own policy');
        await page.evaluate(AXE);
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
          assert.deepEqual(await violations(page), []);
        }
      });

    it('looks the same in the dark to axe', async () => {
      const page = await open(link, 1280, true);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.evaluate(AXE);
      assert.deepEqual(await violations(page), []);
    });
  });
});

async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate<AxeResults>('axe.run()');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
