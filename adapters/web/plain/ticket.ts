// What a form of the plain pages carries: which conversation, which message it will be, where the talk stood. Encrypted.
// Whether it may still act is left to converse.ts, how it travels to page.ts.
import { createCipher } from '../../../bot/cipher.ts';
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

/** Encrypted, not only signed: whoever sees the source of a page learns no id that some other door may take. */
export function createTickets(secret: string, clock: Clock): Tickets {
  const cipher = createCipher(secret, 'plain pages');
  const seconds = (): number => Math.floor(clock().getTime() / 1000);
  return {
    fresh: (language) => ({ conversation: `tx_${randomId()}`, message: randomId(), seq: 0, language }),
    next: ({ conversation }, seq, language) => ({ conversation, message: randomId(), seq, language }),
    seal: ({ conversation, message, seq, language }) =>
      cipher.seal([conversation, message, seq, language, seconds()].join(' ')),
    open(sealed) {
      const [, conversation, message, seq, language, issued] =
        /^(tx_\S+) (\S+) (\d+) (\S+) (\d+)$/.exec(cipher.open(sealed) ?? '') ?? [];
      if (conversation === undefined || message === undefined || language === undefined) return undefined;
      if (seconds() - Number(issued) > LIFE_SECONDS) return undefined;
      return { conversation, message, seq: Number(seq), language };
    },
  };
}
