// Where "leave now" takes the browser, and when Esc means it: a page that says nothing about this one.
// What is cleared before leaving is left to the loader and to leave.ts.

/** A weather search: ordinary, quick to load, refused by nobody's filter. */
export const EXIT_URL = 'https://www.google.com/search?q=meteo';

/** Milliseconds in which three presses are one wish. */
const MOMENT = 1200;

/**
 * Tells at each Esc whether it was the third within a moment. One that does not count by itself, because the chat is
 * closed by now, counts where one that did came just before.
 */
export function createEscapes(): (counts: boolean) => boolean {
  let times: number[] = [];
  return (counts) => {
    const now = Date.now();
    times = times.filter((at) => now - at < MOMENT);
    if (counts || times.length > 0) times.push(now);
    return times.length > 2;
  };
}

/** Nothing to be read from this moment on, however slow the next page is. */
export function blank(): void {
  document.documentElement.style.setProperty('display', 'none', 'important');
  document.title = ' ';
}
