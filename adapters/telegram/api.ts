// The Bot API client: where it is, how fast it may be asked, what it repeats by itself.
// What a refused delivery means to a conversation is left to delivery.ts, refused polls to polling.ts.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api } from 'grammy';
import type { Transformer } from 'grammy';

/** Methods whose failures are handled by their callers: repeating them inside the client would hold others up. */
const NOT_REPEATED = new Set(['sendMessage', 'getUpdates']);

const SEND_TIMEOUT_SECONDS = 20;
const POLL_TIMEOUT_SECONDS = 60;

export interface Apis {
  /** For sending: throttled. */
  api: Api;
  /** For polling: a long wait is normal there. */
  pollingApi: Api;
  /** Ends the poll that is waiting: grammY's own abort signal is of a type that Node's is not. */
  hangUp: () => void;
}

export function createApis(token: string, apiRoot: string): Apis {
  const root = apiRoot.replace(/\/+$/, '');
  const api = new Api(token, { apiRoot: root, timeoutSeconds: SEND_TIMEOUT_SECONDS });
  api.config.use(throttle(), repeatSmallCalls());
  const agent = root.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const pollingApi = new Api(token, {
    apiRoot: root,
    timeoutSeconds: POLL_TIMEOUT_SECONDS,
    baseFetchConfig: { agent },
  });
  return { api, pollingApi, hangUp: () => agent.destroy() };
}

/** 30 a second over all chats; per chat a burst of 5, then one a second (a turn answers with a few bubbles at once). */
function throttle(): Transformer {
  const perChat = {
    maxConcurrent: 1,
    reservoir: 5,
    reservoirIncreaseAmount: 1,
    reservoirIncreaseInterval: 1000,
    reservoirIncreaseMaximum: 5,
  };
  return apiThrottler({ out: perChat, group: perChat });
}

function repeatSmallCalls(): Transformer {
  const retry = autoRetry({
    maxDelaySeconds: 5,
    maxRetryAttempts: 2,
    rethrowInternalServerErrors: true,
    rethrowHttpErrors: true,
  });
  return (prev, method, payload, signal) =>
    NOT_REPEATED.has(method) ? prev(method, payload, signal) : retry(prev, method, payload, signal);
}
