// What a screen reader hears: all that appears in the chat's live region, in order, with its language and what had the focus.
// Where the chat is, and what it should say, is left to the tests.
import type { Frame, FrameLocator, Page } from 'playwright-core';

export interface Heard {
  text: string;
  lang: string;
  /** What had the focus when it was said. */
  focus: string;
}

const WATCH = `window.heard = [];
  new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => window.heard.push({
    text: node.textContent,
    lang: node.closest?.('[lang]')?.lang ?? '',
    focus: document.activeElement?.id || document.activeElement?.className || '',
  })))).observe(live, { childList: true, subtree: true });`;

/** From a page's first moment: for `addInitScript`, before it is opened. */
export const LISTEN = `addEventListener('DOMContentLoaded', () => {
  const live = document.getElementById('live');
  if (live) { ${WATCH} }
});`;
const LISTEN_NOW = `(() => {
  const live = document.getElementById('live');
  ${WATCH}
})()`;

/** What was heard since the page was opened with LISTEN. */
export const heardBy = (where: Page | Frame): Promise<Heard[]> => where.evaluate<Heard[]>('window.heard');

/** From now on; gives the texts heard since. */
export async function listen(frame: FrameLocator): Promise<() => Promise<string[]>> {
  const live = frame.locator('#live');
  await live.evaluate(LISTEN_NOW);
  return async () => {
    const heard: Heard[] = await live.evaluate('window.heard');
    return heard.map(({ text }) => text);
  };
}
