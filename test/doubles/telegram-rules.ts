// What the Bot API refuses in a message, in its own words: lengths, HTML, entities, keyboards.
// Who may receive it is left to telegram-api.ts.
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Parameters } from './telegram-body.ts';
import { isObject } from './telegram-body.ts';

/** A refusal as the Bot API gives it. */
export class Refusal extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;
  /** Where a group has gone. */
  readonly movedTo: number | undefined;
  constructor(code: number, description: string, retryAfter?: number, movedTo?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
    this.movedTo = movedTo;
  }
}

export interface Content {
  text: string;
  entities: MessageEntity[];
  reply_markup?: InlineKeyboardMarkup;
  /** What happens below the line where one writes. */
  below?: Below;
}

/** Keys that send something, or their end. */
export type Below = { keys: { text: string; sends: 'contact' | 'location' | 'text' }[]; once: boolean } | 'removed';

const TAGS: Record<string, MessageEntity['type']> = {
  b: 'bold', strong: 'bold', i: 'italic', em: 'italic', u: 'underline', ins: 'underline', s: 'strikethrough',
  strike: 'strikethrough', del: 'strikethrough', code: 'code', pre: 'pre', a: 'text_link', blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
}; // prettier-ignore

/** The text as people see it. Throws Refusal(400). */
export function readContent(parameters: Parameters): Content {
  const raw = typeof parameters['text'] === 'string' ? parameters['text'] : '';
  const mode = parameters['parse_mode'];
  if (mode !== undefined && mode !== 'HTML') throw bad('unsupported parse_mode');
  const { text, entities } =
    mode === 'HTML' ? parseHtml(raw) : { text: raw, entities: readEntities(parameters['entities'], raw) };
  // eslint-disable-next-line no-control-regex
  const visible = text.replace(/[\u0000-\u0020\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  if (visible === '') throw bad('message text is empty');
  if ([...text].length > 4096) throw bad('message is too long');
  return { text: text.trim(), entities, ...readMarkup(parameters['reply_markup']) };
}

/** Throws Refusal(400). */
export function readMarkup(given: unknown): Pick<Content, 'reply_markup' | 'below'> {
  if (isObject(given) && given['remove_keyboard'] === true) return { below: 'removed' };
  if (isObject(given) && Array.isArray(given['keyboard']))
    return { below: { keys: given['keyboard'].flat().map(readKey), once: given['one_time_keyboard'] === true } };
  const markup = readKeyboard(given);
  return markup ? { reply_markup: markup } : {};
}

function readKey(given: unknown): { text: string; sends: 'contact' | 'location' | 'text' } {
  const key: Record<string, unknown> = isObject(given) ? given : {};
  const text = key['text'];
  if (typeof text !== 'string' || text.trim() === '') throw bad('reply keyboard button text must be non-empty');
  const sends = key['request_contact'] === true ? 'contact' : key['request_location'] === true ? 'location' : 'text';
  return { text, sends };
}

/** Throws Refusal(400). */
export function readKeyboard(given: unknown): InlineKeyboardMarkup | undefined {
  if (given === undefined || given === null) return undefined;
  const rows: unknown = isObject(given) ? given['inline_keyboard'] : undefined;
  if (!Array.isArray(rows)) throw bad('object expected as reply markup');
  return {
    inline_keyboard: rows
      .map((row: unknown) => (Array.isArray(row) ? row.map(readButton) : []))
      .filter((row) => row.length > 0),
  };
}

function readButton(given: unknown): InlineKeyboardMarkup['inline_keyboard'][number][number] {
  const { text, callback_data: data, url }: Record<string, unknown> = isObject(given) ? given : {};
  if (typeof text !== 'string' || text.trim() === '') throw bad('Text buttons are unallowed in the inline keyboard');
  if (typeof url === 'string') {
    if (!/^(https?:\/\/[^/\s]+\.[^/\s]+|tg:\/\/)/.test(url))
      throw bad(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    return { text, url };
  }
  if (typeof data !== 'string' || data === '') throw bad('Text buttons are unallowed in the inline keyboard');
  if (Buffer.byteLength(data) > 64) throw bad('BUTTON_DATA_INVALID');
  return { text, callback_data: data };
}

function readEntities(given: unknown, text: string): MessageEntity[] {
  if (!Array.isArray(given)) return [];
  return given.filter(isEntity).map((entity) => {
    if (entity.offset < 0 || entity.offset + entity.length > text.length) throw bad('entity is out of the text');
    return entity;
  });
}

function isEntity(value: unknown): value is MessageEntity {
  return (
    isObject(value) &&
    typeof value['type'] === 'string' &&
    Number.isInteger(value['offset']) &&
    Number.isInteger(value['length'])
  );
}

/** Telegram's HTML: few tags, closed in order, only four named entities. */
function parseHtml(html: string): { text: string; entities: MessageEntity[] } {
  let text = '';
  const open: { tag: string; offset: number }[] = [];
  const entities: MessageEntity[] = [];
  for (const [token] of html.matchAll(/<[^>]*>?|&[^;\s]*;?|[^<&]+/g)) {
    if (token.startsWith('&')) text += decode(token);
    else if (!token.startsWith('<')) text += token;
    else if (token.startsWith('</')) close(token);
    else {
      const tag = /^<([a-z][a-z-]*)(\s[^>]*)?>$/i.exec(token)?.[1]?.toLowerCase();
      if (tag === undefined || !(tag in TAGS))
        throw bad(`can't parse entities: Unsupported start tag "${tag ?? token}"`);
      open.push({ tag, offset: text.length });
    }
  }
  if (open.length > 0)
    throw bad(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1)?.tag}"`);
  return { text, entities };

  function close(token: string): void {
    const last = open.pop();
    if (!last || token.toLowerCase() !== `</${last.tag}>`) throw bad(`can't parse entities: Unexpected end tag`);
    const type = TAGS[last.tag];
    if (type && type !== 'text_link')
      entities.push({ type, offset: last.offset, length: text.length - last.offset } as MessageEntity);
  }
}

function decode(token: string): string {
  const named: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };
  const number = /^&#(x[0-9a-f]+|\d+);$/i.exec(token)?.[1];
  if (number !== undefined)
    return String.fromCodePoint(Number(number.toLowerCase().startsWith('x') ? `0${number}` : number));
  // An unknown entity stays as it is, as on the real server.
  return named[token] ?? token;
}

export function bad(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`);
}
