// One update from arrival to committed turn: in order within a chat, and safe to repeat.
// Reading updates is left to updates.ts, bringing the replies to delivery.ts.
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { BussolaError } from '../../bot/errors.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import type { TelegramAdapter } from './adapter.ts';
import type { ReadCommand } from './commands.ts';
import { failureOf } from './failures.ts';
import { pick } from './groups.ts';
import type { Groups } from './groups.ts';
import type { Outcome } from './polling.ts';
import { MAX_TEXT } from './split.ts';
import { readUpdate } from './updates.ts';
import type { Received, Tap } from './updates.ts';

export interface HandlerParts {
  api: Api;
  adapter: TelegramAdapter;
  groups: Groups;
  readCommand: ReadCommand;
  store: Store;
  words: Words;
  log: Log;
}

/** A turn that fails this often while the store is well is a mistake of ours: repeating it would only hold the chat up. */
const MOST_ATTEMPTS = 3;
const MOST_REMEMBERED = 1000;

export class Handler {
  readonly #parts: HandlerParts;
  readonly #chats = new Map<number, Promise<Outcome>>();
  readonly #failed = new Map<string, number>();
  readonly #background = new Set<Promise<void>>();

  constructor(parts: HandlerParts) {
    this.#parts = parts;
  }

  /** `done`: committed, known already, or not for us. `again`: not saved, Telegram must send it again. Never rejects. */
  async handle(update: Update): Promise<Outcome> {
    const received = readUpdate(update, this.#parts.readCommand);
    if ('tap' in received && received.tap) this.#later(this.#answer(received.tap));
    switch (received.kind) {
      case 'activity':
        return this.#inOrder(received.chatId, () => this.#turn(received));
      case 'group':
        await this.#parts.groups.leave(received.chatId, received.greet, received.language);
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
    const key = `${chatId}|${activity.id}`;
    try {
      await this.#parts.adapter.receive(activity);
    } catch (thrown) {
      return this.#failedTurn(key, thrown, chatId, activity.locale);
    }
    this.#failed.delete(key);
    if (tap) this.#later(this.#spend(tap));
    return 'done';
  }

  async #failedTurn(key: string, thrown: unknown, chatId: number, language: string | undefined): Promise<Outcome> {
    const { log, api, words } = this.#parts;
    const attempts = (this.#failed.get(key) ?? 0) + 1;
    log.error('telegram_turn_failed', { channel: 'telegram', attempts, error: messageOf(thrown) });
    if (await this.#storeIsDown(thrown)) return 'again';
    if (this.#failed.size >= MOST_REMEMBERED) this.#failed.clear();
    this.#failed.set(key, attempts);
    if (attempts < MOST_ATTEMPTS) return 'again';
    this.#failed.delete(key);
    this.#later(this.#quietly(api.sendMessage(chatId, words.say(pick(words, language))('telegram:trouble'))));
    return 'done';
  }

  async #storeIsDown(thrown: unknown): Promise<boolean> {
    if (thrown instanceof BussolaError && thrown.code === 'store_unavailable') return true;
    return this.#parts.store.check().then(
      () => false,
      () => true,
    );
  }

  /** Always, also for a tap that comes to nothing: Telegram shows a waiting button until then. */
  #answer({ queryId }: Tap): Promise<void> {
    return this.#quietly(this.#parts.api.answerCallbackQuery(queryId));
  }

  /** The buttons go, what was chosen stays readable in the chat. */
  async #spend({ chatId, messageId, shown }: Tap): Promise<void> {
    const { api } = this.#parts;
    if (messageId === undefined) return;
    const text = shown && `${shown.text}\n\n✓ ${shown.label}`;
    if (shown && text && text.length <= MAX_TEXT)
      await this.#quietly(
        api.editMessageText(chatId, messageId, text, {
          entities: shown.entities,
          link_preview_options: { is_disabled: true },
        }),
      );
    else await this.#quietly(api.editMessageReplyMarkup(chatId, messageId));
  }

  /** Niceties: a stale query, a message not modified or a person who blocked the bot are no news. */
  async #quietly(call: Promise<unknown>): Promise<void> {
    await call.catch((thrown: unknown) => {
      const failure = failureOf(thrown);
      if (failure.kind !== 'rejected' && failure.kind !== 'gone')
        this.#parts.log.warn('telegram_call', { channel: 'telegram', code: failure.kind, error: failure.why });
    });
  }

  #later(work: Promise<void>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }
}
