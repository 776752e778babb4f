// Starts the Chromium that comes with the packages, whatever is installed on the machine.
// Pages, servers and what is looked at are left to the tests.
import type { Browser } from 'playwright-core';

/** Closed by the caller. The library unpacks its own shared objects only when it believes to be on that runtime. */
export async function launchBrowser(): Promise<Browser> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const playwright = await import('playwright-core');
  return playwright.chromium.launch({
    executablePath: await chromium.executablePath(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
