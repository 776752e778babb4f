// Updates waiting for the bot: long polls with offsets and conflicts, or a webhook called in order until it says 2xx.
// What is in an update is left to telegram-api.ts.
import type { Update } from 'grammy/types';
import { Refusal } from './telegram-rules.ts';

interface Poll {
  offset: number | undefined;
  limit: number;
  answer: (updates: Update[]) => void;
  refuse: (refusal: Refusal) => void;
  timer: NodeJS.Timeout;
}

export interface Webhook {
  url: string;
  secret: string | undefined;
}

export class UpdateQueue {
  #pending: Update[] = [];
  #poll: Poll | undefined;
  #webhook: Webhook | undefined;
  #posting: Promise<void> = Promise.resolve();
  #stopped = false;
  lastError: string | undefined;
  /** Statuses the webhook answered, in order. */
  readonly statuses: number[] = [];
  readonly #retryMs: number;

  constructor(retryMs: number) {
    this.#retryMs = retryMs;
  }

  get webhook(): Webhook | undefined {
    return this.#webhook;
  }

  get length(): number {
    return this.#pending.length;
  }

  push(update: Update): void {
    this.#pending.push(update);
    if (this.#webhook) this.#post();
    else this.#answerPoll();
  }

  setWebhook(webhook: Webhook | undefined, drop: boolean): void {
    this.#webhook = webhook;
    if (drop) this.#pending = [];
    if (webhook) this.#post();
  }

  /** Waits up to `timeout` seconds for an update; an offset forgets all updates below it. Rejects with 409 where due. */
  poll(offset: number | undefined, limit: number, timeout: number): Promise<Update[]> {
    if (this.#webhook)
      return Promise.reject(
        new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ),
      );
    this.endPoll(
      new Refusal(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    );
    if (offset !== undefined) this.#pending = this.#pending.filter((update) => update.update_id >= offset);
    return new Promise((answer, refuse) => {
      const timer = setTimeout(() => this.#finishPoll([]), timeout * 1000);
      this.#poll = { offset, limit, answer, refuse, timer };
      this.#answerPoll();
    });
  }

  /** Ends the waiting poll, with that refusal or with no updates. */
  endPoll(refusal?: Refusal): void {
    const poll = this.#poll;
    if (!poll) return;
    if (!refusal) return this.#finishPoll([]);
    this.#poll = undefined;
    clearTimeout(poll.timer);
    poll.refuse(refusal);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.endPoll();
    await this.#posting;
  }

  #answerPoll(): void {
    const { offset = 0, limit } = this.#poll ?? { limit: 0 };
    const ready = this.#pending.filter((update) => update.update_id >= offset).slice(0, limit);
    if (ready.length > 0) this.#finishPoll(ready);
  }

  #finishPoll(updates: Update[]): void {
    const poll = this.#poll;
    this.#poll = undefined;
    clearTimeout(poll?.timer);
    poll?.answer(updates);
  }

  #post(): void {
    this.#posting = this.#posting.then(() => this.#postAll());
  }

  async #postAll(): Promise<void> {
    while (!this.#stopped && this.#webhook && this.#pending[0]) {
      if (await this.#postOne(this.#webhook, this.#pending[0])) this.#pending.shift();
      else await new Promise((resolve) => setTimeout(resolve, this.#retryMs));
    }
  }

  async #postOne({ url, secret }: Webhook, update: Update): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          connection: 'close',
          ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(update),
      });
      await response.arrayBuffer();
      this.statuses.push(response.status);
      if (response.ok) return true;
      this.lastError = `Wrong response from the webhook: ${response.status}`;
    } catch {
      this.lastError = 'Connection refused';
    }
    return false;
  }
}
