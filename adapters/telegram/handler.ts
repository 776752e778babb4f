// One update from arrival to committed turn: in order within a chat, and safe to repeat.
// Reading updates is left to updates.ts, what a tap is owed to taps.ts, bringing the replies to delivery.ts.
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Activity } from 'botbuilder';
import { BussolaError } from '../../bot/errors.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Store } from '../../bot/ports.ts';
import { MeanwhileTold, StoreAway } from '../../bot/trouble.ts';
import { STALE } from '../../bot/to-activity.ts';
import type { Words } from '../../bot/words.ts';
import type { TelegramAdapter } from './adapter.ts';
import type { Readers } from './contents.ts';
import { pick } from './groups.ts';
import type { Groups } from './groups.ts';
import type { Outcome } from './polling.ts';
import { toMessages } from './render.ts';
import { Taps } from './taps.ts';
import { readUpdate } from './updates.ts';
import type { Received } from './updates.ts';

export interface HandlerParts {
  api: Api;
  adapter: TelegramAdapter;
  groups: Groups;
  readers: Readers;
  store: Store;
  words: Words;
  log: Log;
}

/** A turn that fails this often while the store is well is a mistake of ours: repeating it would only hold the chat up. */
const MOST_ATTEMPTS = 3;
const MOST_REMEMBERED = 1000;

export class Handler {
  readonly #parts: HandlerParts;
  readonly #taps: Taps;
  readonly #chats = new Map<number, Promise<Outcome>>();
  readonly #failed = new Map<string, number>();
  readonly #told = new MeanwhileTold();
  readonly #background = new Set<Promise<void>>();

  constructor(parts: HandlerParts) {
    this.#parts = parts;
    this.#taps = new Taps(parts);
  }

  /** `done`: committed, known already, or not for us. `again`: not saved, Telegram must send it again. Never rejects. */
  async handle(update: Update): Promise<Outcome> {
    const received = readUpdate(update, this.#parts.readers);
    if (received.kind !== 'save' && 'tap' in received && received.tap) this.#later(this.#taps.answer(received.tap));
    switch (received.kind) {
      case 'activity':
        return this.#inOrder(received.chatId, () => this.#turn(received));
      case 'group':
        await this.#parts.groups.leave(received);
        return 'done';
      case 'save':
        this.#later(this.#taps.save(received));
        return 'done';
      case 'left':
        this.#parts.groups.forget(received.chatId);
        return 'done';
      case 'nothing':
        return 'done';
    }
  }

  /** Waits for what was begun beside the turns. */
  async settled(): Promise<void> {
    await Promise.all([...this.#chats.values(), ...this.#background]);
  }

  #inOrder(chatId: number, run: () => Promise<Outcome>): Promise<Outcome> {
    const turn = (this.#chats.get(chatId) ?? Promise.resolve()).then(run);
    this.#chats.set(chatId, turn);
    const forget = (): void => {
      if (this.#chats.get(chatId) === turn) this.#chats.delete(chatId);
    };
    void turn.finally(forget);
    return turn;
  }

  async #turn({ activity, tap, chatId }: Received & { kind: 'activity' }): Promise<Outcome> {
    if (this.#taps.isSecond(chatId, tap)) return 'done';
    const key = `${chatId}|${activity.id}`;
    let answers: Partial<Activity>[];
    try {
      answers = await this.#parts.adapter.receive(activity);
    } catch (thrown) {
      return this.#failedTurn(key, thrown, chatId, activity.locale);
    }
    this.#failed.delete(key);
    this.#told.over(`${chatId}`);
    this.#taps.took(chatId, tap);
    if (tap) this.#later(this.#taps.spend(tap, !answers.some(({ label }) => label === STALE)));
    return 'done';
  }

  async #failedTurn(key: string, thrown: unknown, chatId: number, language: string | undefined): Promise<Outcome> {
    const { log, api, words } = this.#parts;
    const attempts = (this.#failed.get(key) ?? 0) + 1;
    log.error('telegram_turn_failed', { channel: 'telegram', attempts, error: messageOf(thrown) });
    if (thrown instanceof StoreAway) await this.#sayMeanwhile(chatId, key, thrown);
    if (await this.#storeIsDown(thrown)) return 'again';
    if (this.#failed.size >= MOST_REMEMBERED) this.#failed.clear();
    this.#failed.set(key, attempts);
    if (attempts < MOST_ATTEMPTS) return 'again';
    this.#failed.delete(key);
    this.#later(this.#taps.quietly(api.sendMessage(chatId, words.say(pick(words, language))('telegram:trouble'))));
    return 'done';
  }

  /** The message comes again until it is kept; until then nobody is left in silence. */
  async #sayMeanwhile(chatId: number, key: string, away: StoreAway): Promise<void> {
    const { api, words } = this.#parts;
    if (!this.#told.begin(`${chatId}`, key, away)) return;
    const say = words.say(away.meanwhile.lang);
    try {
      for (const { text, ...rest } of toMessages(away.meanwhile, { say, bare: true }))
        await api.sendMessage(chatId, text, rest);
    } catch {
      this.#told.undo(`${chatId}`, key, away);
    }
  }

  async #storeIsDown(thrown: unknown): Promise<boolean> {
    if (thrown instanceof BussolaError && thrown.code === 'store_unavailable') return true;
    return this.#parts.store.check().then(
      () => false,
      () => true,
    );
  }

  #later(work: Promise<void>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }
}
