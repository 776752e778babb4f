// An operator's hands in a browser of their own: opens the link of a mail, says who they are, presses the page's buttons.
// What the page refuses is left to the desk's tests, what the person hears of it to the tests of the road.
import type { Browser, Page } from 'playwright-core';
import type { DeskMail } from './road.ts';

export interface Operator {
  page: Page;
  take(): Promise<void>;
  /** The first time that the page offers, at the desk. */
  propose(): Promise<void>;
  write(text: string): Promise<void>;
  /** With an appointment still to come. */
  closeCase(outcome: string): Promise<void>;
}

/** The digits and the name are asked once for each browser. */
export async function openDesk(browser: Browser, { link, digits }: DeskMail, name: string): Promise<Operator> {
  const context = await browser.newContext({ locale: 'it-IT', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(link);
  const unfold = (title: string | RegExp): Promise<void> => page.locator('summary').filter({ hasText: title }).click();
  const press = (button: string): Promise<void> => page.getByRole('button', { name: button }).click();
  const done = (text: string): Promise<void> => page.getByText(text).first().waitFor();
  return {
    page,
    async take() {
      await page.getByLabel('Il Suo nome o le Sue iniziali').fill(name);
      await page.getByLabel('Le quattro cifre').fill(digits);
      await press('Prendo in carico');
      await done(`In carico a ${name}`);
    },
    async propose() {
      await unfold(/^Propongo/);
      await page.getByLabel('Nei prossimi orari dello sportello').selectOption({ index: 1 });
      await page.locator('#propose').getByLabel('Allo sportello').check();
      await press('Propongo questo orario');
      await done('Orario proposto');
    },
    async write(text) {
      await unfold('Scrivo alla persona');
      await page.getByLabel('Il Suo messaggio').fill(text);
      await press('Mando il messaggio');
      await done(text);
    },
    async closeCase(outcome) {
      await unfold('Chiudo la richiesta');
      await page.getByLabel(outcome).check();
      await page.locator('#close').getByRole('button').click();
      await done("L'appuntamento viene annullato, e lo diciamo alla persona");
      await press('Sì, confermo');
      await done('Chiusa. Esito');
    },
  };
}
