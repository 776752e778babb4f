// A person's hands in the widget of a real page: types into the box, taps buttons, reads what came over the socket.
// How the widget looks and sounds is left to widget.test.ts.
import type { FrameLocator, Page } from 'playwright-core';
import type { WireActivity } from '../../adapters/web/widget/api.ts';
import { unfold } from '../../adapters/web/widget/terse.ts';
import type { LogFrame } from '../../adapters/web/widget/terse.ts';
import { shownBy } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

/** Where the chat is: a frame on another page, or the page itself. */
type View = Pick<FrameLocator, 'locator'>;

/** How somebody writes and presses; a mouse and a keyboard where nothing else is said. */
export interface Hands {
  write(text: string): Promise<void>;
  tap(label: string): Promise<void>;
}

export interface PageTalk extends Talker {
  /** Every address the page asked for. */
  urls: string[];
}

export interface BrowserTalk extends PageTalk {
  frame: FrameLocator;
}

/** Opens the page and the widget on it; the launcher is the one button outside the page's own content. */
export async function openWidget(page: Page, address: string): Promise<BrowserTalk> {
  const frame = page.frameLocator('iframe');
  const talk = talkIn(page, frame);
  await page.goto(address);
  await page.getByRole('button').first().click();
  await frame.locator('.choice').first().waitFor();
  return { ...talk, frame };
}

/** The same for a chat that is a page of its own. */
export async function openChat(page: Page, address: string): Promise<PageTalk> {
  const talk = talkIn(page, page);
  await page.goto(address);
  await page.locator('.choice').first().waitFor();
  return talk;
}

/** Must be there before the chat is: what came before is not known. */
export function talkIn(page: Page, view: View, hands: Hands = handsOn(view)): PageTalk {
  const wire = new Map<string, WireActivity>();
  const urls: string[] = [];
  const take = (text: string): void => {
    if (!text.startsWith('{')) return;
    const frame = JSON.parse(text) as { activities?: WireActivity[] } | LogFrame;
    const told = 'log' in frame ? unfold(frame, 'it', () => undefined) : frame.activities;
    for (const activity of told ?? []) wire.set(activity.id?.split('|').at(-1) ?? '', activity);
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

  const items = view.locator('#list > li.bot');
  /** The turn is over when the widget shows as many bubbles as came. */
  const turn = async (act: () => Promise<void>): Promise<Shown[]> => {
    const before = new Set(wire.keys());
    const fresh = (): WireActivity[] => [...wire].flatMap(([seq, activity]) => (before.has(seq) ? [] : [activity]));
    const shown = await items.count();
    await act();
    await items.nth(shown).waitFor();
    const bots = (): WireActivity[] => fresh().filter(({ channelData }) => channelData?.bussola !== undefined);
    while (bots().length === 0 || (await items.count()) < shown + bots().length) await page.waitForTimeout(20);
    return bots().map(shownBy);
  };
  return {
    urls,
    say: (text) => turn(() => hands.write(text)),
    choose: (_id, label) => turn(() => hands.tap(label)),
  };
}

function handsOn(view: View): Hands {
  return {
    write: async (text) => {
      await view.locator('#box').fill(text);
      await view.locator('#box').press('Enter');
    },
    tap: (label) => view.locator('.choice').getByText(label, { exact: true }).click(),
  };
}
