// What a form of the plain pages carries: which conversation, which message it will be, where the talk stood. Encrypted.
// Whether it may still act is left to converse.ts, how it travels to page.ts.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../../bot/ports.ts';
import { randomId } from '../tokens.ts';

export interface Ticket {
  conversation: string;
  /** Whatever this form sends, and however often, is this one message. */
  message: string;
  /** The last activity that stood on the page; 0: the talk has not begun. */
  seq: number;
  language: string;
}

export interface Tickets {
  /** A talk that nobody has begun. Nothing is kept of it. */
  fresh(language: string): Ticket;
  /** The next message of the same talk. */
  next(ticket: Ticket, seq: number, language: string): Ticket;
  seal(ticket: Ticket): string;
  /** `undefined`: not one of ours, changed on the way, or older than a day. */
  open(sealed: string): Ticket | undefined;
}

/** Who reads slowly has more than the twenty hours that accessibility asks for. */
const LIFE_SECONDS = 24 * 3600;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LONGEST = 600;

/** Encrypted, not only signed: whoever sees the source of a page learns no id that some other door may take. */
export function createTickets(secret: string, clock: Clock): Tickets {
  const key = createHmac('sha256', secret).update('bussola plain pages').digest();
  const seconds = (): number => Math.floor(clock().getTime() / 1000);
  return {
    fresh: (language) => ({ conversation: `tx_${randomId()}`, message: randomId(), seq: 0, language }),
    next: ({ conversation }, seq, language) => ({ conversation, message: randomId(), seq, language }),
    seal({ conversation, message, seq, language }) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const plain = [conversation, message, seq, language, seconds()].join(' ');
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const [, conversation, message, seq, language, issued] =
        /^(tx_\S+) (\S+) (\d+) (\S+) (\d+)$/.exec(decrypt(key, sealed) ?? '') ?? [];
      if (conversation === undefined || message === undefined || language === undefined) return undefined;
      if (seconds() - Number(issued) > LIFE_SECONDS) return undefined;
      return { conversation, message, seq: Number(seq), language };
    },
  };
}

function decrypt(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed.slice(0, LONGEST), 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return plain.toString('utf8');
  } catch {
    return undefined;
  }
}
