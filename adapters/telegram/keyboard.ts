// Keyboards: the buttons under a message, what stays of them after a tap, and the key that sends one's own number.
// Which choices there are is the conversation's; what a tap does is left to handler.ts.
import type {
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from 'grammy/types';
import type { Link, Reply } from '../../bot/message.ts';
import type { Say } from '../../bot/words.ts';

export type Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/** Telegram takes 64 bytes; choices promise 60 (bot/message.ts). */
const MAX_CHOICE_BYTES = 60;
/** Buttons of this adapter, never of the conversation; after it the seq of the reply with the card. */
const SAVE = 'tg.save.';

export const NO_KEYBOARD: ReplyKeyboardRemove = { remove_keyboard: true };

export interface RowOptions {
  say: Say;
  links: readonly Link[];
  /** Absent: nothing to save. */
  seq?: number;
}

/** Addresses first, then the desk's number to save, then the choices. Throws on a choice id that breaks its contract. */
export function inlineRows(reply: Reply, { say, links, seq }: RowOptions): InlineKeyboardButton[][] {
  const hasNumber = seq !== undefined && reply.card !== undefined && reply.card.phones.length > 0;
  const save = hasNumber ? [{ text: say('telegram:save'), callback_data: `${SAVE}${seq}` }] : [];
  const urls = links.map(({ label, url }): InlineKeyboardButton => ({ text: label, url }));
  // Map and number are two short words: side by side they leave room for what comes next.
  const first = urls.length === 1 ? [[...urls, ...save]] : [...urls.map((one) => [one]), save];
  return [...first.filter((row) => row.length > 0), ...reply.choices.map(toChoiceRow)];
}

/** The seq of the reply whose desk is to be saved; `undefined` for every other button. */
export function readSave(data: string): number | undefined {
  const seq = data.startsWith(SAVE) ? Number(data.slice(SAVE.length)) : NaN;
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}

/** What stays under a message once a choice was made: addresses and the number to save are never spent. */
export function lasting(markup: InlineKeyboardMarkup | undefined): InlineKeyboardMarkup {
  const rows = markup?.inline_keyboard ?? [];
  const stays = (button: InlineKeyboardButton): boolean =>
    'url' in button || ('callback_data' in button && readSave(button.callback_data) !== undefined);
  return { inline_keyboard: rows.map((row) => row.filter(stays)).filter((row) => row.length > 0) };
}

/** Below the line where one writes; gone once it was used. */
export function askNumber(say: Say): ReplyKeyboardMarkup {
  return {
    keyboard: [[{ text: say('telegram:number.button'), request_contact: true }]],
    resize_keyboard: true,
    one_time_keyboard: true,
    input_field_placeholder: say('telegram:number.field'),
  };
}

function toChoiceRow({ id, label }: { id: string; label: string }): InlineKeyboardButton[] {
  if (Buffer.byteLength(id) > MAX_CHOICE_BYTES)
    throw new Error(`choice id longer than ${MAX_CHOICE_BYTES} bytes: ${id}`);
  return [{ text: label, callback_data: id }];
}
