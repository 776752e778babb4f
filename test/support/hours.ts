// Time that passes only when a test says so: a clock, and what waits by it, in order, however slow the machine is.
// What is done meanwhile with the store is real: time stands still until it is done.
import { setImmediate } from 'node:timers/promises';

export class Hours {
  #now = Date.parse('2026-11-23T09:00:00Z');
  readonly #waiting = new Set<{ at: number; run: () => void }>();
  #busy = 0;

  readonly clock = (): Date => new Date(this.#now);

  /** Runs that when so many milliseconds have passed; gives what calls it off. */
  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const one = { at: this.#now + Math.max(0, milliseconds), run };
    this.#waiting.add(one);
    return () => void this.#waiting.delete(one);
  };

  /** Time stands still while that is under way. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy += 1;
    return work.finally(() => (this.#busy -= 1));
  }

  /** Lets so many milliseconds pass, with all that was waiting for one of them. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await this.#settled();
      const [next] = [...this.#waiting].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.#waiting.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  async #settled(): Promise<void> {
    do await setImmediate();
    while (this.#busy > 0);
  }
}
