// Our own socket by hand, without a browser: says messages, keeps what the log tells, and how it ended.
// What our page makes of it is left to wire-widget.test.ts.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { PROTOCOL, unfold } from '../../adapters/web/widget/terse.ts';
import type { AnswerFrame, LogFrame } from '../../adapters/web/widget/terse.ts';
import type { Opened } from './web.ts';

export interface TerseClient {
  socket: WebSocket;
  frames: LogFrame[];
  /** Everything told, this socket's own messages too. */
  texts(): string[];
  until(text: string): Promise<void>;
  /** Resolves with the answer to it, or `undefined` if the socket ended first. */
  say(id: string, text: unknown, more?: object): Promise<AnswerFrame | undefined>;
  closed: Promise<number>;
}

/** `token`: `null` gives none. `at`: where the server is reached, if not where it says. */
export async function openTerse(
  { streamUrl, token, conversationId }: Pick<Opened, 'streamUrl' | 'token' | 'conversationId'>,
  { watermark, at, give = token }: { watermark?: string; at?: number; give?: string | null } = {},
): Promise<TerseClient> {
  const url = new URL(streamUrl);
  if (at !== undefined) url.port = String(at);
  if (watermark !== undefined) url.searchParams.set('watermark', watermark);
  const socket = new WebSocket(url, PROTOCOL);
  const frames: LogFrame[] = [];
  const said: { id: string; text: string }[] = [];
  const answers = new Map<number, (answer: AnswerFrame | undefined) => void>();
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  void closed.then(() => answers.forEach((resolve) => resolve(undefined)));
  socket.on('error', () => {});
  socket.on('message', (data) => {
    if (String(data) === '') return;
    const frame: LogFrame | AnswerFrame = JSON.parse(String(data));
    if ('n' in frame) answers.get(frame.n)?.(frame);
    else frames.push(frame);
    waiting.forEach((look) => look());
  });
  const texts = (): string[] =>
    frames.flatMap((frame) => unfold(frame, conversationId, (n) => said[n])).map(({ text = '' }) => text);
  await Promise.race([once(socket, 'open'), closed]);
  if (give !== null && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ token: give }));
  return {
    socket,
    frames,
    texts,
    closed,
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!texts().includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    say: (id, text, more = {}) =>
      new Promise((resolve) => {
        const n = said.push({ id, text: String(text) }) - 1;
        if (socket.readyState !== WebSocket.OPEN) return resolve(undefined);
        answers.set(n, resolve);
        socket.send(JSON.stringify({ n, id, text, locale: 'it', ...more }));
      }),
  };
}
