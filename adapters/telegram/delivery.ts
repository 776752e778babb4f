// Brings committed replies to their chats: in order within a chat, chats beside one another, each at least once.
// Sending one is left to send.ts; which are due, and which process has them in hand, to due.ts.
import type { May } from '../../bot/cases/late.ts';
import type { Claims } from '../../bot/claims.ts';
import type { StoredActivity } from '../../bot/message.ts';
import { PUT_OFF } from '../../bot/ports.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import { backoffSeconds, failureOf } from './failures.ts';
import type { Failure } from './failures.ts';
import { Due } from './due.ts';
import { ClaimLost } from './send.ts';
import type { BotActivity, Sender } from './send.ts';

const MOST_BACKOFF_SECONDS = 300;

export interface DeliveryParts {
  sender: Sender;
  claims: Claims;
  store: Store;
  log: Log;
  clock: Clock;
  /** Nothing will arrive in that conversation any more; may be called again for the same one. */
  unreachable?: (conversationId: string) => Promise<void>;
  /** Asked right before each try of what nobody had asked for: it may be late, and the moment no longer safe. */
  mayTell?: (activity: StoredActivity, now: Date) => Promise<May>;
}

/**
 * One per process. The store gives the replies of a chat in order, and nothing is sent twice; only a crash between
 * sending and recording sends that one reply again.
 */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #due: Due;
  /** Sent, but the store could not be told: told again at the next run. */
  readonly #untold = new Map<string, () => Promise<void>>();
  readonly #attempts = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#due = new Due(parts);
  }

  /** Sends what is due; resolves when that, and what was already on its way, is settled. Never rejects. */
  async deliver(): Promise<void> {
    const run = this.#run();
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
    await Promise.all(this.#running);
  }

  /** Lets what is being sent finish; the rest stays in the store. */
  async stop(): Promise<void> {
    this.#due.stop();
    await Promise.all(this.#running);
    await this.#parts.claims.letGoOfAll();
  }

  async #run(): Promise<void> {
    try {
      for (const tell of this.#untold.values()) await tell();
      await this.#drain();
    } catch (thrown) {
      this.#parts.log.warn('telegram_store_unreadable', { channel: 'telegram', error: messageOf(thrown) });
    }
  }

  /** Each chat goes on to its next reply without waiting for the others. */
  async #drain(): Promise<void> {
    const due = await this.#due.take();
    await Promise.all(
      due.map(async (activity) => {
        await this.#settle(activity);
        await this.#drain();
      }),
    );
  }

  /** Never rejects. */
  async #settle(activity: BotActivity): Promise<void> {
    const { store, clock } = this.#parts;
    const { conversationId, seq } = activity;
    try {
      const may = await this.#may(activity);
      if (may !== 'now') return await this.#putOff(activity, may === 'never' ? null : may);
      await this.#parts.sender.send(activity);
    } catch (thrown) {
      if (thrown instanceof ClaimLost) return this.#due.settle(conversationId);
      return this.#fail(activity, failureOf(thrown));
    }
    this.#attempts.delete(conversationId);
    const at = clock();
    await this.#record(conversationId, () => store.delivered(conversationId, seq, at));
  }

  /** Where the question cannot be answered, the reply waits a little. */
  async #may(activity: BotActivity): Promise<May> {
    const { mayTell, clock } = this.#parts;
    const now = clock();
    return (await mayTell?.(activity, now).catch(() => new Date(now.getTime() + MOST_BACKOFF_SECONDS * 1000))) ?? 'now';
  }

  async #putOff({ conversationId, seq }: BotActivity, nextAt: Date | null): Promise<void> {
    this.#parts.log.info('telegram_put_off', { channel: 'telegram' });
    await this.#record(conversationId, () => this.#parts.store.undeliverable(conversationId, seq, nextAt, PUT_OFF));
  }

  async #fail(activity: BotActivity, refused: Failure): Promise<void> {
    const { store, unreachable } = this.#parts;
    const { conversationId, seq } = activity;
    const hopeless = refused.kind === 'rejected' || refused.kind === 'ours';
    // Where they cannot be sent now, the reply stays due, and they are tried again after it.
    const failure = (hopeless ? await this.#sendLastWords(activity) : undefined) ?? refused;
    if (failure === 'lost') return this.#due.settle(conversationId);
    const nextAt = this.#nextAttempt(conversationId, failure);
    this.#complain(failure, nextAt !== null);
    if (!nextAt) this.#parts.sender.forget(activity);
    await this.#record(conversationId, async () => {
      // Before the reply counts as settled: a crash between the two tells it twice rather than never.
      if (failure.kind === 'gone') await unreachable?.(conversationId);
      await store.undeliverable(conversationId, seq, nextAt, failure.why);
    });
  }

  /** Nobody is left in silence because of a form that Telegram does not take. What became of them; nothing: they were sent. */
  async #sendLastWords(activity: BotActivity): Promise<Failure | 'lost' | undefined> {
    try {
      await this.#parts.sender.sendLastWords(activity);
      return undefined;
    } catch (thrown) {
      return thrown instanceof ClaimLost ? 'lost' : failureOf(thrown);
    }
  }

  /** `null`: never. */
  #nextAttempt(conversationId: string, failure: Failure): Date | null {
    if (failure.kind === 'gone' || failure.kind === 'rejected' || failure.kind === 'ours') {
      this.#attempts.delete(conversationId);
      return null;
    }
    const attempts = (this.#attempts.get(conversationId) ?? 0) + 1;
    this.#attempts.set(conversationId, attempts);
    const seconds = failure.kind === 'wait' ? failure.seconds : backoffSeconds(attempts, MOST_BACKOFF_SECONDS);
    return new Date(this.#parts.clock().getTime() + seconds * 1000);
  }

  #complain({ kind, why }: Failure, again: boolean): void {
    const { log } = this.#parts;
    const fields = { channel: 'telegram', code: kind, error: why };
    if (kind === 'gone') log.info('telegram_blocked', fields);
    else if (again) log.warn('telegram_send_later', fields);
    else log.error('telegram_send_refused', fields);
  }

  async #record(conversationId: string, tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
      this.#untold.delete(conversationId);
      this.#due.settle(conversationId);
    } catch (thrown) {
      this.#untold.set(conversationId, () => this.#record(conversationId, tell));
      this.#parts.log.warn('telegram_store_unwritable', { channel: 'telegram', error: messageOf(thrown) });
    }
  }
}
