// One-time values for forms: sealed for what the page is about, good for twelve hours, spent by the step they allow.
// That one is spent once only is left to the store.
import { randomBytes } from 'node:crypto';
import type { Links } from '../../../../bot/links.ts';

const LIFE_MS = 12 * 3_600_000;

export interface Nonce {
  value: string;
  /** After this it would be refused anyway. */
  until: Date;
}

export function newNonce(links: Links, key: string, at: Date): string {
  return links.seal(`once ${key}`, `${randomBytes(16).toString('base64url')} ${at.getTime()}`);
}

/** `undefined`: not one of ours, for something else, or too old. */
export function readNonce(links: Links, key: string, sealed: string, at: Date): Nonce | undefined {
  const [, value, issued] = /^([\w-]{22}) (\d{1,15})$/.exec(links.unseal(`once ${key}`, sealed) ?? '') ?? [];
  if (value === undefined) return undefined;
  const until = new Date(Number(issued) + LIFE_MS);
  return until > at && Number(issued) <= at.getTime() + 60_000 ? { value, until } : undefined;
}
