// A reply as Telegram messages: plain text with formatting kept apart (entities), so no text can ever break or inject it.
// Keyboards are left to keyboard.ts; sending, and what happens to refused messages, to send.ts.
import type { MessageEntity } from 'grammy/types';
import type { Link, Reply } from '../../bot/message.ts';
import type { Say } from '../../bot/words.ts';
import { askNumber, inlineRows, NO_KEYBOARD } from './keyboard.ts';
import type { Keyboard } from './keyboard.ts';
import { splitAtEnd, splitText } from './split.ts';

/** One sendMessage call, without the chat. */
export interface TelegramMessage {
  text: string;
  entities?: MessageEntity[];
  reply_markup?: Keyboard;
  link_preview_options: { is_disabled: true };
  protect_content?: true;
}

export interface RenderOptions {
  /** The words of the reply's language, for what only Telegram needs to say. */
  say: Say;
  /** The reply's place in its conversation: a button of its own comes back with it. */
  seq?: number;
  /** Links in the text instead of buttons, no formatting, for when Telegram refuses the first form. */
  bare?: boolean;
}

/** The messages of one reply, in order; the buttons hang under the last. Throws on a choice id that breaks its contract. */
export function toMessages(reply: Reply, { say, seq, bare = false }: RenderOptions): TelegramMessage[] {
  const buttons = bare ? [] : reply.links.filter(isWeb);
  const written = reply.links.filter((link) => !buttons.includes(link) && !mentions(reply.text, link.url));
  const text = [reply.text.trim(), written.map(line).join('\n')].filter((part) => part !== '').join('\n\n');
  const rows = inlineRows(reply, { say, links: buttons, ...(bare || seq === undefined ? {} : { seq }) });
  const keyboard = rows.length > 0 ? { inline_keyboard: rows } : undefined;
  const pieces = splitText(text);
  const messages = pieces.map((piece, index): TelegramMessage => {
    const bold = !bare && index === 0 ? titleOf(reply, piece) : undefined;
    return {
      ...plainly(piece, reply),
      ...(bold ? { entities: [bold] } : {}),
      ...(index === pieces.length - 1 && keyboard ? { reply_markup: keyboard } : {}),
    };
  });
  if (reply.phone === 'asked') return withNumberAsked(messages, reply, say);
  return reply.phone === 'done' ? withoutNumberAsked(messages, reply, say) : messages;
}

/** A message has one keyboard: where buttons hang under the question, the key for the number comes with a line of its own. */
function withNumberAsked(messages: TelegramMessage[], reply: Reply, say: Say): TelegramMessage[] {
  const last = messages.at(-1);
  const key = askNumber(say);
  if (last && !last.reply_markup) return [...messages.slice(0, -1), { ...last, reply_markup: key }];
  return [...messages, { ...plainly(say('telegram:number.offer'), reply), reply_markup: key }];
}

/** The key goes with the first message that has no buttons; the question, with its buttons, then follows by itself. */
function withoutNumberAsked(messages: TelegramMessage[], reply: Reply, say: Say): TelegramMessage[] {
  const [first, ...others] = messages;
  if (!first) return messages;
  if (!first.reply_markup) return [{ ...first, reply_markup: NO_KEYBOARD }, ...others];
  const [before, last] = splitAtEnd(first.text);
  // The numbers of the floor wait for nothing: where they cannot be parted the line comes after them.
  const alone = { ...plainly(say('telegram:number.done'), reply), reply_markup: NO_KEYBOARD };
  if (last === undefined) return reply.kind === 'floor' ? [first, alone] : [alone, first];
  const { reply_markup: buttons, ...head } = first;
  return [
    { ...head, text: before, reply_markup: NO_KEYBOARD },
    { ...plainly(last, reply), reply_markup: buttons },
  ];
}

function plainly(text: string, { kind, delicate }: Reply): TelegramMessage {
  return {
    text,
    link_preview_options: { is_disabled: true },
    ...(kind === 'floor' || delicate ? { protect_content: true } : {}),
  };
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
  // An address of a page is useful only whole.
  if (!/^(tel|mailto):/.test(url)) return url;
  return decodeURIComponent(url.replace(/^(tel|mailto):/, '').replace(/\?.*$/s, ''));
}

/** True where the text already holds that number (however spaced, with or without +39) or address. */
function mentions(text: string, url: string): boolean {
  if (!url.startsWith('tel:')) return text.includes(shown(url));
  const digits = url.replace(/^tel:(\+39)?/, '').replace(/\D/g, '');
  return digits !== '' && new RegExp(`(?<!\\d)${[...digits].join('[\\s./-]*')}(?!\\d)`).test(text);
}
