// Paper in a real browser: the longest sheet of each language on one page, codes that a telephone reads off the print, axe.
// What stands on a sheet is left to paper.test.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { advance } from '../bot/conversation.ts';
import type { Reply } from '../bot/message.ts';
import { newState } from '../bot/state.ts';
import { COMUNI } from '../flows/types.ts';
import type { ComuneId } from '../flows/types.ts';
import { aCase, aTurn } from './store-samples.ts';
import { launchBrowser } from './support/browser.ts';
import { askSheet, paperWorld, PUBLIC_URL } from './support/paper.ts';
import type { PaperWorld } from './support/paper.ts';
import { readPixels, readQr } from './support/qr.ts';
import { roadsFrom } from './support/roads.ts';
import type { Road } from './support/roads.ts';

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
/** A4 between its margins of 10 mm, in dots of the screen. */
const A4 = { width: 718, height: 1047 };
const FLOORS = ['violence', 'suicide', 'child', 'no_shelter', 'medical'].map((danger) => `floor.${danger}`);
const LONGEST = 2;
/** Whose desks have the most to say. */
const LONG_NAMES = ['altopascio', 'lucca'] as const;

describe('paper in a browser', function () {
  this.timeout(120_000);
  let world: PaperWorld;
  let browser: Browser;
  let page: Page;
  let sheet: string;

  before(async () => {
    [world, browser] = await Promise.all([paperWorld(), launchBrowser()]);
    page = await (await browser.newContext({ viewport: { width: 360, height: 780 } })).newPage();
    sheet = await askSheet(world.person('porcari'));
  });
  after(async () => {
    await browser.close();
    await world.close();
  });
  beforeEach(async () => {
    await page.emulateMedia({ media: null, colorScheme: null });
    await page.setViewportSize({ width: 360, height: 780 });
  });

  const pagesOf = async (path: string): Promise<number> => {
    await page.goto(`${world.url}${path}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  };

  /** The card at the end of that road, as the talk shows it. */
  const cardOf = ({ answers }: Pick<Road, 'answers'>, comune: ComuneId, language: string): Reply | undefined => {
    const state = { ...newState(language, comune), answers, noticed: FLOORS };
    const incoming = { channel: 'web', conversationId: 'x', messageId: 'x', kind: 'start', text: '' } as const;
    const { effects } = advance(world.core.env, state, [], {
      incoming,
      decoded: undefined,
      hit: null,
      at: world.now(),
    });
    return effects.replies.find(({ card }) => card !== undefined);
  };
  const lengthOf = ({ card }: Reply): number =>
    JSON.stringify([card?.title, card?.hours, card?.address, card?.bring, card?.how.slice(0, 3)]).length;
  let kept = 0;
  /** Kept with two requests that are open: that is the longest a sheet can be. */
  const keep = async (reply: Reply, comune: ComuneId): Promise<string> => {
    const conversationId = `longest-${(kept += 1)}`;
    const code = String(kept).padStart(10, '0');
    const open = [1, 2].map((part) =>
      aCase({ id: `${conversationId}-${part}`, code: `PRC-${kept}ABC${part}`, conversationId, state: 'taken' }),
    );
    const until = new Date(world.now().getTime() + 86_400_000);
    const turn = aTurn({
      conversationId,
      state: newState('it', comune),
      replies: [reply],
      cases: open,
      sheet: { code, comune, until },
      at: world.now(),
    });
    assert.equal((await world.core.store.commit(turn)).result, 'committed');
    return `/carta/${code}`;
  };

  it('prints the longest sheet on one page, in every language', async () => {
    const roads = LONG_NAMES.flatMap((comune) =>
      roadsFrom([{ question: 'access.comune', values: [comune], by: 'person' }]).map((road) => ({ road, comune })),
    );
    const lengths = roads.flatMap(({ road, comune }) => {
      const reply = cardOf(road, comune, 'it');
      return reply ? [{ road, comune, length: lengthOf(reply) }] : [];
    });
    assert.ok(lengths.length > 400);
    const longest = lengths.toSorted((a, b) => b.length - a.length).slice(0, LONGEST);
    for (const language of world.core.env.words.languages)
      for (const { road, comune } of longest) {
        const path = await keep(cardOf(road, comune, language) ?? assert.fail('no card'), comune);
        assert.match((await world.get(path)).text, /PRC-\d+ABC1.*PRC-\d+ABC2/s);
        assert.equal(await pagesOf(path), 1, `${language} ${comune}`);
        assert.equal(await pagesOf(`${path}/foglietto`), 1, `${language} ${comune}, leaflet`);
      }
  });

  it('prints every poster on one page', async () => {
    for (const comune of COMUNI) assert.equal(await pagesOf(`/manifesto/${comune}`), 1, comune);
    for (const language of world.core.env.words.languages)
      assert.equal(await pagesOf(`/manifesto/villa_basilica?lang=${language}`), 1, language);
  });

  it('has type of at least 14 points on paper, and black on white', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const path of [sheet, `${sheet}/foglietto`, '/manifesto/porcari']) {
      await page.goto(`${world.url}${path}`);
      const looks = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((one) => one instanceof HTMLElement && one.checkVisibility() && one.innerText.trim() !== '')
          .map((one) => getComputedStyle(one))
          .map(({ fontSize, color }) => ({ points: (Number.parseFloat(fontSize) * 3) / 4, color })),
      );
      assert.ok(looks.length > 3);
      for (const { points, color } of looks) assert.deepEqual([points >= 14, color], [true, 'rgb(0, 0, 0)'], path);
    }
  });

  it('carries codes that can be read back', async () => {
    assert.equal(readQr((await world.get(sheet)).text), `${PUBLIC_URL}${sheet}`);
    for (const comune of COMUNI)
      assert.equal(readQr((await world.get(`/manifesto/${comune}`)).text), `${PUBLIC_URL}/chat/${comune}`);
    assert.equal((await world.get(sheet)).status, 200, 'and that open');
  });

  for (const [what, path] of [
    ['a sheet', () => sheet],
    ['a poster', () => '/manifesto/villa_basilica'],
  ] as const)
    it(`reads the code off ${what} as it is printed, in the dark theme too`, async () => {
      await page.setViewportSize(A4);
      for (const media of ['print', 'screen'] as const) {
        await page.emulateMedia({ media, colorScheme: 'dark' });
        await page.goto(`${world.url}${path()}`);
        const picture = (await page.locator('.qr').screenshot()).toString('base64');
        const read = await pixelsOf(browser, picture);
        const expected = path().startsWith('/carta') ? sheet : '/chat/villa_basilica';
        assert.equal(readPixels(read.pixels, read.width, read.height), `${PUBLIC_URL}${expected}`, media);
      }
    });

  for (const path of ['sheet', '/foglietto', '/carta', '/carta/ZZZZZ-ZZZZZ', '/manifesto/lucca', '/agenda/x.y'])
    it(`axe finds nothing wrong with ${path}, narrow or wide, light or dark, left or right`, async () => {
      const at = path === 'sheet' ? sheet : path === '/foglietto' ? `${sheet}/foglietto` : path;
      for (const language of ['it', 'ar'])
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.goto(`${world.url}${at}?lang=${language}`);
          await page.evaluate(AXE);
          for (const width of [320, 1280]) {
            await page.setViewportSize({ width, height: 780 });
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
            assert.deepEqual(await violations(page), []);
          }
        }
    });

  it('can be typed into and sent with the keyboard alone', async () => {
    await page.goto(`${world.url}/carta`);
    await page.getByLabel('Il codice del foglio').focus();
    await page.keyboard.type(sheet.split('/').at(-1)?.toLowerCase().replace('-', '') ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${sheet}`);
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Promemoria');
  });
});

/** A picture, dot by dot. */
async function pixelsOf(
  browser: Browser,
  picture: string,
): Promise<{ pixels: Uint8ClampedArray; width: number; height: number }> {
  const page = await browser.newPage();
  const { dots, width, height } = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const read = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    return { dots: [...read], width: image.width, height: image.height };
  }, picture);
  await page.close();
  return { pixels: Uint8ClampedArray.from(dots), width, height };
}

async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate<AxeResults>('axe.run()');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
