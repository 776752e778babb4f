// What is kept of an open danger beyond one conversation: which danger, for one hour, under a name that cannot be read back.
// Keeping it is left to the store, what a new conversation does with it to bot/conversation.ts.
import { createHash } from 'node:crypto';
import type { Incoming } from '../message.ts';
import type { TurnCommit } from '../ports.ts';
import { DANGERS } from './types.ts';
import type { FloorHit } from './types.ts';

const HOUR = 3_600_000;

/** A digest of channel and person; undefined where the channel does not tell one conversation's person from another's. */
export function personKey({ channel, person }: Incoming): string | undefined {
  return person === undefined ? undefined : createHash('sha256').update(`${channel}|${person}`).digest('base64url');
}

/** What the turn's commit does: keeps an open danger an hour more, forgets one that was `open` before and is no more. */
export function keepFloor(
  person: string,
  hit: FloorHit | undefined,
  open: boolean,
  at: Date,
): Pick<TurnCommit, 'pendingFloor'> {
  if (!hit && !open) return {};
  const kept = hit ? { hit: JSON.stringify(hit), until: new Date(at.getTime() + HOUR) } : null;
  return { pendingFloor: { person, kept } };
}

/** Undefined for anything that is not a danger we know. */
export function readHit(kept: string | undefined): FloorHit | undefined {
  const value: unknown = kept === undefined ? undefined : parse(kept);
  if (typeof value !== 'object' || value === null) return undefined;
  const told: unknown = Reflect.get(value, 'dangers');
  const [first, ...others] = DANGERS.filter((danger) => Array.isArray(told) && told.includes(danger));
  if (!first) return undefined;
  return {
    dangers: [first, ...others],
    minorWrites: Reflect.get(value, 'minorWrites') === true,
    child: Reflect.get(value, 'child') === true,
    ...(Reflect.get(value, 'exploited') === true ? { exploited: true } : {}),
    ...(Reflect.get(value, 'man') === true ? { man: true } : {}),
  };
}

function parse(kept: string): unknown {
  try {
    return JSON.parse(kept);
  } catch {
    return undefined;
  }
}
