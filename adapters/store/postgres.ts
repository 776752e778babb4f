// The store of an existing PostgreSQL server, for several replicas.
// What is asked of it is left to the other files of this folder, which SQLite answers as well.
import { Kysely, PostgresDialect, PostgresDriver } from 'kysely';
import type { CompiledQuery, DatabaseConnection, PostgresDialectConfig, QueryResult } from 'kysely';
import { Pool, types } from 'pg';
import type { Log } from '../../bot/log.ts';
import type { Handle, Tables } from './schema.ts';

const INT8 = 20;
/** A server that works but is slow says so itself; one that hangs says nothing, and is given up a little later. */
const STATEMENT_MS = 5_000;
const SILENCE_MS = 6_000;

/** Opens a pool; nothing is asked of the server yet. */
export function openPostgres(databaseUrl: string, log: Log): Handle {
  // Counts, times and seqs are int8, which pg gives as strings; ours all fit a double.
  types.setTypeParser(INT8, Number);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_MS,
    query_timeout: SILENCE_MS,
    idle_in_transaction_session_timeout: 30_000,
  });
  // Without a listener, a server that restarts would end this process.
  pool.on('error', () => log.warn('store.connection_lost'));
  return { db: new Kysely<Tables>({ dialect: new BoundedDialect({ pool }) }), engine: 'postgres' };
}

class BoundedDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): PostgresDriver {
    return new BoundedDriver(this.#config);
  }
}

type Connection = Parameters<PostgresDriver['releaseConnection']>[0];

/**
 * Nobody waits for a connection whose server fell silent, nor is given one: what it was asked, a `begin` for example, may
 * still be done when the server wakes, so it is rolled back before its next use, or else closed.
 */
class BoundedDriver extends PostgresDriver {
  readonly #watched = new WeakSet<DatabaseConnection>();
  readonly #silent = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...given: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(...given);
    if (!this.#watched.has(connection)) this.#watch(connection);
    return connection;
  }

  override async rollbackTransaction(connection: Connection): Promise<void> {
    if (!this.#silent.has(connection)) await super.rollbackTransaction(connection);
  }

  override async releaseConnection(connection: Connection): Promise<void> {
    if (!this.#silent.has(connection)) return super.releaseConnection(connection);
    // A rollback that fails too marks the connection to be closed. Whoever asked has been answered and does not wait.
    void super
      .rollbackTransaction(connection)
      .then(
        () => this.#silent.delete(connection),
        () => {},
      )
      .then(() => super.releaseConnection(connection));
  }

  #watch(connection: DatabaseConnection): void {
    this.#watched.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      try {
        return await execute<R>(query);
      } catch (error) {
        if (error instanceof Error && error.message === 'Query read timeout') this.#silent.add(connection);
        throw error;
      }
    };
  }
}
