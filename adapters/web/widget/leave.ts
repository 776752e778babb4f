// Two ways to leave nothing on the screen: out of here at once, or a new talk in the same place.
// What the server keeps is not touched by either: that is said in the page's words, and done by a command of the talk.
import { clearSessions, wish } from './session.ts';
import { blank, EXIT_URL } from './exit.ts';
import type { Host } from './embed.ts';

/** Erases, and goes to a page that says nothing, in the place of this one in the history. */
export function leave(stop: () => void, host: Host | undefined): void {
  stop();
  clearSessions();
  document.body.replaceChildren();
  blank();
  if (host) host.say('exit');
  else location.replace(EXIT_URL);
}

/** Erases, and begins anew: a page loaded again has no memory of what was on it. */
export function beginAnew(stop: () => void, box: HTMLTextAreaElement): void {
  stop();
  const big = wish('big');
  clearSessions();
  wish('big', big);
  wish('cleaned', true);
  // Browsers give a field back its words after a reload.
  box.value = '';
  document.getElementById('list')?.replaceChildren();
  location.reload();
}
