// A Bot API server to test against, over real HTTP: it refuses what the real one refuses, and plays the people who write.
// What the bot sends is left to telegram-chats.ts, how updates reach the bot to telegram-queue.ts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Message, Update } from 'grammy/types';
import { isObject, readParameters } from './telegram-body.ts';
import type { Parameters } from './telegram-body.ts';
import { Chats, now, number } from './telegram-chats.ts';
import type { SentMessage } from './telegram-chats.ts';
import { UpdateQueue } from './telegram-queue.ts';
import { Refusal, bad } from './telegram-rules.ts';

export type { SentMessage } from './telegram-chats.ts';

/** A failure to play. Without `method`, of every method; without `chat`, in every chat; `times` 1 where not said. */
export interface Fault {
  method?: string;
  chat?: number;
  code: number;
  description?: string;
  retryAfter?: number;
  times?: number;
}

export interface TelegramApiOptions {
  token?: string;
  username?: string;
  /** Wait before a webhook is called again. */
  retryMs?: number;
  /** The real server takes https only; tests listen on http. */
  httpsOnly?: boolean;
}

/**
 * ```ts
 * const api = await TelegramApiDouble.start();
 * const config = { token: api.token, apiRoot: api.root, mode: 'polling', secret: undefined };
 * api.say(501, 'Buongiorno');
 * await api.until(() => api.sent(501).length > 0);
 * api.tap(501, 'Bollette');
 * await api.stop();
 * ```
 * A positive chat id is a private chat with that person; a negative one is a group.
 */
export class TelegramApiDouble {
  readonly token: string;
  readonly username: string;
  /** Every call of the bot, in order, refused ones too. */
  readonly calls: { method: string; parameters: Parameters; status: number }[] = [];
  readonly updates: UpdateQueue;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #httpsOnly: boolean;
  readonly #chats: Chats;
  readonly #faults: Fault[] = [];
  readonly #queries = new Set<string>();
  readonly #watchers = new Set<() => void>();
  readonly commands = new Map<string, unknown>();
  /** `long.it`, `short.`: by language, empty for all others. */
  readonly descriptions = new Map<string, string>();
  menuButton: unknown;
  #updateId = 1000;
  #lastUpdate: Update | undefined;

  private constructor({
    token = '4242:double-token',
    username = 'BussolaTestBot',
    retryMs = 20,
    httpsOnly = false,
  }: TelegramApiOptions) {
    this.token = token;
    this.username = username;
    this.#chats = new Chats(username);
    this.updates = new UpdateQueue(retryMs);
    this.#httpsOnly = httpsOnly;
  }

