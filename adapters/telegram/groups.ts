// Groups: says once that this is not a private place, with the link to the private chat, and leaves. Reads nothing else.
// Private chats are left to handler.ts.
import type { Api } from 'grammy';
import type { Log } from '../../bot/log.ts';
import type { Words } from '../../bot/words.ts';
import { failureOf } from './failures.ts';

export interface GroupParts {
  api: Api;
  /** The bot's own name, for its link. */
  username: () => Promise<string>;
  words: Words;
  log: Log;
}

const MOST_REMEMBERED = 1000;

export class Groups {
  readonly #parts: GroupParts;
  readonly #leaving = new Set<number>();

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  /** Never rejects: a group that cannot be greeted is only logged. */
  async leave(chatId: number, greet: boolean, language: string | undefined): Promise<void> {
    const { api, username, words, log } = this.#parts;
    if (this.#leaving.has(chatId)) return;
    if (this.#leaving.size >= MOST_REMEMBERED) this.#leaving.clear();
    this.#leaving.add(chatId);
    try {
      if (greet) {
        const say = words.say(pick(words, language));
        const link = `https://t.me/${await username()}`;
        await api.sendMessage(chatId, say('telegram:group', { link }), { link_preview_options: { is_disabled: true } });
      }
    } catch (thrown) {
      log.info('telegram_group_unreachable', { channel: 'telegram', error: failureOf(thrown).why });
    }
    await api.leaveChat(chatId).catch((thrown: unknown) => {
      log.info('telegram_group_not_left', { channel: 'telegram', error: failureOf(thrown).why });
    });
  }

  /** The bot is out: if it is added again, it greets again. */
  forget(chatId: number): void {
    this.#leaving.delete(chatId);
  }
}

/** `pt-br` is spoken where `pt` is; Italian otherwise. */
export function pick(words: Words, language: string | undefined): string {
  const base = language?.toLowerCase().split('-')[0];
  return words.languages.find((known) => known === base) ?? 'it';
}
