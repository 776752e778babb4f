// The sweeper over a real file: what is due is done, once, whoever else looks, and whenever it is stopped.
// What is due is left to the other clock tests, PostgreSQL and killed processes to the store's and the end-to-end tests.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/store/open.ts';
import { startSweeper } from '../bot/cases/clock/sweeper.ts';
import type { Sweeper } from '../bot/cases/clock/sweeper.ts';
import { createOffice } from '../bot/cases/office.ts';
import { silentLog } from '../bot/log.ts';
import type { Log } from '../bot/log.ts';
import type { Case, Store } from '../bot/ports.ts';
import { asked, clockEnvironment, rome, shown } from './support/clock-play.ts';
import { aTurn } from './store-samples.ts';

describe('the sweeper', () => {
  const env = clockEnvironment();
  const monday = rome('2026-09-14 10:00');
  /** The limit of Montecarlo: the person is told. */
  const limit = rome('2026-09-21 13:00');
  const montecarlo = { comune: 'montecarlo', deskId: 'montecarlo-servizi-sociali' } as const;
  let dataDir: string;
  let stores: Store[] = [];
  let sweepers: Sweeper[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-clock-'));
  });
  afterEach(async () => {
    for (const sweeper of sweepers) await sweeper.stop();
    for (const store of stores) await store.close();
    [sweepers, stores] = [[], []];
    await rm(dataDir, { recursive: true });
  });

  async function open(): Promise<Store> {
    const store = await openStore({ dataDir, databaseUrl: undefined, log: silentLog });
    stores.push(store);
    return store;
  }
  /** Nobody has started it: it sweeps when it is told to. */
  function sweeperOf(store: Store, at: () => Date, log: Log = silentLog): { sweeper: Sweeper; announced: string[] } {
    const announced: string[] = [];
    const office = createOffice({ env, store, clock: at, committed: (ids) => void announced.push(...ids) });
    const sweeper = startSweeper({ store, office, clock: at, log, pollMs: 3_600_000 });
    sweepers.push(sweeper);
    return { sweeper, announced };
  }
  async function keep(store: Store, ...cases: Case[]): Promise<void> {
    await store.commit(aTurn({ cases: cases.map((made) => ({ ...made, version: 0 })), at: monday }));
  }
  const toldOf = async (store: Store): Promise<string[]> =>
    (await store.activities('c1', 0)).flatMap((one) =>
      one.from === 'bot' && one.reply.text.startsWith('Nessuno') ? [`${shown(one.at)} ${one.reply.case}`] : [],
    );

  it('does what is due when it is due, and says in which conversation', async () => {
    const store = await open();
    await keep(store, asked(env, monday, montecarlo));
    let now = monday;
    const { sweeper, announced } = sweeperOf(store, () => now);
    await sweeper.sweep();
    assert.deepEqual(await store.caseEvents('case-1'), []);
    for (const next of ['2026-09-16 13:00', '2026-09-18 13:00', '2026-09-21 12:59', '2026-09-21 13:00']) {
      now = rome(next);
      await sweeper.sweep();
    }
    assert.deepEqual(await toldOf(store), ['2026-09-21 13:00 PRC-7F3K2']);
    assert.deepEqual(announced, ['c1']);
    assert.deepEqual(
      (await store.caseEvents('case-1')).map(({ type, at }) => `${shown(at)} ${type}`),
      [
        '2026-09-16 13:00 reminded',
        '2026-09-18 13:00 escalated',
        '2026-09-18 13:00 escalated',
        '2026-09-21 13:00 reminded',
        '2026-09-21 13:00 escalated',
        '2026-09-21 13:00 person_told',
      ],
    );
    assert.equal((await store.outbox.depth(now)).pending, 5);
  });

  it('told twice at once, tells the person once', async () => {
    const [one, other] = [await open(), await open()];
    const many = Array.from({ length: 12 }, (_, count) => ({
      ...asked(env, monday, montecarlo),
      id: `case-${count}`,
      code: `MTC-7F3${String.fromCodePoint(65 + count)}2`,
    }));
    await keep(one, ...many);
    const [first, second] = [sweeperOf(one, () => limit), sweeperOf(other, () => limit)];
    await Promise.all([first.sweeper.sweep(), second.sweeper.sweep(), first.sweeper.sweep()]);
    const told = await toldOf(one);
    assert.equal(told.length, 12);
    assert.equal(new Set(told).size, 12);
    assert.equal((await one.outbox.depth(limit)).pending, 36);
  });

  it('stopped before it wrote, does it at the next look; after it wrote, never again', async () => {
    const store = await open();
    await keep(store, asked(env, monday, montecarlo));
    const dies = (when: 'before' | 'after'): Store => ({
      ...store,
      commitCase: async (commit) => {
        if (when === 'after') await store.commitCase(commit);
        throw new Error('killed');
      },
    });
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (event) => void lines.push(event) };
    await sweeperOf(dies('before'), () => limit, log).sweeper.sweep();
    assert.deepEqual(await toldOf(store), []);
    await sweeperOf(dies('after'), () => limit, log).sweeper.sweep();
    assert.equal((await toldOf(store)).length, 1);
    await sweeperOf(store, () => limit).sweeper.sweep();
    assert.equal((await toldOf(store)).length, 1);
    assert.ok(lines.every((event) => event === 'case_clock_failed') && lines.length >= 2);
  });

  it('tells the coordinator once of a case that it can never handle', async () => {
    const store = await open();
    await keep(store, asked(env, monday, montecarlo));
    const broken: Store = {
      ...store,
      commitCase: async (commit) => {
        if (commit.cases.length > 0) throw new Error('never');
        return store.commitCase(commit);
      },
    };
    const alerts = async (): Promise<string[]> =>
      (await store.caseEvents('case-1')).map(({ type, data }) => `${type} ${data?.['reason']}`);
    const { sweeper } = sweeperOf(broken, () => limit);
    // It has swept once by itself.
    for (let look = 2; look < 10; look += 1) await sweeper.sweep();
    assert.deepEqual(await alerts(), []);
    for (let look = 10; look < 25; look += 1) await sweeper.sweep();
    const { sweeper: another } = sweeperOf(broken, () => limit);
    for (let look = 1; look < 25; look += 1) await another.sweep();
    assert.deepEqual(await alerts(), ['escalated stuck']);
    const [mail, ...others] = await store.outbox.claim(limit, 10, 60_000);
    assert.deepEqual([mail?.mail.to[0]?.address, others], [env.coordinator?.address, []]);
    assert.match(mail?.mail.subject ?? '', /PRC-7F3K2 da seguire a mano/);
  });

  it('looks behind cases that it cannot handle', async () => {
    const store = await open();
    const bad = Array.from({ length: 60 }, (_, count) => ({
      ...asked(env, monday, montecarlo),
      id: `bad-${count}`,
      code: `MTC-BAD${count}`,
      dueAt: monday,
    }));
    await keep(store, ...bad, { ...asked(env, monday, montecarlo), id: 'good', code: 'MTC-GRGRG' });
    const failing: Store = {
      ...store,
      caseById: async (id) => {
        if (id.startsWith('bad')) throw new Error('out of order');
        return store.caseById(id);
      },
    };
    await sweeperOf(failing, () => limit).sweeper.sweep();
    assert.deepEqual(await toldOf(store), ['2026-09-21 13:00 MTC-GRGRG']);
  });

  it('a mail that the store gave up goes another way, and the person is told, once', async () => {
    const store = await open();
    const made = asked(env, monday, { ...montecarlo, state: 'requested' });
    const mail = { to: [{ name: '', address: 'sportello@comune.example' }], subject: 'x', text: 'x', html: 'x' };
    await store.commit(
      aTurn({
        cases: [{ ...made, version: 0 }],
        outbox: [{ id: 'm', caseId: made.id, kind: 'request', mail }],
        at: monday,
      }),
    );
    const [claimed] = await store.outbox.claim(monday, 1, 60_000);
    assert.ok(claimed && (await store.outbox.dead(claimed, monday, '550')));
    const { sweeper } = sweeperOf(store, () => monday);
    await sweeper.sweep();
    const kinds = (await store.outbox.claim(monday, 9, 60_000)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['alert', 'request']);
    await sweeper.sweep();
    assert.deepEqual(
      (await store.caseEvents('case-1')).map(({ type }) => type),
      ['undeliverable', 'escalated', 'escalated', 'person_told'],
    );
  });
});
