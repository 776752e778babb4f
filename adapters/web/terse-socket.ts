// What our own page writes on its socket (widget/terse.ts says the form): each message is a POST in all but the road.
// Taking a message is left to accept.ts, showing what follows to stream-pump.ts.
import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import { Unkept } from './accept.ts';
import type { Accept } from './accept.ts';
import { HttpError, isRecord } from './http.ts';
import { foldReply } from './terse-set.ts';
import { mayChat } from './tokens.ts';
import type { Tokens } from './tokens.ts';
import type { AnswerFrame } from './widget/terse.ts';

/** Our page waits for each answer before it writes on: who sends this many at once is not our page. */
const MAX_WAITING = 16;
const POLICY_VIOLATION = 1008;

export interface TerseDeps {
  accept: Accept;
  tokens: Tokens;
  log: Log;
}

export interface TerseSocket {
  /** The number under which this socket sent the message of that id, while the log may still tell it. */
  own(id: string): number | undefined;
  /** Resolves when every message that arrived is answered. */
  settled(): Promise<void>;
}

export function createTerse(
  deps: TerseDeps,
  socket: WebSocket,
  conversationId: string,
  request: IncomingMessage,
): TerseSocket {
  const { headers } = request;
  const numbers = new Map<string, number>();
  let token = '';
  let waiting = 0;
  let turn = Promise.resolve();

  const remember = (id: string, n: number): void => {
    numbers.set(id, n);
    const oldest = numbers.keys().next().value;
    if (numbers.size > MAX_WAITING && oldest !== undefined) numbers.delete(oldest);
  };

  async function answer(said: Said, bytes: number): Promise<AnswerFrame> {
    const { n, id, choice, ...rest } = said;
    const channelData = { clientActivityID: id, ...(choice === undefined ? {} : { choice }) };
    try {
      // Judged at each message, as in a POST: a socket outlives the token it was opened with.
      const claims = mayChat(deps.tokens, token, conversationId);
      remember(id, n);
      const page = claims.comune === undefined ? {} : { comune: claims.comune };
      const body = { type: 'message', ...rest, channelData: { ...channelData, ...page } };
      await deps.accept(claims, { body, bytes, headers });
      return { n };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const wait = Number(error.headers['retry-after'] ?? 0);
      const say = error instanceof Unkept ? { say: foldReply(error.meanwhile) } : {};
      return { n, status: error.status, code: error.code, ...(wait > 0 ? { wait } : {}), ...say };
    }
  }

  /** One after the other, in the order they came. */
  async function hear(text: string): Promise<void> {
    if (socket.readyState !== socket.OPEN) return;
    // A page that asks whether anybody is there.
    if (text === '') return socket.send('');
    const frame = readFrame(text);
    if (frame === undefined) return socket.close(POLICY_VIOLATION, 'not a frame of this protocol');
    if ('token' in frame) {
      token = frame.token;
      return;
    }
    const answered = await answer(frame, Buffer.byteLength(text));
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(answered));
  }

  socket.on('message', (data: RawData, binary: boolean) => {
    if (binary || waiting >= MAX_WAITING) return socket.close(POLICY_VIOLATION, 'too much at once');
    waiting += 1;
    turn = turn
      .then(() => hear(String(data)))
      .catch((error: unknown) => {
        deps.log.error('socket message failed', { channel: 'web', error: messageOf(error) });
        socket.close(1011, 'failed');
      })
      .finally(() => (waiting -= 1));
  });

  return {
    own: (id) => numbers.get(id),
    async settled() {
      let last;
      // While the last one is answered another may have come.
      do await (last = turn);
      while (last !== turn);
    },
  };
}

interface Said {
  n: number;
  id: string;
  choice?: unknown;
  text: unknown;
  locale: unknown;
}

/** What is not ours to read (text, choice, locale) is judged where a POST's is. */
function readFrame(text: string): Said | { token: string } | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(frame)) return undefined;
  const { n, id, token, choice, text: words, locale } = frame;
  if (typeof token === 'string') return { token };
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || typeof id !== 'string' || id === '' || id.length > 200)
    return undefined;
  return { n, id, text: words, locale, ...(choice === undefined ? {} : { choice }) };
}
