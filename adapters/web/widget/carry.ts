// A page opened from Telegram brings, behind the `#` of its address, the word that carries the talk over.
// Taking it out of the address at once is done here; sending it to api.ts, opening it to the server.
import type { Session } from './session.ts';

/** Moves the word from the address into the session, where a new conversation begins with it. True where there was one. */
export function takeCarry(data: Session): boolean {
  // Opened again in a page that is already there: no load follows by itself.
  addEventListener('hashchange', () => location.hash.startsWith('#c=') && location.reload());
  if (!location.hash.startsWith('#c=')) return false;
  data.carry = location.hash.slice(3);
  history.replaceState(null, '', location.pathname + location.search);
  delete data.conversationId;
  delete data.token;
  delete data.watermark;
  data.unsent = [];
  return true;
}
