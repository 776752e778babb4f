// A reply as Telegram messages: plain text with formatting kept apart (entities), so no text can ever break or inject it.
// Sending, and what happens to refused messages, is left to delivery.ts.
import type { InlineKeyboardButton, MessageEntity } from 'grammy/types';
import type { Link, Reply } from '../../bot/message.ts';
import { splitText } from './split.ts';

/** One sendMessage call, without the chat. */
export interface TelegramMessage {
  text: string;
  entities?: MessageEntity[];
  reply_markup?: { inline_keyboard: InlineKeyboardButton[][] };
  link_preview_options: { is_disabled: true };
  protect_content?: true;
}

/** Telegram takes 64 bytes; choices promise 60 (bot/message.ts). */
const MAX_CHOICE_BYTES = 60;

/**
 * The messages of one reply, in order; the buttons hang under the last. Throws on a choice id that breaks its contract.
 * `bare`: links in the text instead of buttons, no formatting, for when Telegram refuses the first form.
 */
export function toMessages(reply: Reply, { bare = false } = {}): TelegramMessage[] {
  const buttons = bare ? [] : reply.links.filter(isWeb);
  const written = reply.links.filter((link) => !buttons.includes(link) && !mentions(reply.text, link.url));
  const text = [reply.text.trim(), written.map(line).join('\n')].filter((part) => part !== '').join('\n\n');
  const keyboard = [...buttons.map(toUrlRow), ...reply.choices.map(toChoiceRow)];
  const pieces = splitText(text);
  return pieces.map((piece, index) => {
    const bold = !bare && index === 0 ? titleOf(reply, piece) : undefined;
    return {
      text: piece,
      link_preview_options: { is_disabled: true },
      ...(bold ? { entities: [bold] } : {}),
      ...(reply.kind === 'floor' ? { protect_content: true } : {}),
      ...(index === pieces.length - 1 && keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
    };
  });
}

function toUrlRow({ label, url }: Link): InlineKeyboardButton[] {
  return [{ text: label, url }];
}

function toChoiceRow({ id, label }: { id: string; label: string }): InlineKeyboardButton[] {
  if (Buffer.byteLength(id) > MAX_CHOICE_BYTES)
    throw new Error(`choice id longer than ${MAX_CHOICE_BYTES} bytes: ${id}`);
  return [{ text: label, callback_data: id }];
}

function titleOf({ card }: Reply, text: string): MessageEntity | undefined {
  if (!card || card.title === '' || !text.startsWith(card.title)) return undefined;
  return { type: 'bold', offset: 0, length: card.title.length };
}

/** A localhost or plain http address is refused as a button. */
function isWeb({ url }: Link): boolean {
  return url.startsWith('https://');
}

function line({ label, url }: Link): string {
  const target = shown(url);
  return label.includes(target) ? label : `${label}: ${target}`;
}

function shown(url: string): string {
  return decodeURIComponent(url.replace(/^(tel|mailto):/, '').replace(/\?.*$/s, ''));
}

/** True where the text already holds that number (however spaced, with or without +39) or address. */
function mentions(text: string, url: string): boolean {
  if (!url.startsWith('tel:')) return text.includes(shown(url));
  const digits = url.replace(/^tel:(\+39)?/, '').replace(/\D/g, '');
  return digits !== '' && new RegExp(`(?<!\\d)${[...digits].join('[\\s./-]*')}(?!\\d)`).test(text);
}
