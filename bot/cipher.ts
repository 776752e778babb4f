// Encrypts short texts for an address or a hidden field: who sees the sealed word reads nothing in it and can change nothing.
// What the text says, and how long it holds, is left to who seals it.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Longer than any that was ever made. */
const LONGEST = 600;

export interface Cipher {
  /** Never twice the same; letters that an address and a form take as they are. */
  seal(text: string): string;
  /** `undefined`: never was ours, was for another purpose, or was changed on the way. */
  open(sealed: string): string | undefined;
}

/** A key of its own for each purpose: nothing else that is signed or sealed here can ever stand for it. */
export function createCipher(secret: string, purpose: string): Cipher {
  const key = createHmac('sha256', secret).update(`bussola ${purpose}`).digest();
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      if (sealed.length > LONGEST || !/^[\w-]+$/.test(sealed)) return undefined;
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
        return text.toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
