// A person's hands in the widget of a real page: types into the box, taps buttons, reads what came over the socket.
// How the widget looks and sounds is left to widget.test.ts.
import type { FrameLocator, Page } from 'playwright-core';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

export interface BrowserTalk extends Talker {
  frame: FrameLocator;
  /** Every address the page asked for. */
  urls: string[];
}

interface Wire {
  id: string;
  from: { id: string };
  channelData?: { clientActivityID?: string };
}

/** Opens the page and the widget on it; the launcher is the one button outside the page's own content. */
export async function openWidget(page: Page, address: string): Promise<BrowserTalk> {
  const wire = new Map<string, Wire>();
  const urls: string[] = [];
  const take = (text: string): void => {
    if (!text.startsWith('{')) return;
    const { activities } = JSON.parse(text) as { activities?: Wire[] };
    for (const activity of activities ?? []) wire.set(activity.id, activity);
  };
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => {
    urls.push(socket.url());
    socket.on('framereceived', ({ payload }) => take(payload.toString()));
  });
  page.on('response', (response) => {
    // Without a socket the widget polls.
    if (/\/activities(\?|$)/.test(response.url()) && response.request().method() === 'GET')
      void response.text().then(take, () => {});
  });
  await page.goto(address);
  await page.getByRole('button').first().click();
  const frame = page.frameLocator('iframe');
  await frame.locator('.choice').first().waitFor();

  const items = frame.locator('#list > li.bot');
  /** The turn is over when the widget shows as many bubbles as came. */
  const turn = async (act: () => Promise<void>): Promise<Shown[]> => {
    const before = new Set(wire.keys());
    const fresh = (): Wire[] => [...wire.values()].filter(({ id }) => !before.has(id));
    const shown = await items.count();
    await act();
    await items.nth(shown).waitFor();
    const bots = (): Wire[] => fresh().filter(({ from }) => from.id === 'bussola');
    while (bots().length === 0 || (await items.count()) < shown + bots().length) await page.waitForTimeout(20);
    return bots().map(shownBy);
  };
  return {
    frame,
    urls,
    say: (text) =>
      turn(async () => {
        await frame.locator('#box').fill(text);
        await frame.locator('#box').press('Enter');
      }),
    choose: (_id, label) => turn(() => frame.locator('.choice').getByText(label, { exact: true }).click()),
  };
}
