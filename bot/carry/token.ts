// The word that opens on the web what was begun on Telegram: sealed, so that nobody reads in it whose talk it is; half an hour.
// That it opens once is left to the store, what goes along to carried.ts.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { ComuneId } from '../../flows/types.ts';

const MINUTES = 30;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Longer than any that was ever made. */
const LONGEST = 400;

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
  // A key of its own: nothing else that is signed or sealed here can ever be such a token.
  const key = createHmac('sha256', secret).update('bussola carry').digest();
  return {
    url({ id, conversationId, comune, language, at }) {
      const expires = Math.floor(at.getTime() / 1000) + MINUTES * 60;
      const place = comune === undefined ? '/chat' : `/chat/${comune}`;
      return `${publicUrl}${place}?lang=${language}#c=${encrypt(key, `${id} ${expires} ${conversationId}`)}`;
    },
    read(token, at) {
      const [, id, expires, conversationId] = /^(\S+) (\d+) (\S+)$/.exec(decrypt(key, token) ?? '') ?? [];
      if (id === undefined || conversationId === undefined) return undefined;
      const claims = { id, conversationId, expires: new Date(Number(expires) * 1000) };
      return claims.expires > at ? claims : undefined;
    },
  };
}

function encrypt(key: Buffer, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

function decrypt(key: Buffer, token: string): string | undefined {
  if (token.length > LONGEST || !/^[\w-]+$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
