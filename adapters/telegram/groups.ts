// Groups: says once that this is not a private place, with the link to the private chat, and leaves. Reads nothing else.
// Private chats are left to handler.ts.
import type { Api } from 'grammy';
import type { Log } from '../../bot/log.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { failureOf, movedTo } from './failures.ts';
import type { Received } from './updates.ts';

export interface GroupParts {
  api: Api;
  /** The bot's own name, for its link. */
  username: () => Promise<string>;
  words: Words;
  log: Log;
  store: Pick<Store, 'lease' | 'release'>;
  clock: Clock;
  /** Whoever greets: random, one for each process. */
  holder: string;
}

type Group = Omit<Received & { kind: 'group' }, 'kind'>;

const MOST_REMEMBERED = 1000;
/** Of several processes one greets; the same arrival is told to them within seconds. */
const GREETING_MS = 60_000;

export class Groups {
  readonly #parts: GroupParts;
  readonly #leaving = new Set<number>();
  /** Those that could not be left: at their next message that is tried again, and nothing is said. */
  readonly #stuck = new Set<number>();

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  /** Never rejects: a group that cannot be greeted is only logged. */
  async leave({ chatId, greet, language, before }: Group): Promise<void> {
    if (this.#leaving.has(chatId)) return;
    const met = this.#met(chatId) || (before !== undefined && this.#met(before));
    remember(this.#leaving, chatId);
    // Whoever greets leaves as well: before, the greeting would not arrive.
    if (!(await this.#isOurs(chatId))) return void this.#leaving.delete(chatId);
    const moved = greet && !met ? await this.#greet(chatId, language) : undefined;
    if (moved !== undefined) return this.leave({ chatId: moved, greet, language });
    await this.#parts.api.leaveChat(chatId).catch((thrown: unknown) => {
      this.#leaving.delete(chatId);
      remember(this.#stuck, chatId);
      this.#parts.log.info('telegram_group_not_left', { channel: 'telegram', error: failureOf(thrown).why });
    });
  }

  #met(chatId: number): boolean {
    return this.#leaving.has(chatId) || this.#stuck.has(chatId);
  }

  /** The group's new number, where it has become a supergroup meanwhile. */
  async #greet(chatId: number, language: string | undefined): Promise<number | undefined> {
    const { api, username, words, log } = this.#parts;
    try {
      const say = words.say(pick(words, language));
      const link = `https://t.me/${await username()}`;
      await api.sendMessage(chatId, say('telegram:group', { link }), { link_preview_options: { is_disabled: true } });
      return undefined;
    } catch (thrown) {
      log.info('telegram_group_unreachable', { channel: 'telegram', error: failureOf(thrown).why });
      return movedTo(thrown);
    }
  }

  /** Where the store cannot say, a greeting twice is better than none. */
  #isOurs(chatId: number): Promise<boolean> {
    const { store, holder, clock } = this.#parts;
    return store.lease(nameOf(chatId), holder, clock(), GREETING_MS).catch(() => true);
  }

  /** The bot is out: if it is added again, it greets again. */
  forget(chatId: number): void {
    this.#leaving.delete(chatId);
    this.#stuck.delete(chatId);
    const { store, holder } = this.#parts;
    void store.release(nameOf(chatId), holder).catch(() => {});
  }
}

function remember(chats: Set<number>, chatId: number): void {
  if (chats.size >= MOST_REMEMBERED) chats.clear();
  chats.add(chatId);
}

function nameOf(chatId: number): string {
  return `telegram.group.${chatId}`;
}

/** `pt-br` is spoken where `pt` is; Italian otherwise. */
export function pick(words: Words, language: string | undefined): string {
  const base = language?.toLowerCase().split('-')[0];
  return words.languages.find((known) => known === base) ?? 'it';
}
