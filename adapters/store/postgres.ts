// The store of an existing PostgreSQL server, for several replicas.
// What is asked of it is left to the other files of this folder, which SQLite answers as well.
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Log } from '../../bot/log.ts';
import type { Handle, Tables } from './schema.ts';

const INT8 = 20;

/** Opens a pool; nothing is asked of the server yet. */
export function openPostgres(databaseUrl: string, log: Log): Handle {
  // Counts, times and seqs are int8, which pg gives as strings; ours all fit a double.
  types.setTypeParser(INT8, Number);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // Without a listener, a server that restarts would end this process.
  pool.on('error', () => log.warn('store.connection_lost'));
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), engine: 'postgres' };
}
