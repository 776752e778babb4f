// The frame's side of the talk with the page that embeds the chat. Only bare words pass, never content.
// The page's side is left to loader.ts.

export interface Host {
  /** `escape`: the key was pressed in here; `exit`: everything here is erased, the page may go. */
  say(word: 'ready' | 'close' | 'escape' | 'exit'): void;
}

/**
 * `undefined` where the chat is a page of its own. Messages go only to the origin the loader gave, and only that
 * origin, in the parent window, is listened to: a page that gives a false origin gets nothing.
 */
export function embedded(heard: { open(): void; leave(): void }): Host | undefined {
  const query = new URLSearchParams(location.search);
  const origin = query.get('host') ?? '';
  if (query.get('embed') !== '1' || window.parent === window || !/^https?:\/\//.test(origin)) return undefined;
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    if (event.data === 'bussola:open') heard.open();
    if (event.data === 'bussola:leave') heard.leave();
  });
  return { say: (word) => window.parent.postMessage(`bussola:${word}`, origin) };
}