  static async start(options: TelegramApiOptions = {}): Promise<TelegramApiDouble> {
    const double = new TelegramApiDouble(options);
    double.#server.listen(0, '127.0.0.1');
    await once(double.#server, 'listening');
    return double;
  }

  /** What `TELEGRAM_API_ROOT` must be. */
  get root(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${isObject(address) ? String(address['port']) : ''}`;
  }

  async stop(): Promise<void> {
    await this.updates.stop();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  // --- people ---

  /** The language Telegram reports for that person; `it` where not set. */
  setLanguage(chat: number, language: string): void {
    this.#chats.setLanguage(chat, language);
  }

  /** A person writes. */
  say(chat: number, text: string): Update {
    return this.send(chat, { text });
  }

  /** A person sends anything else, for example `{ voice: {...} }` or `{ location: {...} }`. */
  send(chat: number, content: Partial<Message>): Update {
    const message = { message_id: this.#chats.nextMessageId(), ...this.#chats.head(chat), ...content } as Message &
      Update.NonChannel;
    return this.push({ update_id: this.#nextUpdateId(), message });
  }

  /** A person corrects a message. */
  edit(chat: number, messageId: number, text: string): Update {
    const edited = { message_id: messageId, ...this.#chats.head(chat), edit_date: now(), text } as Message &
      Update.Edited &
      Update.NonChannel;
    return this.push({ update_id: this.#nextUpdateId(), edited_message: edited });
  }

  /** A person taps a button, named by its label or its data, of the newest message that has it. Throws where there is none. */
  tap(chat: number, button: string): Update {
    for (const sent of this.sent(chat).toReversed())
      for (const found of sent.reply_markup?.inline_keyboard.flat() ?? [])
        if ('callback_data' in found && [found.text, found.callback_data].includes(button))
          return this.tapOld(chat, sent, found.callback_data);
    throw new Error(`no button "${button}" in chat ${chat}`);
  }

  /** A person taps a button that may be gone by now. */
  tapOld(chat: number, on: SentMessage, data: string): Update {
    const id = String(7_000_000 + this.#chats.nextMessageId());
    this.#queries.add(id);
    const { message_id, text, entities, reply_markup } = on;
    const message = {
      ...this.#chats.head(chat),
      from: this.#chats.me(),
      message_id,
      text,
      entities,
      ...(reply_markup ? { reply_markup } : {}),
    } as Message;
    const query = { id, from: this.#chats.person(chat), chat_instance: '1', message, data };
    return this.push({ update_id: this.#nextUpdateId(), callback_query: query });
  }

  /** A person blocks the bot: it hears of it, and may send nothing more. */
  block(chat: number): Update {
    this.#chats.blocked.add(chat);
    return this.#membership(chat, 'kicked');
  }

  unblock(chat: number): Update {
    this.#chats.blocked.delete(chat);
    return this.#membership(chat, 'member');
  }

  /** The bot is added to a group. */
  addToGroup(group: number): Update {
    return this.#membership(group, 'member');
  }

  /** A person sends their own number with the key below the line. Throws where no such key is shown. */
  shareNumber(chat: number, number: string): Update {
    if (!this.keys(chat).some(({ sends }) => sends === 'contact'))
      throw new Error(`no key for a number in chat ${chat}`);
    return this.sendContact(chat, number, chat);
  }

  /** A person sends a contact of their address book; `of`: the account it belongs to. */
  sendContact(chat: number, number: string, of?: number): Update {
    const contact = { phone_number: number, first_name: 'Prova', ...(of === undefined ? {} : { user_id: of }) };
    return this.send(chat, { contact });
  }

  /** The keys below the line where that person writes. */
  keys(chat: number): { text: string; sends: string }[] {
    return this.#chats.keys(chat);
  }

  /** The chat is not there any more, for either side. */
  forget(chat: number): void {
    this.#chats.unknown.add(chat);
  }

  /** A person deletes a message of the bot. */
  remove(chat: number, messageId: number): void {
    this.#chats.remove(chat, messageId);
  }

  /** A person taps a button of a message that is deleted or too old: Telegram gives the bot its number and nothing more. */
  tapGone(chat: number, messageId: number, data: string): Update {
    const id = String(7_000_000 + this.#chats.nextMessageId());
    this.#queries.add(id);
    const { chat: place } = this.#chats.head(chat);
    const message = { chat: place, message_id: messageId, date: 0 as const };
    const query = { id, from: this.#chats.person(chat), chat_instance: '1', message, data };
    return this.push({ update_id: this.#nextUpdateId(), callback_query: query } as Update);
  }

  /** A group becomes a supergroup: the bot is told in both. */
  upgrade(group: number, supergroup: number): void {
    this.#chats.moved.set(group, supergroup);
    this.send(group, { migrate_to_chat_id: supergroup });
    this.send(supergroup, { migrate_from_chat_id: group });
  }

  /** Nobody may write in that forum. */
  closeTopic(group: number): void {
    this.#chats.closed.add(group);
  }

  /** Any update, as it is. */
  push(update: Update): Update {
    this.#lastUpdate = update;
    this.updates.push(update);
    return update;
  }

  /** The last update (or that one) once more, as after a lost confirmation. */
  repeat(update: Update | undefined = this.#lastUpdate): void {
    if (!update) throw new Error('nothing to repeat');
    this.updates.push(structuredClone(update));
  }

  /** The next update has this id: Telegram starts anywhere after a week of silence. */
  jumpTo(updateId: number): void {
    this.#updateId = updateId - 1;
  }

  // --- what came of it ---

  /** What the bot has sent to that chat, oldest first, as it stands now. */
  sent(chat: number): SentMessage[] {
    return this.#chats.sent(chat);
  }

  texts(chat: number): string[] {
    return this.sent(chat).map(({ text }) => text);
  }

  /** Labels of the buttons of the newest message. */
  buttons(chat: number): string[] {
    return (this.sent(chat).at(-1)?.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
  }

  callsOf(method: string): { parameters: Parameters; status: number }[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** The next matching calls fail so. */
  fail(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault });
  }

  /** No more failures. */
  forgive(): void {
    this.#faults.length = 0;
  }

  /** Resolves when that holds, looked at after each call of the bot and each handled update; rejects after `ms`. */
  async until(holds: () => boolean, ms = 5000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!holds()) return;
        end();
        resolve();
      };
      const late = setTimeout(() => {
        end();
        reject(
          new Error(
            `still waiting after ${ms} ms; calls: ${this.calls.map((call) => `${call.method} ${call.status}`).join(', ')}`,
          ),
        );
      }, ms);
      const often = setInterval(look, 5);
      const end = (): void => {
        clearTimeout(late);
        clearInterval(often);
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
    });
  }

  // --- the server ---

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://double');
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    const parameters = await readParameters(request, url.searchParams);
    const call = { method, parameters, status: 0 };
    this.calls.push(call);
    try {
      if (token !== this.token) throw new Refusal(401, 'Unauthorized');
      this.#playFault(method, parameters);
      const result = await this.#call(method, parameters);
      this.#answer(response, call, 200, { ok: true, result });
    } catch (thrown) {
      const { code, message, retryAfter, movedTo } =
        thrown instanceof Refusal ? thrown : new Refusal(500, 'Internal Server Error');
      const more = parametersOf({ retry_after: retryAfter, migrate_to_chat_id: movedTo });
      this.#answer(response, call, code, { ok: false, error_code: code, description: message, ...more });
    }
  }

  #answer(response: ServerResponse, call: { status: number }, status: number, body: object): void {
    call.status = status;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    for (const look of this.#watchers) look();
  }

  #playFault(method: string, { chat_id: chat }: Parameters): void {
    const fault = this.#faults.find(
      (fault) => (fault.method ?? method) === method && (fault.chat ?? chat) === chat && (fault.times ?? 1) > 0,
    );
    if (!fault) return;
    fault.times = (fault.times ?? 1) - 1;
    const said =
      fault.code === 429 ? `Too Many Requests: retry after ${fault.retryAfter ?? 1}` : 'Internal Server Error';
    throw new Refusal(fault.code, fault.description ?? said, fault.code === 429 ? (fault.retryAfter ?? 1) : undefined);
  }

  async #call(method: string, parameters: Parameters): Promise<unknown> {
    switch (method) {
      case 'getMe':
        return this.#chats.me();
      case 'getUpdates':
        return this.updates.poll(
          number(parameters['offset']),
          number(parameters['limit']) ?? 100,
          number(parameters['timeout']) ?? 0,
        );
      case 'setWebhook':
        return this.#setWebhook(parameters);
      case 'deleteWebhook':
        this.updates.setWebhook(undefined, parameters['drop_pending_updates'] === true);
        return true;
      case 'getWebhookInfo':
        return this.#webhookInfo();
      case 'sendMessage':
        return this.#chats.sendMessage(parameters);
      case 'sendContact':
        return this.#chats.sendContact(parameters);
      case 'editMessageText':
        return this.#chats.editText(parameters);
      case 'editMessageReplyMarkup':
        return this.#chats.editMarkup(parameters);
      case 'answerCallbackQuery':
        if (!this.#queries.has(String(parameters['callback_query_id'])))
          throw bad('query is too old and response timeout expired or query ID is invalid');
        return true;
      case 'setMyCommands':
        this.commands.set(String(parameters['language_code'] ?? ''), parameters['commands']);
        return true;
      case 'setChatMenuButton':
        this.menuButton = parameters['menu_button'];
        return true;
      case 'getMyDescription':
        return { description: this.#described('long', parameters) ?? '' };
      case 'setMyDescription':
        return this.#describe('long', parameters, 'description', 512);
      case 'getMyShortDescription':
        return { short_description: this.#described('short', parameters) ?? '' };
      case 'setMyShortDescription':
        return this.#describe('short', parameters, 'short_description', 120);
      case 'leaveChat':
        this.#chats.closed.delete(number(parameters['chat_id']) ?? 0);
        this.#chats.reach(parameters);
        this.#chats.blocked.add(number(parameters['chat_id']) ?? 0);
        this.#membership(number(parameters['chat_id']) ?? 0, 'left');
        return true;
      case 'sendChatAction':
        this.#chats.reach(parameters);
        return true;
      default:
        throw new Refusal(404, 'Not Found: method not found');
    }
  }

  #described(which: string, { language_code: language }: Parameters): string | undefined {
    return this.descriptions.get(`${which}.${typeof language === 'string' ? language : ''}`);
  }

  #describe(which: string, parameters: Parameters, field: string, most: number): boolean {
    const { language_code: language = '', [field]: text = '' } = parameters;
    if (typeof text !== 'string' || [...text].length > most) throw bad('description is too long');
    this.descriptions.set(`${which}.${String(language)}`, text);
    return true;
  }

  #setWebhook({ url, secret_token: secret, drop_pending_updates: drop }: Parameters): boolean {
    if (typeof url !== 'string' || (this.#httpsOnly && !url.startsWith('https:')))
      throw bad('bad webhook: An HTTPS URL must be provided for webhook');
    if (secret !== undefined && !/^[\w-]{1,256}$/.test(String(secret)))
      throw bad('secret token contains unallowed characters');
    this.updates.endPoll(new Refusal(409, 'Conflict: terminated by setWebhook request'));
    this.updates.setWebhook(
      url === '' ? undefined : { url, secret: typeof secret === 'string' ? secret : undefined },
      drop === true,
    );
    return true;
  }

  #webhookInfo(): object {
    const { webhook, length, lastError } = this.updates;
    const error = lastError === undefined ? {} : { last_error_message: lastError };
    return { url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: length, ...error };
  }

  #membership(chat: number, status: 'member' | 'kicked' | 'left'): Update {
    if (chat < 0 && status === 'member') this.#chats.blocked.delete(chat);
    const { date, chat: place } = this.#chats.head(chat);
    const change = {
      date,
      chat: place,
      from: this.#chats.person(chat),
      old_chat_member: { status: status === 'member' ? 'left' : 'member', user: this.#chats.me() },
      new_chat_member: { status, user: this.#chats.me() },
    };
    return this.push({ update_id: this.#nextUpdateId(), my_chat_member: change } as Update);
  }

  #nextUpdateId(): number {
    return ++this.#updateId;
  }
}

/** Only what is there; nothing at all where nothing is. */
function parametersOf(given: Record<string, number | undefined>): { parameters?: Record<string, number | undefined> } {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return known.length > 0 ? { parameters: Object.fromEntries(known) } : {};
}
