// A page opened from Telegram brings, behind the `#` of its address, the word that carries the talk over.
// Taking it out of the address at once is done here, and waiting for the server's word before this tab's own talk is
// given up; sending it is left to api.ts, opening it to the server.
import type { Session } from './session.ts';

/** Moves the word from the address into the session, where a new conversation begins with it. True where there was one. */
export function takeCarry(data: Session): boolean {
  // Nobody opens our link inside a page of others.
  if (window.parent !== window) return false;
  // Opened again in a page that is already there: no load follows by itself.
  addEventListener('hashchange', () => location.hash.startsWith('#c=') && location.reload());
  if (!location.hash.startsWith('#c=')) return false;
  data.carry = location.hash.slice(3);
  history.replaceState(null, '', location.pathname + location.search);
  const { conversationId, token, watermark, unsent } = data;
  // Anybody can write such a link: the talk of this tab waits until the server knows the word.
  if (conversationId !== undefined && !data.before)
    data.before = { conversationId, unsent, ...(token && { token }), ...(watermark && { watermark }) };
  delete data.conversationId;
  delete data.token;
  delete data.watermark;
  data.unsent = [];
  return true;
}

/** The new talk took something over, or the old one comes back. True where it did. */
export function judgeCarry(data: Session, carried: boolean | undefined): boolean {
  const { before } = data;
  delete data.before;
  delete data.carry;
  if (before === undefined || carried) return false;
  delete data.watermark;
  Object.assign(data, before, { unsent: [...before.unsent, ...data.unsent] });
  return true;
}
