// The embedded store: one SQLite file that survives a kill and may be shared by two processes.
// What is asked of it is left to the other files of this folder, which PostgreSQL answers as well.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, SqliteDialectConfig, SqliteStatement } from 'kysely';
import type { Handle, Tables } from './schema.ts';

/** Waiting for another process's lock stops this one's event loop, so it is short: failures.ts waits longer, outside. */
const BUSY_MILLISECONDS = 100;
const CACHED_STATEMENTS = 200;

/** Opens `<dataDir>/bussola.sqlite`, readable by its owner alone; the folder is made if it is missing. */
export function openSqlite(dataDir: string): Handle {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'bussola.sqlite');
  // SQLite gives its -wal and -shm files the mode of the main file.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new Database(file, { timeout: BUSY_MILLISECONDS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // What was deleted is overwritten, so that an erased talk cannot be read out of the file.
    database.pragma('secure_delete = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return { db: new Kysely<Tables>({ dialect: new ImmediateDialect(database) }), engine: 'sqlite' };
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;
  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}

/** Takes the write lock at the start: a transaction that reads first could not wait for another process's write. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;
  constructor(database: Database.Database) {
    super({ database: withStatementCache(database) });
    this.#database = database;
  }
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
  /** A full disk has rolled back already; a second rollback would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

/** Keeps prepared statements: Kysely prepares at each query, which costs more than most of ours. */
function withStatementCache(database: Database.Database): Exclude<SqliteDialectConfig['database'], Function> {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => {
      cache.clear();
      database.close();
    },
    prepare: (text) => {
      const known = cache.get(text);
      if (known) return known;
      const statement = database.prepare<unknown[]>(text);
      if (cache.size >= CACHED_STATEMENTS) cache.clear();
      cache.set(text, statement);
      return statement;
    },
  };
}
