// Reads a Telegram update: an activity for the conversation, a group to leave, or nothing. Pure.
// What a message holds is left to contents.ts, running the turn to handler.ts.
import { ActivityTypes } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { CallbackQuery, InlineKeyboardMarkup, Message, MessageEntity, Update, User } from 'grammy/types';
import { readContents } from './contents.ts';
import type { Contents, Readers } from './contents.ts';
import { lasting, readSave } from './keyboard.ts';

/** A tapped button: what Telegram wants answered, and the message whose buttons are spent. */
export interface Tap {
  queryId: string;
  chatId: number;
  /** Of whoever tapped, as Telegram reports it. */
  language: string | undefined;
  messageId?: number;
  /** What the button holds. */
  data?: string;
  /** That message and the tapped label; absent where Telegram no longer gives them: deleted, or too old. */
  shown?: { text: string; entities: MessageEntity[]; label: string; stays: InlineKeyboardMarkup };
}

export type Received =
  | { kind: 'activity'; chatId: number; activity: Partial<Activity>; tap?: Tap }
  /** The number of the desk on the card that this reply showed. */
  | { kind: 'save'; conversationId: string; seq: number; tap: Tap }
  /** `before`: what this group was called until it became a supergroup. */
  | { kind: 'group'; chatId: number; greet: boolean; language: string | undefined; before?: number }
  | { kind: 'left'; chatId: number }
  | { kind: 'nothing'; tap?: Tap };

/** Updates Telegram is asked for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** What is not for this bot (posts of channels, business chats, reactions) comes to nothing. */
export function readUpdate(update: Update, readers: Readers): Received {
  if (update.message) return readMessage(update.message, readers);
  if (update.edited_message) return readEdited(update.edited_message, update.update_id, readers);
  if (update.callback_query) return readTap(update.callback_query);
  if (update.my_chat_member) return readMembership(update.my_chat_member);
  return { kind: 'nothing' };
}

function readMessage(message: Message, readers: Readers): Received {
  const { chat, from } = message;
  // A group that moves is met again under its new number.
  if (chat.type === 'channel' || message.migrate_to_chat_id !== undefined) return { kind: 'nothing' };
  if (chat.type !== 'private') {
    const { migrate_from_chat_id: before } = message;
    const group = { chatId: chat.id, greet: true, language: from?.language_code };
    return { kind: 'group', ...group, ...(before === undefined ? {} : { before }) };
  }
  const contents = readContents(message, readers);
  return contents ? said(message, idOf(message, contents), contents) : { kind: 'nothing' };
}

/** Telegram sends the pictures of an album one by one: those without words of their own are answered once. */
function idOf({ message_id: id, media_group_id: album }: Message, { rest }: Contents): string {
  return album !== undefined && rest.text === '' ? `album.${album}` : `m${id}`;
}

/** Corrected words say which message they correct; a moved live location says nothing new. */
function readEdited(message: Message, updateId: number, readers: Readers): Received {
  if (message.chat.type !== 'private' || (message.text ?? message.caption ?? '') === '') return { kind: 'nothing' };
  const contents = readContents(message, readers);
  if (contents?.rest.text === undefined) return { kind: 'nothing' };
  const edits = `m${message.message_id}`;
  // A command is asked for now, whatever the message said before.
  const data = contents.data.choice === undefined ? { ...contents.data, edits } : contents.data;
  return said(message, `${edits}.e${updateId}`, { ...contents, data });
}

function said({ chat, from }: Message, id: string, contents: Contents): Received {
  return { kind: 'activity', chatId: chat.id, activity: toActivity({ chatId: chat.id, from, id, ...contents }) };
}

function readTap(query: CallbackQuery): Received {
  const { message, data, from } = query;
  const chatId = message?.chat.id ?? from.id;
  const tap: Tap = {
    queryId: query.id,
    chatId,
    language: from.language_code,
    ...(data === undefined ? {} : { data }),
    ...(message ? { messageId: message.message_id, ...shownBy(message, data) } : {}),
  };
  if (data === undefined || (message && message.chat.type !== 'private')) return { kind: 'nothing', tap };
  const seq = readSave(data);
  if (seq !== undefined) return { kind: 'save', conversationId: person(chatId), seq, tap };
  const activity = toActivity({ chatId, from, id: `c${query.id}`, data: { choice: data }, rest: { text: '' } });
  return { kind: 'activity', chatId, activity, tap };
}

function shownBy(message: NonNullable<CallbackQuery['message']>, data: string | undefined): Pick<Tap, 'shown'> {
  if (!('text' in message) || message.text === undefined) return {};
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const label = buttons.find((button) => 'callback_data' in button && button.callback_data === data)?.text;
  if (label === undefined) return {};
  const stays = lasting(message.reply_markup);
  return { shown: { text: message.text, entities: message.entities ?? [], label, stays } };
}

function readMembership({ chat, from, new_chat_member: now }: NonNullable<Update['my_chat_member']>): Received {
  if (chat.type === 'private') return { kind: 'nothing' };
  if (now.status === 'left' || now.status === 'kicked') return { kind: 'left', chatId: chat.id };
  return { kind: 'group', chatId: chat.id, greet: chat.type !== 'channel', language: from.language_code };
}

function person(chatId: number): string {
  return `tg:${chatId}`;
}

interface Parts extends Contents {
  chatId: number;
  from: User | undefined;
  id: string;
}

function toActivity({ chatId, from, id, data, rest }: Parts): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    id,
    channelId: 'telegram',
    // The SDK wants a service address; nothing is ever called there.
    serviceUrl: 'urn:telegram',
    conversation: { id: person(chatId), isGroup: false, conversationType: 'personal', name: '' },
    from: { id: person(chatId), name: '' },
    recipient: { id: 'bot', name: '' },
    ...(from?.language_code ? { locale: from.language_code } : {}),
    channelData: { ...data, clientActivityID: id },
    ...rest,
  };
}
