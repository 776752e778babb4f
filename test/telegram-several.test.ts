// Several Telegram processes on one store: one polls, any delivers, nobody is told twice or not at all.
// What a lease is, on both engines, is left to the store's contract.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../adapters/store/open.ts';
import { lead, LOST } from '../adapters/telegram/leader.ts';
import { silentLog } from '../bot/log.ts';
import type { Store } from '../bot/ports.ts';
import { openBench, reply } from './doubles/telegram-bench.ts';
import type { Bench, Mode } from './doubles/telegram-bench.ts';
import { Hours } from './support/hours.ts';

type Leases = Pick<Store, 'lease' | 'release'>;

const CHATS = Array.from({ length: 12 }, (_, n) => 700 + n);
const CHAT = 501;

for (const mode of ['polling', 'webhook'] satisfies Mode[])
  describe(`several Telegram processes by ${mode}`, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench(mode);
    });
    afterEach(() => bench.close());

    it('send each reply once, in order, whoever of them is asked', async () => {
      bench.script = ({ text }) => [1, 2, 3].map((n) => reply(`${text} ${n}`));
      const others = [bench.another(), bench.another()];
      await Promise.all([bench.telegram, ...others].map((one) => one.start()));
      for (const chat of CHATS) bench.api.say(chat, 'a');
      await bench.api.until(() => bench.turns.length === CHATS.length && bench.api.updates.length === 0);
      for (const _ of CHATS) await Promise.all([bench.telegram, ...others].map((one) => one.deliver()));
      for (const chat of CHATS) assert.deepEqual(bench.api.texts(chat), ['a 1', 'a 2', 'a 3']);
      const sent = bench.api.callsOf('sendMessage');
      assert.equal(sent.length, CHATS.length * 3);
    });

    it('wait for a process that has a chat in hand, and take it over when that is gone', async () => {
      await bench.store.lease(`telegram.chat.tg:${CHAT}`, 'another process', new Date(), 90_000);
      await bench.telegram.start();
      bench.api.say(CHAT, 'ciao');
      bench.api.say(502, 'anche io');
      await bench.api.until(() => bench.turns.length === 2 && bench.api.sent(502).length === 1);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), []);
      bench.advance(91);
      await bench.telegram.deliver();
      assert.deepEqual(bench.api.texts(CHAT), ['eco: ciao']);
    });

    it('greet a group once', async () => {
      const other = bench.another();
      await Promise.all([bench.telegram.start(), other.start()]);
      const update = bench.api.addToGroup(-900);
      if (mode === 'webhook')
        await Promise.all(
          [bench.telegram, other].map((one) => one.webhook({ secret: 'a-secret-of-the-webhook' }, update)),
        );
      await bench.api.until(() => bench.api.callsOf('leaveChat').length > 0 && bench.api.updates.length === 0);
      assert.equal(bench.api.sent(-900).length, 1);
    });
  });

describe('several Telegram processes that poll', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench('polling');
  });
  afterEach(() => bench.close());

  it('never send one another away; another one goes on at once when the first ends', async () => {
    const second = bench.another();
    await bench.telegram.start();
    bench.api.say(CHAT, 'uno');
    await bench.api.until(() => bench.turns.length === 1);
    await second.start();
    bench.api.say(CHAT, 'due');
    await bench.api.until(() => bench.turns.length === 2 && bench.api.updates.length === 0);
    await bench.telegram.stop();
    bench.api.say(CHAT, 'tre');
    await bench.api.until(() => bench.turns.length === 3);
    assert.deepEqual(
      bench.turns.map(({ text }) => text),
      ['uno', 'due', 'tre'],
    );
    assert.ok(!bench.logged.some(({ fields }) => fields.code === 'conflict'));
  });
});

