// What Esc does in the chat: one press shuts the menu, else the panel; three within a moment leave.
// Erasing is left to leave.ts, the page around the chat to loader.ts, which goes on counting there.
import type { Host } from './embed.ts';
import { createEscapes } from './exit.ts';
import { shutMenu } from './menus.ts';

export function tendEscape(host: Host | undefined, exit: () => void): void {
  const escaped = createEscapes();
  addEventListener('keydown', (event) => {
    // Where words are composed from several keys, Esc gives up a word.
    if (event.key !== 'Escape' || event.isComposing || event.repeat) return;
    const out = escaped(true);
    const shut = shutMenu();
    host?.say('escape');
    if (out) exit();
    else if (host && !shut) host.say('close');
  });
}
