// Starts the Chromium that comes with the packages, whatever is installed on the machine.
// Pages, servers and what is looked at are left to the tests.
import type { Browser } from 'playwright-core';

export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where its program is. The library unpacks its own shared objects only when it believes to be on that runtime. */
export async function browserPath(): Promise<string> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Closed by the caller. */
export async function launchBrowser(args: string[] = []): Promise<Browser> {
  const executablePath = await browserPath();
  const playwright = await import('playwright-core');
  return playwright.chromium.launch({ executablePath, headless: true, args: [...BROWSER_ARGS, ...args] });
}
