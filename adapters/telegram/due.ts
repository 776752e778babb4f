// Hands out the replies that wait, each once: the first of every chat that nobody has in hand, here or in another process.
// Sending them, and saying when one is settled, are left to delivery.ts.
import type { Claim, Claims } from '../../bot/claims.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import type { BotActivity } from './send.ts';

export interface DueParts {
  store: Pick<Store, 'undelivered'>;
  claims: Claims;
  clock: Clock;
}

/** Chats looked at in one reading; some of them may be in other hands. */
const BATCH = 200;

export class Due {
  readonly #parts: DueParts;
  /** Conversations with a reply in hand. */
  readonly #taken = new Set<string>();
  /** Of these, the ones whose reply is recorded: free at the next reading. */
  readonly #settled = new Set<string>();
  #reading: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: DueParts) {
    this.#parts = parts;
  }

  /** Reads the store, one reader at a time. What it gives is in hand until `settle`. */
  take(): Promise<BotActivity[]> {
    const read = this.#reading.then(() => this.#take());
    this.#reading = read.catch(() => {});
    return read;
  }

  /** The store knows what became of that chat's reply, or another process has the chat. */
  settle(conversationId: string): void {
    this.#settled.add(conversationId);
  }

  /** Gives nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  async #take(): Promise<BotActivity[]> {
    if (this.#stopped) return [];
    // Recorded before this reading begins, so it cannot hold them any more.
    const over = [...this.#settled];
    for (const conversationId of over) this.#taken.delete(conversationId);
    this.#settled.clear();
    const due = await this.#claimed(await this.#read());
    const next = new Set(due.map(({ conversationId }) => conversationId));
    for (const conversationId of over) if (!next.has(conversationId)) await this.#parts.claims.letGo(conversationId);
    for (const conversationId of next) this.#taken.add(conversationId);
    return due;
  }

  async #read(): Promise<BotActivity[]> {
    const { store, clock } = this.#parts;
    const due = await store.undelivered('telegram', clock(), BATCH + this.#taken.size);
    return due.filter((one): one is BotActivity => one.from === 'bot' && !this.#taken.has(one.conversationId));
  }

  /** Of these, the ones this process may send. Who had the chat until now may have sent them: they are read again then. */
  async #claimed(due: BotActivity[]): Promise<BotActivity[]> {
    const { claims } = this.#parts;
    const found = new Map<string, Claim>();
    for (const { conversationId } of due) found.set(conversationId, await claims.take(conversationId));
    const ours = ({ conversationId }: BotActivity): boolean => (found.get(conversationId) ?? 'no') !== 'no';
    if (![...found.values()].includes('new')) return due.filter(ours);
    const still = (await this.#read()).filter(ours);
    const gone = [...found.keys()].filter((id) => !still.some(({ conversationId }) => conversationId === id));
    for (const conversationId of gone) await claims.letGo(conversationId);
    return still;
  }
}
