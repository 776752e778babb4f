// Which chats this process writes to now: of several processes, and of several runs in one, only one has a chat in hand.
// What is written there is left to delivery.ts and send.ts.
import type { Clock, Store } from '../../bot/ports.ts';

/** Longer than any single call to Telegram may take (api.ts), so that a claim outlives what is done under it. */
const CLAIM_MS = 90_000;

/** `new`: what waits there must be read again, another process may have been at it until now. */
export type Claim = 'new' | 'held' | 'no';

export class Claims {
  readonly #store: Pick<Store, 'lease' | 'release'>;
  readonly #clock: Clock;
  readonly #holder: string;
  /** Until when, by conversation; milliseconds. */
  readonly #until = new Map<string, number>();

  constructor(store: Pick<Store, 'lease' | 'release'>, clock: Clock, holder: string) {
    this.#store = store;
    this.#clock = clock;
    this.#holder = holder;
  }

  async take(conversationId: string): Promise<Claim> {
    const had = (this.#until.get(conversationId) ?? 0) > this.#clock().getTime();
    if (!(await this.#renew(conversationId))) return 'no';
    return had ? 'held' : 'new';
  }

  /** Asked right before each call to Telegram. False where another process has the chat by now. */
  async keep(conversationId: string): Promise<boolean> {
    const left = (this.#until.get(conversationId) ?? 0) - this.#clock().getTime();
    if (left > CLAIM_MS / 2) return true;
    // A store that is not there now takes nothing away before the time is over.
    return this.#renew(conversationId).catch(() => left > 0);
  }

  /** Does nothing for a chat that is not claimed. */
  async letGo(conversationId: string): Promise<void> {
    if (this.#until.delete(conversationId)) await this.#store.release(nameOf(conversationId), this.#holder);
  }

  /** Where the store is not there the claims end by themselves. */
  async letGoOfAll(): Promise<void> {
    const all = [...this.#until.keys()].map((conversationId) => this.letGo(conversationId).catch(() => {}));
    await Promise.all(all);
  }

  async #renew(conversationId: string): Promise<boolean> {
    const now = this.#clock();
    const ours = await this.#store.lease(nameOf(conversationId), this.#holder, now, CLAIM_MS);
    if (ours) this.#until.set(conversationId, now.getTime() + CLAIM_MS);
    else this.#until.delete(conversationId);
    return ours;
  }
}

function nameOf(conversationId: string): string {
  return `telegram.chat.${conversationId}`;
}
