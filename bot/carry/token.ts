// The word that opens on the web what was begun on Telegram: sealed, so that nobody reads in it whose talk it is; half an hour.
// That it opens once is left to the store, what goes along to carried.ts.
import type { ComuneId } from '../../flows/types.ts';
import { createCipher } from '../cipher.ts';

const MINUTES = 30;

export interface CarryClaims {
  /** Names this link; the conversation knows it as its last one. */
  id: string;
  conversationId: string;
  expires: Date;
}

export interface CarryLinks {
  /** The address of the chat page, the token behind its `#`: a browser tells it to no server, no log, no other page. */
  url(given: { id: string; conversationId: string; comune: ComuneId | undefined; language: string; at: Date }): string;
  /** `undefined`: expired, or never was ours. */
  read(token: string, at: Date): CarryClaims | undefined;
}

/** `undefined` where the page could be read on its way: no https, and not this machine. */
export function createCarryLinks(secret: string, publicUrl: string): CarryLinks | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined;
  const cipher = createCipher(secret, 'carry');
  return {
    url({ id, conversationId, comune, language, at }) {
      const expires = Math.floor(at.getTime() / 1000) + MINUTES * 60;
      const place = comune === undefined ? '/chat' : `/chat/${comune}`;
      return `${publicUrl}${place}?lang=${language}#c=${cipher.seal(`${id} ${expires} ${conversationId}`)}`;
    },
    read(token, at) {
      const [, id, expires, conversationId] = /^(\S+) (\d+) (\S+)$/.exec(cipher.open(token) ?? '') ?? [];
      if (id === undefined || conversationId === undefined) return undefined;
      const claims = { id, conversationId, expires: new Date(Number(expires) * 1000) };
      return claims.expires > at ? claims : undefined;
    },
  };
}
