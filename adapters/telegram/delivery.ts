// Brings committed replies to their chats: in order within a chat, chats beside one another, each at least once.
// What a reply looks like is left to render.ts; what must be sent and what has been, to the store.
import type { Api } from 'grammy';
import type { May } from '../../bot/cases/late.ts';
import type { StoredActivity } from '../../bot/message.ts';
import { PUT_OFF } from '../../bot/ports.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import { backoffSeconds, failureOf } from './failures.ts';
import type { Failure } from './failures.ts';
import { toMessages } from './render.ts';

type BotActivity = StoredActivity & { from: 'bot' };

const BATCH = 50;
const MOST_BACKOFF_SECONDS = 300;

export interface DeliveryParts {
  api: Api;
  store: Store;
  log: Log;
  clock: Clock;
  /** Nothing will arrive in that conversation any more; may be called again for the same one. */
  unreachable?: (conversationId: string) => Promise<void>;
  /** Asked right before each try of what nobody had asked for: it may be late, and the moment no longer safe. */
  mayTell?: (activity: StoredActivity, now: Date) => Promise<May>;
}

/**
 * One per process. The store gives at most one reply of each chat, the first that waits, so order is its doing; here
 * nothing is sent twice: a chat is `taken` from the moment its reply is read until a later reading of the store can no
 * longer hold that reply. A crash between sending and recording sends that one reply again.
 */
export class Delivery {
  readonly #parts: DeliveryParts;
  /** Conversations with a reply in hand. */
  readonly #taken = new Set<string>();
  /** Of these, the ones whose reply is recorded: free at the next reading. */
  readonly #done = new Set<string>();
  /** Sent, but the store could not be told: told again at the next run. */
  readonly #untold = new Map<string, () => Promise<void>>();
  readonly #attempts = new Map<string, number>();
  /** Pieces of a long reply already sent when it was interrupted. */
  readonly #progress = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();
  #reading: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
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
    this.#stopped = true;
    await Promise.all(this.#running);
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
    const due = await this.#take();
    await Promise.all(
      due.map(async (activity) => {
        await this.#settle(activity);
        await this.#drain();
      }),
    );
  }

  /** Reads the store, one reader at a time. */
  #take(): Promise<BotActivity[]> {
    const read = this.#reading.then(() => this.#takeNow());
    this.#reading = read.catch(() => {});
    return read;
  }

  async #takeNow(): Promise<BotActivity[]> {
    if (this.#stopped) return [];
    // Recorded before this reading begins, so it cannot hold them any more.
    for (const conversationId of this.#done) this.#taken.delete(conversationId);
    this.#done.clear();
    const due = await this.#parts.store.undelivered('telegram', this.#parts.clock(), BATCH + this.#taken.size);
    return due.flatMap((activity) => {
      if (activity.from !== 'bot' || this.#taken.has(activity.conversationId)) return [];
      this.#taken.add(activity.conversationId);
      return [activity];
    });
  }

  /** Never rejects. */
  async #settle(activity: BotActivity): Promise<void> {
    const { store, clock } = this.#parts;
    const { conversationId, seq } = activity;
    try {
      const may = await this.#may(activity);
      if (may !== 'now') return await this.#putOff(activity, may === 'never' ? null : may);
      await this.#send(activity);
    } catch (thrown) {
      return this.#fail(activity, failureOf(thrown));
    }
    this.#attempts.delete(conversationId);
    this.#progress.delete(keyOf(activity));
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

  async #send(activity: BotActivity): Promise<void> {
    try {
      await this.#sendAs(activity, false);
    } catch (thrown) {
      // A button or a format that Telegram does not like must not cost the person the words.
      if (failureOf(thrown).kind !== 'rejected') throw thrown;
      await this.#sendAs(activity, true);
    }
  }

  async #sendAs(activity: BotActivity, bare: boolean): Promise<void> {
    const chatId = chatOf(activity.conversationId);
    const messages = toMessages(activity.reply, { bare });
    for (const [index, { text, ...rest }] of messages.entries()) {
      if (index < (this.#progress.get(keyOf(activity)) ?? 0)) continue;
      await this.#parts.api.sendMessage(chatId, text, rest);
      this.#progress.set(keyOf(activity), index + 1);
    }
  }

  async #fail(activity: BotActivity, failure: Failure): Promise<void> {
    const { store, unreachable } = this.#parts;
    const { conversationId, seq } = activity;
    const nextAt = this.#nextAttempt(conversationId, failure);
    if (!nextAt) this.#progress.delete(keyOf(activity));
    this.#complain(failure, nextAt !== null);
    await this.#record(conversationId, async () => {
      // Before the reply counts as settled: a crash between the two tells it twice rather than never.
      if (failure.kind === 'gone') await unreachable?.(conversationId);
      await store.undeliverable(conversationId, seq, nextAt, failure.why);
    });
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
      this.#done.add(conversationId);
    } catch (thrown) {
      this.#untold.set(conversationId, () => this.#record(conversationId, tell));
      this.#parts.log.warn('telegram_store_unwritable', { channel: 'telegram', error: messageOf(thrown) });
    }
  }
}

function keyOf({ conversationId, seq }: StoredActivity): string {
  return `${conversationId}|${seq}`;
}

/** Conversation `tg:<chat>`. */
function chatOf(conversationId: string): number {
  const chatId = Number(conversationId.replace(/^tg:/, ''));
  if (!Number.isSafeInteger(chatId)) throw new Error('not a Telegram conversation id');
  return chatId;
}
