// The store's contract on a real PostgreSQL server, and what only a server does: not answer.
// The contract is left to store-contract.ts, the server to support/postgres.ts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { Client, types } from 'pg';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import { describeStore } from './store-contract.ts';
import { aTurn } from './store-samples.ts';
import { startPostgres } from './support/postgres.ts';
import type { TestPostgres } from './support/postgres.ts';

describe('PostgreSQL', () => {
  let server: TestPostgres;
  before(async function start() {
    this.timeout(60_000);
    types.setTypeParser(20, Number);
    server = await startPostgres();
  });
  after(() => server.stop());

  const query = async (databaseUrl: string | undefined, statement: string): Promise<unknown[]> => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement);
    await client.end();
    return rows.map((row) => ({ ...row }));
  };

  describeStore({
    name: 'PostgreSQL',
    fresh: async () => ({ databaseUrl: await server.fresh() }),
    query: ({ databaseUrl }, statement) => query(databaseUrl, statement),
  });

  it('may drop every connection, and the store goes on', async () => {
    const databaseUrl = await server.fresh();
    const store = await openStore({ databaseUrl: `${databaseUrl}&application_name=dropped`, log: silentLog });
    const first = await store.commit(aTurn());
    await query(
      databaseUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dropped'`,
    );
    const again = await store.commit(aTurn());
    assert.deepEqual(again, { ...first, result: 'duplicate' });
    await store.close();
  });

  it('is given up in time when it hangs, with nothing half done when it goes on', async function hang() {
    this.timeout(15_000);
    const databaseUrl = await server.fresh();
    const line = await openLine(databaseUrl);
    const store = await openStore({ databaseUrl: line.url, log: silentLog });
    await store.commit(aTurn());
    line.hang(true);
    const asked = [store.commit(aTurn({ messageId: 'm2', expectedVersion: 1 })), store.seen('c1', 'm1'), store.check()];
    const kinds = (await Promise.allSettled(asked)).map((one) => one.status === 'rejected' && one.reason.code);
    assert.deepEqual(kinds, ['store_unavailable', 'store_unavailable', 'store_unavailable']);
    line.hang(false);
    // What was asked before may be answered only now: no statement of it may hold the next ones.
    const kept = await store.commit(aTurn({ messageId: 'm3', expectedVersion: 1 }));
    assert.equal(kept.result, 'committed');
    assert.equal((await store.activities('c1', 0)).length > 0, true);
    const open = await query(databaseUrl, `select 1 from pg_stat_activity where state like 'idle in transaction%'`);
    assert.deepEqual(open, []);
    await store.close();
    await line.stop();
  });

  it('says what to do when it does not answer', async () => {
    const databaseUrl = 'postgres://nobody:nothing@127.0.0.1:1/none';
    await assert.rejects(openStore({ databaseUrl, log: silentLog }), {
      code: 'store_unavailable',
      message: /DATABASE_URL/,
    });
  });
});

/** A way to the server on which nothing arrives while it hangs, though it is there. */
async function openLine(databaseUrl: string): Promise<{ url: string; hang(on: boolean): void; stop(): Promise<void> }> {
  const url = new URL(databaseUrl);
  const { hostname: host, port } = url;
  const ends = new Set<Socket>();
  let hangs = false;
  const line = createServer((near) => {
    const far = connect({ host, port: Number(port) });
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        near.destroy();
        far.destroy();
      });
      if (hangs) end.pause();
    }
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address();
  url.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: url.href,
    hang(on) {
      hangs = on;
      for (const end of ends)
        if (on) end.pause();
        else end.resume();
    },
    async stop() {
      const closed = once(line, 'close');
      line.close();
      for (const end of ends) end.destroy();
      await closed;
    },
  };
}
