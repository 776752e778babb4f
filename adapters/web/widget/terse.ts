// The form of our own socket, `bussola.1`: what goes each way, and how the chat unfolds it. Shared by server and browser.
// Folding is left to adapters/web/terse-set.ts; when to send what, to socket.ts here and to terse-socket.ts there.
import type { Reply } from '../../../bot/message.ts';
import type { WireActivity } from './api.ts';

/** The sub-protocol a client asks for. Without it the stream is Direct Line's own. */
export const PROTOCOL = 'bussola.1';

/** What is at rest in a reply is not sent. */
export const AT_REST: Omit<Reply, 'text' | 'lang'> = { kind: 'text', choices: [], links: [], case: null };

/** A line of the log, `at` in seconds since 1970: this socket's own message by its number, another in full, or a reply. */
export type Line =
  | [seq: number, at: number, own: number]
  | [seq: number, at: number, id: string, text: string]
  | [seq: number, at: number, reply: Folded];
export type Folded = Partial<Reply> & Pick<Reply, 'text' | 'lang'>;

/** Down: the log after the last watermark. */
export interface LogFrame {
  watermark: string;
  log: Line[];
}

/** Down: message `n` of this socket is committed, or refused with what a POST would have answered. */
export interface AnswerFrame {
  n: number;
  status?: number;
  code?: string;
  /** Seconds to wait. */
  wait?: number;
  /** What to show meanwhile: it is in no log. */
  say?: Folded;
}

/** Up: a message. `id` is the same however often and by whatever road it is sent; `n` counts those of this socket. */
export interface SaidFrame {
  n: number;
  id: string;
  text: string;
  choice?: string;
  locale: string;
}

/** Up, before any message and whenever it is renewed: who may write is proved as in a POST, never by the address. */
export interface TokenFrame {
  token: string;
}

/** The log as polling would serve it. `own`: what was sent on this socket, by number. */
export function unfold(
  { log }: LogFrame,
  conversationId: string,
  own: (n: number) => { id: string; text: string } | undefined,
): WireActivity[] {
  return log.map(([seq, at, what, words = '']): WireActivity => {
    // As Direct Line names activities: the same thing has the same name, whichever way it comes.
    const id = `${conversationId}|${String(seq).padStart(7, '0')}`;
    const base = { id, type: 'message', timestamp: new Date(at * 1000).toISOString() };
    if (typeof what === 'object') {
      const { text, lang, ...rest } = what;
      const bussola = { ...AT_REST, ...rest, seq };
      return { ...base, text, locale: lang, from: { role: 'bot' }, channelData: { bussola } };
    }
    const said = typeof what === 'number' ? own(what) : { id: what, text: words };
    const channelData = said ? { clientActivityID: said.id } : {};
    return { ...base, text: said?.text ?? '', from: { role: 'user' }, channelData };
  });
}