describe('the one process that polls', () => {
  const LEASE_MS = 15_000;
  let store: Store;
  let leases: Leases;
  let folder: string;
  let done: AbortController;
  let hours: Hours;
  let history: string[];
  const conflicts = new Map<string, () => void>();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bussola-leader-'));
    store = await openStore({ dataDir: folder, log: silentLog });
    done = new AbortController();
    hours = new Hours();
    history = [];
    leases = {
      lease: (...given) => hours.during(store.lease(...given)),
      release: (...given) => hours.during(store.release(...given)),
    };
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const ended = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const leading = (holder: string, at: Leases): Promise<void> =>
    lead({
      store: at,
      clock: hours.clock,
      after: hours.after,
      log: silentLog,
      holder,
      signal: done.signal,
      leaseMs: LEASE_MS,
      work: async (signal, conflict) => {
        conflicts.set(holder, conflict);
        history.push(`${holder} begins`);
        await ended(signal);
        history.push(`${holder} ends${signal.reason === LOST ? ', lost' : ''}`);
      },
    });

  /** Leases while `away` does not say otherwise. */
  const leasesUnless = (away: () => boolean): Leases => ({
    lease: async (...given) => {
      if (away()) throw new Error('the store is away');
      return leases.lease(...given);
    },
    release: async (...given) => {
      if (away()) throw new Error('the store is away');
      return leases.release(...given);
    },
  });

  it('stops before another one begins when it cannot renew, and for good when Telegram tells of the other', async () => {
    let asked = 0;
    const first = leading(
      'first',
      leasesUnless(() => (asked += 1) > 1),
    );
    await hours.pass(1);
    const second = leading('second', leases);
    await hours.pass(LEASE_MS * 0.6);
    assert.deepEqual(history, ['first begins']);
    await hours.pass(LEASE_MS * 0.2);
    assert.deepEqual(history, ['first begins', 'first ends, lost']);
    await hours.pass(LEASE_MS);
    assert.ok(history.includes('second begins'));
    conflicts.get('first')?.();
    await hours.pass(LEASE_MS * 5);
    assert.deepEqual(history.slice(2).toSorted(), ['first begins', 'first ends, lost', 'second begins']);
    done.abort();
    await Promise.all([first, second]);
  });

  it('works on while the store is away for everybody, so that nobody writes into silence', async () => {
    let away = false;
    const first = leading(
      'first',
      leasesUnless(() => away),
    );
    await hours.pass(1);
    const second = leading(
      'second',
      leasesUnless(() => away),
    );
    await hours.pass(1);
    away = true;
    await hours.pass(LEASE_MS * 9);
    assert.deepEqual(history, ['first begins', 'first ends, lost', 'first begins']);
    away = false;
    await hours.pass(LEASE_MS * 3);
    assert.equal(history.filter((line) => line.endsWith('begins')).length, 3, 'one leads again');
    assert.equal(history.filter((line) => line.endsWith('lost')).length, 2);
    done.abort();
    await hours.pass(1);
    await Promise.all([first, second]);
  });

  it('stops before another one begins when the store answers late', async () => {
    const wait = (): Promise<void> => new Promise((resolve) => hours.after(LEASE_MS * 0.9, resolve));
    const first = leading('first', {
      ...leases,
      lease: async (...given) => {
        const has = await leases.lease(...given);
        await wait();
        return has;
      },
    });
    await hours.pass(1);
    const second = leading('second', leases);
    await hours.pass(LEASE_MS * 3);
    assert.deepEqual(history.slice(0, 3), ['first begins', 'first ends, lost', 'second begins']);
    done.abort();
    await hours.pass(LEASE_MS);
    await Promise.all([first, second]);
  });

  it('stops at once when another one has the lease', async () => {
    const first = leading('first', leases);
    await hours.pass(1);
    const later = new Date(hours.clock().getTime() + LEASE_MS * 2);
    await store.lease('telegram.polling', 'thief', later, LEASE_MS * 9);
    await hours.pass(LEASE_MS * 0.4);
    assert.deepEqual(history, ['first begins', 'first ends, lost']);
    done.abort();
    await first;
  });

  it('goes on leading as long as it renews, and lets go at the end', async () => {
    const first = leading('first', leases);
    await hours.pass(1);
    const second = leading('second', leases);
    await hours.pass(LEASE_MS * 20);
    assert.deepEqual(history, ['first begins']);
    done.abort();
    await Promise.all([first, second]);
    assert.deepEqual(history, ['first begins', 'first ends']);
    assert.equal(await store.lease('telegram.polling', 'third', hours.clock(), 1000), true);
  });
});
