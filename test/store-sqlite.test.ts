// The store's contract on SQLite, and what only a file has: its place, its modes, its limits.
// The contract is left to store-contract.ts.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import { describeStore } from './store-contract.ts';
import { aStep, aTurn } from './store-samples.ts';

describe('SQLite', () => {
  let folder: string;
  let places = 0;
  const fresh = (): string => join(folder, `place-${(places += 1)}`);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bussola-store-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  describeStore({
    name: 'SQLite',
    fresh: async () => ({ dataDir: fresh() }),
    query: async ({ dataDir = '' }, statement) => {
      const database = new Database(join(dataDir, 'bussola.sqlite'));
      const prepared = database.prepare(statement);
      const rows = prepared.reader ? prepared.all() : [];
      if (!prepared.reader) prepared.run();
      database.close();
      return rows;
    },
  });

  describe('its file', () => {
    it('is its owner’s alone', async () => {
      const dataDir = fresh();
      const store = await openStore({ dataDir, log: silentLog });
      await store.commit(aTurn());
      assert.equal(statSync(dataDir).mode & 0o777, 0o700);
      const files = readdirSync(dataDir);
      assert.deepEqual(files.sort(), ['bussola.sqlite', 'bussola.sqlite-shm', 'bussola.sqlite-wal']);
      for (const name of files) assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, name);
      await store.close();
    });

    it('is made private when it was not', async () => {
      const dataDir = fresh();
      await (await openStore({ dataDir, log: silentLog })).close();
      chmodSync(join(dataDir, 'bussola.sqlite'), 0o644);
      await (await openStore({ dataDir, log: silentLog })).close();
      assert.equal(statSync(join(dataDir, 'bussola.sqlite')).mode & 0o777, 0o600);
    });

    it('says what to do when it is not a database', async () => {
      const dataDir = fresh();
      await (await openStore({ dataDir, log: silentLog })).close();
      writeFileSync(join(dataDir, 'bussola.sqlite'), 'not a database, '.repeat(1000));
      await assert.rejects(openStore({ dataDir, log: silentLog }), { code: 'store_unavailable', message: /DATA_DIR/ });
    });

    it('says what to do when its folder cannot be made', async () => {
      const file = join(folder, 'a-file');
      writeFileSync(file, '');
      const dataDir = join(file, 'data');
      await assert.rejects(openStore({ dataDir, log: silentLog }), { code: 'store_unavailable', message: /DATA_DIR/ });
    });

    it('acknowledges nothing that it could not write, and goes on when there is room again', async () => {
      const dataDir = fresh();
      const first = await openStore({ dataDir, log: silentLog });
      const file = join(dataDir, 'bussola.sqlite');
      const blocker = new Database(file);
      // Another process that holds the write lock for good is as bad as a full disk.
      blocker.exec('begin immediate');
      await assert.rejects(first.commit(aTurn()), { code: 'store_unavailable' });
      await assert.rejects(first.commitCase(aStep()), { code: 'store_unavailable' });
      await assert.rejects(first.check(), { code: 'store_unavailable' });
      blocker.exec('rollback');
      blocker.close();
      await first.check();
      assert.equal((await first.commit(aTurn())).result, 'committed');
      await first.close();
    });

    it('no longer holds what was purged', async () => {
      const dataDir = fresh();
      const store = await openStore({ dataDir, log: silentLog });
      const secret = 'parola-che-nessuno-deve-ritrovare';
      await store.commit(aTurn({ said: { text: secret } }));
      const found = (): boolean =>
        readdirSync(dataDir).some((name) => readFileSync(join(dataDir, name)).includes(secret));
      assert.equal(found(), true);
      await store.purge(new Date('2027-01-01T00:00:00Z'));
      assert.equal(found(), false);
      await store.close();
    });

    it('has to be given a place', async () => {
      await assert.rejects(openStore({ log: silentLog }), { code: 'store_unavailable' });
    });
  });
});
