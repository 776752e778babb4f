// Processes that write at the same time, and processes that are killed while they write: what was acknowledged is there.
// The writing itself is left to store-writer.ts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openStore } from '../adapters/store/open.ts';
import { silentLog } from '../bot/log.ts';
import type { Place, TestEngine } from './store/bench.ts';

const WRITER = fileURLToPath(new URL('store-writer.ts', import.meta.url));
const KILLS = 8;
/** Turns without an end: the writer is killed. */
const ENDLESS = 1_000_000;

export function describeSurvival(engine: TestEngine): void {
  it('serves two processes that start and write at the same time', async () => {
    const place = await engine.fresh();
    const writers = ['left', 'right'].map((prefix) => startWriter({ ...place, prefix, turns: 25 }));
    const acknowledged = await Promise.all(writers.map(({ ended }) => ended));
    await assertKept(place, acknowledged.flat(), 50);
  });

  it(`has every acknowledged turn after ${KILLS} kills`, async () => {
    const place = await engine.fresh();
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const writer = startWriter({ ...place, prefix: `run${kill}`, turns: ENDLESS });
      await writer.acknowledged(1 + Math.floor(Math.random() * 20));
      writer.process.kill('SIGKILL');
      acknowledged.push(...(await writer.ended));
    }
    await assertKept(place, acknowledged, undefined);
  });

  /** Each acknowledged turn is there whole; the turns that were cut off are there whole or not at all. */
  async function assertKept(place: Place, acknowledged: string[], turns: number | undefined): Promise<void> {
    const store = await openStore({ ...place, log: silentLog });
    const loaded = await store.load('c1');
    const version = loaded?.conversation.version ?? 0;
    const log = await store.activities('c1', 0);
    const depth = await store.outbox.depth(new Date());
    await store.close();
    const said = log.flatMap((activity) => (activity.from === 'user' ? [activity.messageId] : []));
    assert.ok(acknowledged.length > 0);
    assert.deepEqual(
      acknowledged.filter((messageId) => !said.includes(messageId)),
      [],
    );
    assert.equal(new Set(said).size, said.length);
    if (turns !== undefined) assert.equal(acknowledged.length, turns);
    assert.ok(version - acknowledged.length <= (turns === undefined ? KILLS : 0));
    assert.deepEqual([said.length, loaded?.cases.length, depth.pending], [version, version, version]);
    assert.deepEqual(
      log.map(({ seq }) => seq),
      Array.from({ length: version * 3 }, (_, index) => index + 1),
    );
    if (place.dataDir)
      assert.deepEqual(await engine.query(place, 'pragma integrity_check'), [{ integrity_check: 'ok' }]);
  }
}

interface Writer {
  process: ChildProcess;
  /** Resolves when so many turns were acknowledged, or when the writer has ended. */
  acknowledged(count: number): Promise<void>;
  /** The acknowledged message ids, once the writer has ended. */
  ended: Promise<string[]>;
}

function startWriter(task: Place & { prefix: string; turns: number }): Writer {
  const child = spawn(process.execPath, [WRITER, JSON.stringify({ conversationId: 'c1', ...task })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ids: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    ids.push(...lines);
  });
  const ended = once(child, 'close').then(() => ids);
  return {
    process: child,
    acknowledged: async (count) => {
      while (child.exitCode === null && ids.length < count) await Promise.race([once(child.stdout, 'data'), ended]);
    },
    ended,
  };
}
