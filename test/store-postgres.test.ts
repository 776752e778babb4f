// The store's contract on a real PostgreSQL server, and what only a server does: not answer.
// The contract is left to store-contract.ts, the server to support/postgres.ts.
import assert from 'node:assert/strict';
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

  it('says what to do when it does not answer', async () => {
    const databaseUrl = 'postgres://nobody:nothing@127.0.0.1:1/none';
    await assert.rejects(openStore({ databaseUrl, log: silentLog }), {
      code: 'store_unavailable',
      message: /DATABASE_URL/,
    });
  });
});
