// What this process has in hand to deliver: of several processes, and of several runs in one, only one sends a thing.
// What a thing is (a chat, a reply), and sending it, are left to the channel's adapter.
import type { Clock, Store } from './ports.ts';

/** Longer than any single call to a channel may take, so that a claim outlives what is done under it. */
const CLAIM_MS = 90_000;

/** `new`: whether it still waits must be read again, another process may have been at it until now. */
export type Claim = 'new' | 'held' | 'no';

export class Claims {
  readonly #store: Pick<Store, 'lease' | 'release'>;
  readonly #clock: Clock;
  readonly #holder: string;
  readonly #kind: string;
  /** Until when, by id; milliseconds. */
  readonly #until = new Map<string, number>();

  /** `kind` begins the names of the leases; `holder` is random, one for each that must not send what another one sends. */
  constructor(
    store: Pick<Store, 'lease' | 'release'>,
    clock: Clock,
    { kind, holder }: { kind: string; holder: string },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#kind = kind;
    this.#holder = holder;
  }

  async take(id: string): Promise<Claim> {
    const had = (this.#until.get(id) ?? 0) > this.#clock().getTime();
    if (!(await this.#renew(id))) return 'no';
    return had ? 'held' : 'new';
  }

  /** Asked right before each call to the channel. False where another process has it by now. */
  async keep(id: string): Promise<boolean> {
    const left = (this.#until.get(id) ?? 0) - this.#clock().getTime();
    if (left > CLAIM_MS / 2) return true;
    // A store that is not there now takes nothing away before the time is over.
    return this.#renew(id).catch(() => left > 0);
  }

  /** Does nothing for what is not claimed. */
  async letGo(id: string): Promise<void> {
    if (this.#until.delete(id)) await this.#store.release(this.#nameOf(id), this.#holder);
  }

  /** Where the store is not there the claims end by themselves. */
  async letGoOfAll(): Promise<void> {
    const all = [...this.#until.keys()].map((id) => this.letGo(id).catch(() => {}));
    await Promise.all(all);
  }

  async #renew(id: string): Promise<boolean> {
    const now = this.#clock();
    const ours = await this.#store.lease(this.#nameOf(id), this.#holder, now, CLAIM_MS);
    if (ours) this.#until.set(id, now.getTime() + CLAIM_MS);
    else this.#until.delete(id);
    return ours;
  }

  #nameOf(id: string): string {
    return `${this.#kind}.${id}`;
  }
}
