// `npm run shots -- [folder]`: pictures of every screen, to be looked at: desk, phone, dark, Arabic, and paper as it is printed.
// Which screens there are is left to test/support/screens.ts; no picture is kept with the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { browserPath, launchBrowser } from '../test/support/browser.ts';
import { rome } from '../test/support/fresh.ts';
import { makeFolder } from '../test/support/server-process.ts';
import { openRoad } from '../test/support/road.ts';
import { showAll } from '../test/support/screens.ts';
import type { Look, ScreenLanguage } from '../test/support/screens.ts';

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** A4 at 96 dots an inch. */
const PAPER = { width: 794, height: 1123 };

/** Each a folder of pictures. */
const LOOKS: Record<string, { language: ScreenLanguage; options: BrowserContextOptions }> = {
  desktop: { language: 'it', options: DESK },
  phone: { language: 'it', options: PHONE },
  dark: { language: 'it', options: { ...PHONE, colorScheme: 'dark' } },
  arabic: { language: 'ar', options: PHONE },
};
/** What is there to be printed, or may be. */
const PRINTED = ['sheet', 'leaflet', 'poster', 'card', 'sent', 'operator-case', 'plain-card'];

const [, , folder = fileURLToPath(new URL('../data/shots', import.meta.url))] = process.argv;
const fonts = await withArabic();
const browser = await launchBrowser();
const road = await openRoad();
try {
  for (const [name, { language, options }] of Object.entries(LOOKS)) {
    const context = await browser.newContext({ locale: 'it-IT', reducedMotion: 'reduce', ...options });
    // The server's own clock begins there (test/support/road.ts).
    await context.clock.install({ time: rome('2026-11-23T10:00') });
    await showAll(browser, await context.newPage(), road, language, shootInto(name));
    await context.close();
    process.stdout.write(`${join(folder, name)}\n`);
  }
} finally {
  await browser.close();
  await road.close();
  fonts.remove();
}

/** Telephones have letters for Arabic; the browser of the tests has none. */
async function withArabic(): Promise<{ remove(): void }> {
  await browserPath();
  const folder = makeFolder();
  const arabic = dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-arabic/package.json')));
  const dirs = [process.env['FONTCONFIG_PATH'] ?? '', arabic].map((dir) => `<dir>${dir}</dir>`).join('');
  writeFileSync(join(folder.path, 'fonts.conf'), `<fontconfig>${dirs}<cachedir>${folder.path}</cachedir></fontconfig>`);
  process.env['FONTCONFIG_PATH'] = folder.path;
  return folder;
}

function shootInto(name: string): Look {
  const shot = new Map<string, number>();
  const into = (look: string): string => {
    mkdirSync(join(folder, look), { recursive: true });
    return join(folder, look);
  };
  return async (screen, page) => {
    const times = (shot.get(screen) ?? 0) + 1;
    shot.set(screen, times);
    const file = times === 1 ? screen : `${screen}-${times}`;
    await settle(page);
    await page.screenshot({ path: join(into(name), `${file}.png`), fullPage: !isChat(page) });
    if (name === 'desktop' && times === 1 && PRINTED.includes(screen)) await print(page, join(into('print'), file));
  };
}

function isChat(page: Page): boolean {
  return new URL(page.url()).pathname.startsWith('/chat/');
}

/** The file that a printer would get, and the same sheet to be looked at. */
async function print(page: Page, file: string): Promise<void> {
  writeFileSync(`${file}.pdf`, await page.pdf({ preferCSSPageSize: true, format: 'A4' }));
  const size = page.viewportSize();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(PAPER);
  await page.screenshot({ path: `${file}.png`, fullPage: true });
  await page.emulateMedia({ media: 'screen' });
  if (size) await page.setViewportSize(size);
}

/** What is still on its way onto the screen has arrived; nothing lies under a resting pointer. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(350);
}
