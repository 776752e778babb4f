// What a tap is owed beside its turn: an answer, always; a message that shows what was chosen; the desk's number to save.
// The turn of the choice is left to handler.ts.
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Log } from '../../bot/log.ts';
import { messageOf } from '../../bot/log.ts';
import type { Card } from '../../bot/message.ts';
import type { Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { toContact } from './contact-card.ts';
import { failureOf } from './failures.ts';
import { pick } from './groups.ts';
import { MAX_TEXT } from './split.ts';
import type { Received, Tap } from './updates.ts';

export interface TapParts {
  api: Api;
  store: Pick<Store, 'activities'>;
  words: Words;
  log: Log;
}

/** A restart forgets them: then a second tap is told that its choice no longer counts. */
const MOST_REMEMBERED = 1000;

export class Taps {
  readonly #parts: TapParts;
  /** By chat: the button that was taken last, until something else is said. */
  readonly #taken = new Map<number, string>();

  constructor(parts: TapParts) {
    this.#parts = parts;
  }

  /** Also for a tap that comes to nothing: Telegram shows a waiting button until then. */
  answer({ queryId }: Tap): Promise<void> {
    return this.quietly(this.#parts.api.answerCallbackQuery(queryId));
  }

  /** A finger that comes down twice means one tap. */
  isSecond(chatId: number, tap: Tap | undefined): boolean {
    const button = buttonOf(tap);
    return button !== undefined && this.#taken.get(chatId) === button;
  }

  /** A turn is over: of a tap, or of anything else. */
  took(chatId: number, tap: Tap | undefined): void {
    const button = buttonOf(tap);
    this.#taken.delete(chatId);
    if (button === undefined) return;
    if (this.#taken.size >= MOST_REMEMBERED) this.#taken.clear();
    this.#taken.set(chatId, button);
  }

  /** The choices go, what was chosen stays readable in the chat; a choice that no longer counted is not marked as made. */
  async spend({ chatId, messageId, shown }: Tap, counted: boolean): Promise<void> {
    const { api } = this.#parts;
    // A message that Telegram no longer shows the bot cannot be changed either.
    if (messageId === undefined || !shown) return;
    const text = `${shown.text}\n\n✓ ${shown.label}`;
    const kept = keptOf(shown.stays);
    if (!counted || text.length > MAX_TEXT) return this.quietly(api.editMessageReplyMarkup(chatId, messageId, kept));
    const preview = { link_preview_options: { is_disabled: true } };
    await this.quietly(api.editMessageText(chatId, messageId, text, { entities: shown.entities, ...preview, ...kept }));
  }

  /** The desk's number as a contact that the telephone can save. It spends nothing: it may be asked for again. */
  async save({ conversationId, seq, tap }: Received & { kind: 'save' }): Promise<void> {
    const { api, words } = this.#parts;
    const found = await this.#cardOf(conversationId, seq);
    const contact = found && toContact(found.card);
    if (!found || !contact) {
      const text = words.say(found?.lang ?? pick(words, tap.language))('telegram:save_gone');
      return this.quietly(api.answerCallbackQuery(tap.queryId, { text }));
    }
    await this.answer(tap);
    await this.quietly(api.sendContact(tap.chatId, contact.phone, contact.name, { vcard: contact.vcard }));
  }

  /** Niceties: a stale query, a message not modified or a person who blocked the bot are no news. */
  async quietly(call: Promise<unknown>): Promise<void> {
    await call.catch((thrown: unknown) => {
      const failure = failureOf(thrown);
      if (failure.kind !== 'rejected' && failure.kind !== 'gone')
        this.#parts.log.warn('telegram_call', { channel: 'telegram', code: failure.kind, error: failure.why });
    });
  }

  /** `undefined` where it was erased meanwhile, or the store is not there. */
  async #cardOf(conversationId: string, seq: number): Promise<{ card: Card; lang: string } | undefined> {
    try {
      const [found] = await this.#parts.store.activities(conversationId, seq - 1);
      if (found?.seq !== seq || found.from !== 'bot' || !found.reply.card) return undefined;
      return { card: found.reply.card, lang: found.reply.lang };
    } catch (thrown) {
      this.#parts.log.warn('telegram_store_unreadable', { channel: 'telegram', error: messageOf(thrown) });
      return undefined;
    }
  }
}

function buttonOf(tap: Tap | undefined): string | undefined {
  return tap?.messageId === undefined || tap.data === undefined ? undefined : `${tap.messageId} ${tap.data}`;
}

function keptOf(stays: InlineKeyboardMarkup): { reply_markup?: InlineKeyboardMarkup } {
  return stays.inline_keyboard.length > 0 ? { reply_markup: stays } : {};
}
