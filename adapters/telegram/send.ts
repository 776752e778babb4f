// Sends one reply to its chat: as it should look, else bare, else the shortest words that still lead to a person.
// Which reply, and what a failure means to the chat, are left to delivery.ts.
import type { Api } from 'grammy';
import type { Claims } from '../../bot/claims.ts';
import type { Reply, StoredActivity } from '../../bot/message.ts';
import type { Words } from '../../bot/words.ts';
import { failureOf } from './failures.ts';
import { toMessages } from './render.ts';
import type { TelegramMessage } from './render.ts';

export type BotActivity = StoredActivity & { from: 'bot' };

/** Another process writes to that chat by now: nothing more is sent, and nothing recorded. */
export class ClaimLost extends Error {}

export interface SenderParts {
  api: Api;
  words: Words;
  claims: Claims;
}

/** Numbers in the last words: more would be a list that nobody asked for. */
const MOST_NUMBERS = 3;

export class Sender {
  readonly #parts: SenderParts;
  /** Pieces of a long reply already sent when it was interrupted. */
  readonly #progress = new Map<string, number>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Rejects with ClaimLost, or with what Telegram said: then as much as was sent is not sent again. */
  async send(activity: BotActivity): Promise<void> {
    const { reply, seq } = activity;
    const say = this.#parts.words.say(reply.lang);
    try {
      await this.#pieces(activity, toMessages(reply, { say, seq }));
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      // A button or a format that Telegram does not like must not cost the person the words.
      await this.#pieces(activity, toMessages(reply, { say, bare: true }));
    }
    this.forget(activity);
  }

  /** For a reply that was refused in every form: that there was an answer, and whom to call for it. Rejects as `send` does. */
  async sendLastWords(activity: BotActivity): Promise<void> {
    const say = this.#parts.words.say(activity.reply.lang);
    const phones = numbersOf(activity.reply).slice(0, MOST_NUMBERS).join(', ');
    const text = phones === '' ? say('telegram:refused') : say('telegram:refused_call', { phones });
    if (!(await this.#parts.claims.keep(activity.conversationId))) throw new ClaimLost();
    await this.#parts.api.sendMessage(chatOf(activity.conversationId), text);
  }

  /** Nothing more of it will be sent. */
  forget(activity: BotActivity): void {
    this.#progress.delete(keyOf(activity));
  }

  async #pieces(activity: BotActivity, messages: TelegramMessage[]): Promise<void> {
    const chatId = chatOf(activity.conversationId);
    for (const [index, { text, ...rest }] of messages.entries()) {
      if (index < (this.#progress.get(keyOf(activity)) ?? 0)) continue;
      if (!(await this.#parts.claims.keep(activity.conversationId))) throw new ClaimLost();
      await this.#parts.api.sendMessage(chatId, text, rest);
      this.#progress.set(keyOf(activity), index + 1);
    }
  }
}

function isRefusal(thrown: unknown): boolean {
  return !(thrown instanceof ClaimLost) && failureOf(thrown).kind === 'rejected';
}

/** As printed on the card, else as the links dial them. */
function numbersOf({ card, links }: Reply): string[] {
  const printed = card?.phones.map(({ shown }) => shown) ?? [];
  const dialled = links.flatMap(({ url }) => (url.startsWith('tel:') ? [url.slice('tel:'.length)] : []));
  return printed.length > 0 ? printed : [...new Set(dialled)];
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
