// Answers the operator's probes: is the process alive, may it be given work, what do the numbers say.
// Acting on the answers is left to whoever runs it.
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { HttpError, json } from './http.ts';
import type { Route, WebAnswer } from './http.ts';
import type { Metrics } from './metrics.ts';

const CHECK_TIMEOUT_MS = 3000;

export interface HealthDeps {
  store: Pick<Store, 'check'> & { outbox: Pick<Store['outbox'], 'depth'> };
  metrics: Metrics;
  clock: Clock;
  log: Log;
  /** The server is going down: no new work. */
  closing(): boolean;
}

export function healthRoutes(deps: HealthDeps): Route[] {
  return [
    { method: 'get', path: '/livez', kind: 'api', handle: async () => json(200, { status: 'alive' }) },
    { method: 'get', path: '/readyz', kind: 'api', handle: () => ready(deps) },
    {
      method: 'get',
      path: '/metrics',
      kind: 'private',
      async handle({ caller }) {
        if (!caller.near) throw new HttpError(403, 'Forbidden', 'Only from this machine or its private network');
        const body = await deps.metrics.text();
        return {
          status: 200,
          headers: { 'content-type': deps.metrics.contentType, 'cache-control': 'no-store' },
          body,
        };
      },
    },
  ];
}

async function ready({ store, clock, log, closing }: HealthDeps): Promise<WebAnswer> {
  if (closing()) return json(503, { status: 'closing' });
  try {
    const outbox = await inTime(store.check().then(() => store.outbox.depth(clock())));
    return json(200, { status: 'ready', store: 'ok', outbox });
  } catch (error) {
    log.warn('not ready', { error: messageOf(error) });
    return json(503, { status: 'not ready', store: 'failed' }, { 'retry-after': '5' });
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('the store did not answer in time')), CHECK_TIMEOUT_MS);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
