// Every screen of a whole triage, and the pages around it and on paper: axe finds nothing, in light and dark, in both directions.
// Which screens there are is left to support/screens.ts, what is said aloud to accessibility-tree.test.ts.
import assert from 'node:assert/strict';
import { violations } from './support/axe.ts';
import { roadPage } from './support/road-page.ts';
import { showDanger, showPages, showRequest, showTrouble } from './support/screens.ts';
import type { Look, ScreenLanguage } from './support/screens.ts';

interface Arrangement {
  width: number;
  colorScheme: 'light' | 'dark';
}

/** With two directions, every two of theme, width and direction meet. */
const ARRANGEMENTS: Record<'ltr' | 'rtl', Arrangement[]> = {
  ltr: [
    { width: 360, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ],
  rtl: [
    { width: 360, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ],
};
/** Italian at a desk, Arabic in the person's hand: an operator's page is read in Italian. */
const OPERATORS = /^operator-/;

describe('axe finds nothing', function () {
  this.timeout(60_000);
  const on = roadPage();

  for (const [language, direction] of [
    ['it', 'ltr'],
    ['ar', 'rtl'],
  ] as const)
    describe(`in ${language}, ${direction}`, () => {
      const look = (seen: string[], faults: string[]): Look => lookAt(direction, seen, faults);
      const clean = async (screens: string[], show: (look: Look) => Promise<void>): Promise<void> => {
        const seen: string[] = [];
        const faults: string[] = [];
        await show(look(seen, faults));
        assert.deepEqual(faults, []);
        for (const screen of screens) assert.ok(seen.includes(screen), `${screen} was not seen`);
      };
      const asked: ScreenLanguage = language;

      it('on the screens of a request, from the greeting to what its desk answers', () =>
        clean(
          [
            'greeting',
            'question',
            'card',
            'consent',
            'own-data',
            'when',
            'safe-contact',
            'note',
            'summary',
            'sent',
            'desk-answer',
          ],
          (look) => showRequest(on.browser, on.page, on.road, asked, look),
        ));

      it('on likely needs and in danger', () =>
        clean(['likely-needs', 'danger'], (look) => showDanger(on.page, on.road, asked, look)));

      it('on a file, a lost network, menus and what asks before it erases', () =>
        clean(['unsupported', 'offline', 'menu-language', 'menu-options', 'confirm-clean', 'big'], (look) =>
          showTrouble(on.page, on.road, asked, look),
        ));

      it('on the pages around the chat, without scripts, and on paper', () =>
        clean(
          ['demo', 'demo-open', 'not-found', 'plain', 'plain-card', 'plain-danger', 'poster', 'sheet', 'leaflet'],
          (look) => showPages(on.page, on.road, asked, look),
        ));
    });
});

function lookAt(direction: 'ltr' | 'rtl', seen: string[], faults: string[]): Look {
  return async (screen, page) => {
    seen.push(screen);
    const size = page.viewportSize();
    for (const { width, colorScheme } of ARRANGEMENTS[direction]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 740 });
      const where = `${screen}, ${direction}, ${colorScheme}, ${width} px`;
      if (
        !OPERATORS.test(screen) &&
        (await page.evaluate(() => getComputedStyle(document.documentElement).direction)) !== direction
      )
        faults.push(`${where}: is not ${direction}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${where}: scrolls sideways by ${over} px`);
      for (const fault of await violations(page)) faults.push(`${where}: ${fault}`);
    }
    if (size) await page.setViewportSize(size);
  };
}
