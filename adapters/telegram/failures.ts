// Sorts what a Bot API call can throw by what must be done about it.
// Doing it is left to delivery.ts, polling.ts and setup.ts.
import { GrammyError, HttpError } from 'grammy';

export type Failure =
  /** Too many requests: Telegram says how long to wait. */
  | { kind: 'wait'; seconds: number; why: string }
  /** The person blocked the bot or is gone: nothing will ever arrive there. */
  | { kind: 'gone'; why: string }
  /** The message itself is not acceptable. */
  | { kind: 'rejected'; why: string }
  /** The token is wrong: the operator must act. */
  | { kind: 'token'; why: string }
  /** Another process polls with the same token. */
  | { kind: 'conflict'; why: string }
  /** Telegram or the network is not there now. */
  | { kind: 'later'; why: string }
  /** Not Telegram's doing: a mistake of ours. */
  | { kind: 'ours'; why: string };

const DEFAULT_WAIT_SECONDS = 5;
/** Refusals that are about who should get it, though they come as one of the message. */
const NOBODY = /chat not found|user not found|user is deactivated|PEER_ID_INVALID|USER_IS_BLOCKED/i;

/** `why` is Telegram's own description, never the payload. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof GrammyError) return refusal(thrown);
  if (thrown instanceof HttpError) return { kind: 'later', why: thrown.message };
  return { kind: 'ours', why: thrown instanceof Error ? thrown.message : String(thrown) };
}

function refusal({ error_code: code, description, parameters }: GrammyError): Failure {
  const why = `${code}: ${description}`;
  switch (code) {
    case 429:
      return { kind: 'wait', seconds: parameters.retry_after ?? DEFAULT_WAIT_SECONDS, why };
    case 403:
      return { kind: 'gone', why };
    case 400:
      return { kind: NOBODY.test(description) ? 'gone' : 'rejected', why };
    case 401:
    case 404:
      return { kind: 'token', why: `${why} (is TELEGRAM_TOKEN right? ask @BotFather)` };
    case 409:
      return { kind: 'conflict', why };
    default:
      return { kind: 'later', why };
  }
}

/** The new number of a group that has become a supergroup. */
export function movedTo(thrown: unknown): number | undefined {
  return thrown instanceof GrammyError ? thrown.parameters.migrate_to_chat_id : undefined;
}

/** Seconds before try number `attempt` (from 1): 1, 2, 4 ... at most `most`. */
export function backoffSeconds(attempt: number, most = 60): number {
  return Math.min(most, 2 ** Math.min(attempt - 1, 16));
}
