// Reads a Telegram update: an activity for the conversation, a group to leave, or nothing. Pure; downloads nothing.
// Running the turn is left to handler.ts, which answer it gets to the conversation.
import { ActivityTypes } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { CallbackQuery, Message, MessageEntity, Update, User } from 'grammy/types';
import type { OurChannelData } from '../../bot/activity.ts';
import type { ReadCommand } from './commands.ts';

/** A tapped button: what Telegram wants answered, and the message whose buttons are spent. */
export interface Tap {
  queryId: string;
  chatId: number;
  messageId?: number;
  /** The words of that message and the tapped label; absent where Telegram no longer gives them. */
  shown?: { text: string; entities: MessageEntity[]; label: string };
}

export type Received =
  | { kind: 'activity'; chatId: number; activity: Partial<Activity>; tap?: Tap }
  | { kind: 'group'; chatId: number; greet: boolean; language: string | undefined }
  | { kind: 'left'; chatId: number }
  | { kind: 'nothing'; tap?: Tap };

/** Updates Telegram is asked for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Contents that are a person's message and that this bot does not take. Other textless messages are Telegram's own notices. */
const UNSUPPORTED = [
  'voice', 'audio', 'photo', 'document', 'sticker', 'video', 'video_note', 'animation', 'contact', 'location', 'venue',
  'poll', 'dice', 'story', 'game', 'paid_media', 'checklist',
] as const; // prettier-ignore

export function readUpdate(update: Update, readCommand: ReadCommand): Received {
  if (update.message) return readMessage(update.message, `m${update.message.message_id}`, readCommand);
  if (update.edited_message) return readEdited(update.edited_message, readCommand);
  if (update.callback_query) return readTap(update.callback_query);
  if (update.my_chat_member) return readMembership(update.my_chat_member);
  return { kind: 'nothing' };
}

function readMessage(message: Message, id: string, readCommand: ReadCommand): Received {
  const { chat, from } = message;
  if (chat.type === 'channel') return { kind: 'nothing' };
  if (chat.type !== 'private') return { kind: 'group', chatId: chat.id, greet: true, language: from?.language_code };
  const text = message.text ?? message.caption ?? message.contact?.phone_number ?? '';
  const command = message.text === undefined ? undefined : readCommand(text);
  const of = (rest: Partial<Activity>, data: OurChannelData = {}): Received => ({
    kind: 'activity',
    chatId: chat.id,
    activity: toActivity({ chatId: chat.id, from, id, data, rest }),
  });
  if (command?.kind === 'start')
    return of(
      { type: ActivityTypes.ConversationUpdate, membersAdded: [{ id: person(chat.id), name: '' }] },
      command.comune ? { comune: command.comune } : {},
    );
  if (command) return of({ text: '' }, { choice: command.choice });
  if (text !== '') return of({ text });
  const unsupported = UNSUPPORTED.some((key) => message[key] !== undefined);
  return unsupported
    ? of({ text: '', attachments: [{ contentType: 'application/octet-stream' }] })
    : { kind: 'nothing' };
}

/** A corrected message is a new message; a moved live location or a new caption is not worth an answer. */
function readEdited(message: Message, readCommand: ReadCommand): Received {
  if (message.chat.type !== 'private' || message.text === undefined) return { kind: 'nothing' };
  return readMessage(message, `e${message.message_id}-${message.edit_date ?? 0}`, readCommand);
}

function readTap(query: CallbackQuery): Received {
  const { message, data, from } = query;
  const chatId = message?.chat.id ?? from.id;
  const tap: Tap = {
    queryId: query.id,
    chatId,
    ...(message ? { messageId: message.message_id, ...shownBy(message, data) } : {}),
  };
  if (data === undefined || (message && message.chat.type !== 'private')) return { kind: 'nothing', tap };
  const activity = toActivity({ chatId, from, id: `c${query.id}`, data: { choice: data }, rest: { text: '' } });
  return { kind: 'activity', chatId, activity, tap };
}

function shownBy(message: NonNullable<CallbackQuery['message']>, data: string | undefined): Pick<Tap, 'shown'> {
  if (!('text' in message) || message.text === undefined) return {};
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const label = buttons.find((button) => 'callback_data' in button && button.callback_data === data)?.text;
  return label === undefined ? {} : { shown: { text: message.text, entities: message.entities ?? [], label } };
}

function readMembership({ chat, from, new_chat_member: now }: NonNullable<Update['my_chat_member']>): Received {
  if (chat.type === 'private') return { kind: 'nothing' };
  if (now.status === 'left' || now.status === 'kicked') return { kind: 'left', chatId: chat.id };
  return { kind: 'group', chatId: chat.id, greet: chat.type !== 'channel', language: from.language_code };
}

function person(chatId: number): string {
  return `tg:${chatId}`;
}

interface Parts {
  chatId: number;
  from: User | undefined;
  id: string;
  data: OurChannelData;
  rest: Partial<Activity>;
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
