// What makes a webhook request Telegram's: the secret, and the shape of an update.
// The HTTP route is left to the web server, the update to handler.ts.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';

/** Path of the webhook under the public address. */
export const WEBHOOK_PATH = '/telegram/webhook';

/** Takes the same time whatever is given; false where no secret is set. */
export function sameSecret(given: string | undefined, wanted: string | undefined): boolean {
  const same = timingSafeEqual(digest(given ?? ''), digest(wanted ?? ''));
  return same && given !== undefined && wanted !== undefined;
}

/** Telegram vouches for the rest, once the secret is right. */
export function isUpdate(body: unknown): body is Update {
  return typeof body === 'object' && body !== null && Number.isInteger(Reflect.get(body, 'update_id'));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
