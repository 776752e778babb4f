// What every store must do, whatever is under it: run against SQLite and against PostgreSQL.
// Opening the engines and asking them directly are left to the two test files.
import assert from 'node:assert/strict';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import type { Store } from '../bot/ports.ts';
import { aTurn, AT } from './store-samples.ts';
import { describeSurvival } from './store-survival.ts';
import type { Place, StoreBench, TestEngine } from './store/bench.ts';
import { describeChecks } from './store/checks.ts';
import { describeEarlier } from './store/earlier.ts';
import { describeFates } from './store/fates.ts';
import { describeLeases } from './store/leases.ts';
import { describeOutbox } from './store/outbox.ts';
import { describePurge } from './store/purge.ts';
import { describePushed } from './store/pushed.ts';
import { describeQueue } from './store/queue.ts';
import { describeRaces } from './store/races.ts';
import { describeReads } from './store/reads.ts';
import { describeSheets } from './store/sheets.ts';
import { describeSteps } from './store/steps.ts';
import { describeTurns } from './store/turns.ts';
import { describeUnreadable } from './store/unreadable.ts';

export function describeStore(engine: TestEngine): void {
  describe(`store on ${engine.name}`, () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await engine.fresh();
      store = await openStore({ ...place, log: silentLog });
    });
    afterEach(() => store.close());
    const query = (statement: string): Promise<unknown[]> => engine.query(place, statement);
    const on: StoreBench = {
      get store() {
        return store;
      },
      query,
    };

    describeTurns(on);
    describeSteps(on);
    describeRaces(on);
    describeReads(on);
    describeOutbox(on);
    describeFates(on);
    describePushed(on);
    describeLeases(on);
    describeSheets(on);
    describeUnreadable(on);
    describeQueue(on);
    describeChecks(on);
    describePurge(on);

    it('says whether it can be written', async () => {
      await store.check();
      await query('alter table meta rename to mislaid');
      await assert.rejects(store.check(), { code: 'store_unavailable' });
    });

    it('fails with one class of error when it is closed', async () => {
      await store.close();
      await assert.rejects(store.commit(aTurn()), { code: 'store_unavailable' });
      await assert.rejects(store.outbox.claim(AT, 1, 1000), { code: 'store_unavailable' });
      store = await openStore({ ...place, log: silentLog });
    });

    it('is what it was when it is opened again', async () => {
      await store.commit(aTurn());
      await store.close();
      store = await openStore({ ...place, log: silentLog });
      assert.equal((await store.activities('c1', 0)).length, 2);
    });

    it('is not opened by a release older than the one that wrote it', async () => {
      await query(`update meta set value = 999 where key = 'schema'`);
      await assert.rejects(openStore({ ...place, log: silentLog }), { code: 'store_unavailable', message: /999/ });
    });

    it('may be opened for the first time by several at once', async () => {
      const shared = await engine.fresh();
      const stores = await Promise.all([1, 2, 3].map(() => openStore({ ...shared, log: silentLog })));
      await stores[0]?.commit(aTurn());
      assert.equal((await stores[2]?.load('c1'))?.conversation.version, 1);
      await Promise.all(stores.map((opened) => opened.close()));
    });

    describeEarlier(engine);
    describeSurvival(engine);
  });
}
