// What a private message holds: words, a place, a number, or what this bot does not take. Pure; downloads nothing.
// Whose chat it is and which update brought it are left to updates.ts.
import { ActivityTypes } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { Message } from 'grammy/types';
import type { Incoming } from '../../bot/message.ts';
import type { OurChannelData } from '../../bot/to-activity.ts';
import type { ReadCommand } from './commands.ts';

/** What `Incoming` has and a Bot Framework activity has no place for. */
export type Beside = Pick<Incoming, 'sent' | 'place' | 'edits'>;

export interface Contents {
  data: OurChannelData & Beside;
  rest: Partial<Activity>;
}

export interface Readers {
  readCommand: ReadCommand;
  /** Absent: places are not read. */
  comuneAt?: (latitude: number, longitude: number) => Exclude<Incoming['place'], 'elsewhere'>;
}

const FILE: Partial<Activity> = { text: '', attachments: [{ contentType: 'application/octet-stream' }] };

/** Contents that are a person's message and that this bot does not take. Other textless messages are Telegram's own notices. */
const NOT_TAKEN = {
  voice: ['voice', 'audio', 'video', 'video_note'],
  file: ['photo', 'document', 'paid_media'],
  sticker: ['sticker', 'animation', 'dice', 'game'],
  other: ['location', 'venue', 'contact', 'poll', 'story', 'checklist'],
} as const;

/** `undefined`: nothing that a person said. */
export function readContents(message: Message, { readCommand, comuneAt }: Readers): Contents | undefined {
  // A caption is words like any others: a cry may stand under a picture.
  const text = message.text ?? message.caption ?? '';
  const command = message.text === undefined ? undefined : readCommand(text);
  if (command?.kind === 'start') return opens(message, command.comune);
  if (command) return { data: { choice: command.choice }, rest: { text: '' } };
  if (text !== '') return { data: message.caption === undefined ? {} : sentOf(message), rest: { text } };
  if (message.contact) return readNumber(message);
  if (message.location && comuneAt) {
    const { latitude, longitude } = message.location;
    return { data: { place: comuneAt(latitude, longitude) ?? 'elsewhere' }, rest: { text: '' } };
  }
  return notTaken(message);
}

function opens({ chat }: Message, comune: string | undefined): Contents {
  const membersAdded = [{ id: `tg:${chat.id}`, name: '' }];
  return { data: comune ? { comune } : {}, rest: { type: ActivityTypes.ConversationUpdate, membersAdded } };
}

/** One's own number only: Telegram says whose it is. Anybody else has not been asked whether it may be given. */
function readNumber({ contact, from }: Message): Contents {
  const own = contact?.user_id !== undefined && contact.user_id === from?.id;
  if (!contact || !own) return { data: { sent: 'contact' }, rest: FILE };
  const { phone_number: number } = contact;
  // Telegram gives it with the country's prefix, but not always with the plus that says so.
  const text = /^[1-9]/.test(number) ? `+${number}` : number;
  return { data: { sent: 'contact' }, rest: { text } };
}

function notTaken(message: Message): Contents | undefined {
  const data = sentOf(message);
  const other = NOT_TAKEN.other.some((key) => message[key] !== undefined);
  return data.sent !== undefined || other ? { data, rest: FILE } : undefined;
}

function sentOf(message: Message): Pick<Beside, 'sent'> {
  const sent = (['sticker', 'voice', 'file'] as const).find((kind) =>
    NOT_TAKEN[kind].some((key) => message[key] !== undefined),
  );
  return sent ? { sent } : {};
}
