// Messages that are pushed: which wait, which hold back others.
// The pushing is left to the tests of its channel.
import assert from 'node:assert/strict';
import { PUT_OFF } from '../../bot/ports.ts';
import { after, aReply, aTurn } from '../store-samples.ts';
import { insist } from './bench.ts';
import type { StoreBench } from './bench.ts';

export function describePushed(on: StoreBench): void {
  describe('pushed messages', () => {
    const say = async (conversationId: string, seconds: number, ...texts: string[]): Promise<void> => {
      const replies = texts.map((text) => aReply(text));
      const messageId = `m${seconds}`;
      await insist(on.store, { conversationId, messageId, channel: 'telegram', replies, at: after(seconds) });
    };
    const waiting = async (seconds: number, limit = 10): Promise<string[]> =>
      (await on.store.undelivered('telegram', after(seconds), limit)).map(
        ({ conversationId, seq }) => `${conversationId}:${seq}`,
      );

    it('wait oldest first, one of each conversation, in its order', async () => {
      await say('b', 0, 'one', 'two');
      await say('a', 1, 'three');
      await say('b', 2, 'four');
      assert.deepEqual(await waiting(5), ['b:2', 'a:2']);
      assert.deepEqual(await waiting(5, 1), ['b:2']);
      await on.store.delivered('b', 2, after(5));
      assert.deepEqual(await waiting(5), ['b:3', 'a:2']);
      await on.store.delivered('b', 3, after(5));
      await on.store.delivered('a', 2, after(5));
      assert.deepEqual(await waiting(5), ['b:5']);
    });

    it('hold back what follows until they are tried again, or given up', async () => {
      await say('a', 0, 'one', 'two');
      await on.store.undeliverable('a', 2, after(60), '429');
      assert.deepEqual(await waiting(59), []);
      assert.deepEqual(await waiting(60), ['a:2']);
      await on.store.undeliverable('a', 2, null, '403');
      assert.deepEqual(await waiting(60), ['a:3']);
      await on.store.delivered('a', 3, after(61));
      await on.store.undeliverable('a', 3, after(70), 'too late');
      assert.deepEqual(await waiting(99), []);
    });

    it('are due one by one until they are delivered, put off or given up', async () => {
      await say('a', 0, 'one', 'two');
      const due = async (): Promise<boolean[]> =>
        Promise.all([1, 2, 3, 4].map((seq) => on.store.isDue('a', seq, after(5))));
      assert.deepEqual(await due(), [false, true, true, false]);
      await on.store.undeliverable('a', 3, after(60), '429');
      assert.deepEqual(await due(), [false, true, false, false]);
      await on.store.delivered('a', 2, after(5));
      assert.deepEqual(await due(), [false, false, false, false]);
      assert.equal(await on.store.isDue('a', 3, after(60)), true);
      assert.equal(await on.store.isDue('none', 2, after(60)), false);
    });

    it('that were put off go at once, and first, when the person does something', async () => {
      await say('a', 0, 'one');
      await on.store.undeliverable('a', 2, after(5000), PUT_OFF);
      await say('b', 0, 'two');
      await on.store.undeliverable('b', 2, after(5000), '429');
      await say('a', 10, 'three');
      await say('b', 10, 'four');
      assert.deepEqual(await waiting(10), ['a:2']);
    });

    it('are none on the channels whose client fetches them', async () => {
      for (const channel of ['web', 'terminal'] as const) {
        await on.store.commit(aTurn({ conversationId: channel, channel }));
        assert.deepEqual(await on.store.undelivered(channel, after(9), 10), []);
      }
    });
  });
}
