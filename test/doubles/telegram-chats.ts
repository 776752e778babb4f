// The chats of the Bot API double as the bot meets them: who can be reached, what it has sent, what may be changed.
// HTTP, updates and the people who write are left to telegram-api.ts.
import type { Chat, InlineKeyboardMarkup, MessageEntity, User } from 'grammy/types';
import { isObject } from './telegram-body.ts';
import type { Parameters } from './telegram-body.ts';
import { Refusal, bad, readContent, readKeyboard, readMarkup } from './telegram-rules.ts';
import type { Below } from './telegram-rules.ts';

/** A message of the bot as it stands now in a chat. */
export interface SentMessage {
  message_id: number;
  text: string;
  entities: MessageEntity[];
  reply_markup?: InlineKeyboardMarkup;
  protect: boolean;
  preview: boolean;
  /** Changed after it was sent. */
  edited: boolean;
  below?: Below;
  /** A card to save: its number, name and vCard; `text` is empty then. */
  contact?: { phone: string; name: string; vcard: string };
}

export class Chats {
  /** Chats that may not be written to: people who blocked the bot, groups it left. */
  readonly blocked = new Set<number>();
  /** Chats that are not there at all. */
  readonly unknown = new Set<number>();
  /** Groups that have become supergroups: their new number. */
  readonly moved = new Map<number, number>();
  /** Forums in which nothing may be written. */
  readonly closed = new Set<number>();
  readonly #sent = new Map<number, SentMessage[]>();
  readonly #languages = new Map<number, string>();
  readonly #username: string;
  #messageId = 0;

  constructor(username: string) {
    this.#username = username;
  }

  sent(chat: number): SentMessage[] {
    return this.#sent.get(chat) ?? [];
  }

  setLanguage(chat: number, language: string): void {
    this.#languages.set(chat, language);
  }

  sendMessage(parameters: Parameters): object {
    const chat = this.reach(parameters);
    const preview = parameters['link_preview_options'];
    const sent: SentMessage = {
      message_id: this.nextMessageId(),
      ...readContent(parameters),
      protect: parameters['protect_content'] === true,
      preview: !(isObject(preview) && preview['is_disabled'] === true),
      edited: false,
    };
    this.#sent.set(chat, [...this.sent(chat), sent]);
    return this.#asMessage(chat, sent);
  }

  sendContact(parameters: Parameters): object {
    const chat = this.reach(parameters);
    const { phone_number: phone, first_name: name, vcard = '' } = parameters;
    if (typeof phone !== 'string' || phone === '') throw bad('phone number is empty');
    if (typeof name !== 'string' || name === '') throw bad('first name is empty');
    if (typeof vcard !== 'string' || Buffer.byteLength(vcard) > 2048) throw bad('vCard is too long');
    const sent: SentMessage = {
      message_id: this.nextMessageId(),
      text: '',
      entities: [],
      ...readMarkup(parameters['reply_markup']),
      protect: parameters['protect_content'] === true,
      preview: false,
      edited: false,
      contact: { phone, name, vcard },
    };
    this.#sent.set(chat, [...this.sent(chat), sent]);
    return this.#asMessage(chat, sent);
  }

  /** The keys below the line where that person writes: the last ones sent and not removed. */
  keys(chat: number): { text: string; sends: string }[] {
    const below = this.sent(chat).findLast((message) => message.below !== undefined)?.below;
    return below === undefined || below === 'removed' ? [] : below.keys;
  }

  /** As when a person deletes a message for both. */
  remove(chat: number, messageId: number): void {
    this.#sent.set(
      chat,
      this.sent(chat).filter(({ message_id: id }) => id !== messageId),
    );
  }

  editText(parameters: Parameters): object {
    const chat = this.reach(parameters);
    const sent = this.#find(chat, parameters);
    const { text, entities, reply_markup: markup } = readContent(parameters);
    if (text === sent.text && same(markup, sent.reply_markup) && same(entities, sent.entities)) throw notModified();
    return this.#asMessage(chat, this.#change(sent, markup, { text, entities }));
  }

  editMarkup(parameters: Parameters): object {
    const chat = this.reach(parameters);
    const sent = this.#find(chat, parameters);
    const markup = readKeyboard(parameters['reply_markup']);
    if (same(markup, sent.reply_markup)) throw notModified();
    return this.#asMessage(chat, this.#change(sent, markup, {}));
  }

  #change(sent: SentMessage, markup: InlineKeyboardMarkup | undefined, rest: Partial<SentMessage>): SentMessage {
    delete sent.reply_markup;
    return Object.assign(sent, rest, markup ? { reply_markup: markup } : {}, { edited: true });
  }

  #find(chat: number, parameters: Parameters): SentMessage {
    const sent = this.sent(chat).find(({ message_id: id }) => id === number(parameters['message_id']));
    if (!sent) throw bad('message to edit not found');
    // A message with keys below the line cannot be changed.
    if (sent.below !== undefined || sent.contact) throw bad("message can't be edited");
    return sent;
  }

  #asMessage(chat: number, { message_id, text, entities, reply_markup }: SentMessage): object {
    return {
      ...this.head(chat),
      from: this.me(),
      message_id,
      text,
      entities,
      ...(reply_markup ? { reply_markup } : {}),
    };
  }

  /** The chat of a call, or the refusal for one that cannot be reached. */
  reach({ chat_id: given }: Parameters): number {
    const chat = number(given);
    if (chat === undefined || this.unknown.has(chat)) throw bad('chat not found');
    const moved = this.moved.get(chat);
    if (moved !== undefined)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', undefined, moved);
    if (this.closed.has(chat)) throw bad('TOPIC_CLOSED');
    if (this.blocked.has(chat))
      throw new Refusal(
        403,
        chat > 0 ? 'Forbidden: bot was blocked by the user' : 'Forbidden: bot is not a member of the group chat',
      );
    return chat;
  }

  head(chat: number): { date: number; chat: Chat; from: User } {
    const place: Chat =
      chat > 0
        ? { id: chat, type: 'private', first_name: 'Prova' }
        : { id: chat, type: 'supergroup', title: 'Gruppo di prova' };
    return { date: now(), chat: place, from: this.person(chat) };
  }

  person(chat: number): User {
    const language = this.#languages.get(chat) ?? 'it';
    return { id: Math.abs(chat), is_bot: false, first_name: 'Prova', language_code: language };
  }

  me(): User & { username: string } {
    return { id: 4242, is_bot: true, first_name: 'Bussola', username: this.#username };
  }

  nextMessageId(): number {
    return ++this.#messageId;
  }
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function notModified(): Refusal {
  return bad('message is not modified: specified new message content and reply markup are exactly the same');
}

export function now(): number {
  return Math.floor(Date.now() / 1000);
}
