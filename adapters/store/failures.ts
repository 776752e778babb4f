// What a database error means: try again, somebody was first, or the store cannot be used.
// Which of these a caller can bear is left to the caller.
import { setTimeout as wait } from 'node:timers/promises';
import { BussolaError } from '../../bot/errors.ts';
import { messageOf } from '../../bot/log.ts';

const ATTEMPTS = 8;
/** No attempt begins later than this, so that a server that hangs is given up while the person still waits. */
const MOST_MS = 3000;
/** Serialization failure, deadlock, lock not available. */
const POSTGRES_BUSY = ['40001', '40P01', '55P03'];
/** The server is restarting, or the connection went while it was used. */
const LOST = ['57P01', '57P02', '57P03', '08003', '08006', 'ECONNRESET', 'EPIPE'];
const UNIQUE = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505'];

/** Another transaction of ours was in the way; the same work, loaded anew, may pass a moment later. */
export function isInTheWay(error: unknown): boolean {
  return POSTGRES_BUSY.includes(codeOf(error));
}

/** Somebody holds the whole file. Our own writers let it go within milliseconds, so whoever keeps it is none of them. */
function isLocked(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

/**
 * The connection to the server went. Whether the work was done is not known, so what is tried again must bear it: a turn
 * has its message id, a mail its lease.
 */
function isLost(error: unknown): boolean {
  return LOST.includes(codeOf(error)) || messageOf(error).startsWith('Connection terminated');
}

/** A row with that key was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.includes(codeOf(error));
}

/**
 * Runs the work, again where another transaction was in the way or the connection went, a bounded number of times and for
 * a bounded time; then throws what it threw.
 */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const passing = isInTheWay(error) || isLocked(error) || isLost(error);
      if (!passing || attempt >= ATTEMPTS || performance.now() - began > MOST_MS) throw error;
      // The waits grow and differ, so that two who met do not meet again.
      await wait(Math.random() * 25 * attempt);
    }
  }
}

/** Runs the work persistently; whatever it throws is `store_unavailable`, with the cause inside. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await persistently(work);
  } catch (error) {
    throw unavailable(error);
  }
}

export function unavailable(error: unknown): BussolaError {
  if (error instanceof BussolaError) return error;
  const code = codeOf(error);
  return new BussolaError(
    'store_unavailable',
    `The store cannot be used (${code === '' ? '' : `${code}: `}${messageOf(error)}): check the free space and the permissions of DATA_DIR, or that the server of DATABASE_URL answers`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
