// One socket in `bussola.1`, from its opening to its end: hears the log, sends messages and waits for their answers.
// Opening another, or doing without, is left to connection.ts; the form of the frames to terse.ts.
import { Refused } from './api.ts';
import type { ActivitySet } from './api.ts';
import type { Outgoing } from './session.ts';
import { PROTOCOL, unfold } from './terse.ts';
import type { AnswerFrame, LogFrame, SaidFrame, TokenFrame } from './terse.ts';

interface Ending {
  /** Milliseconds it was open. */
  lived: number;
  reason: string;
}

export interface Socket {
  /** False where it was not let in. */
  opened: Promise<boolean>;
  closed: Promise<Ending>;
  /** Who writes, from now on. */
  authorize(token: string): void;
  /** Resolves when the server has it. Rejects with Refused where it said no, with another error where nothing is known. */
  send(message: Outgoing, locale: string): Promise<void>;
  /** After sleep or a lost network it may be dead without saying so: ends it if nobody answers. */
  check(): void;
  close(): void;
}

const OPENS_WITHIN = 8000;
const ANSWERS_WITHIN = 12_000;
const HEARS_WITHIN = 4000;

/** What a page has that is let open none: a browser without them, or a policy that refuses them. */
const NONE: Socket = {
  opened: Promise.resolve(false),
  closed: Promise.resolve({ lived: 0, reason: 'none' }),
  authorize: () => {},
  send: () => Promise.reject(new Error('none')),
  check: () => {},
  close: () => {},
};

export function openSocket(address: string, conversationId: string, take: (set: ActivitySet) => void): Socket {
  let ws: WebSocket;
  try {
    ws = new WebSocket(address, PROTOCOL);
  } catch {
    return NONE;
  }
  // Browsers of two years ago have no Promise.withResolvers.
  let isOpen: (open: boolean) => void = () => {};
  let isClosed: (how: Ending) => void = () => {};
  const opened = new Promise<boolean>((resolve) => (isOpen = resolve));
  const closed = new Promise<Ending>((resolve) => (isClosed = resolve));
  const said: Outgoing[] = [];
  const waiting = new Map<number, { resolve(): void; reject(error: Error): void }>();
  const late = setTimeout(() => end('late'), OPENS_WITHIN);
  let since = Infinity;
  let ended = false;
  let probe: ReturnType<typeof setTimeout> | undefined;

  /** Not left to the browser, which may wait long for a server that is gone. */
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    clearTimeout(late);
    clearTimeout(probe);
    ws.close();
    isOpen(false);
    for (const { reject } of waiting.values()) reject(new Error(reason));
    isClosed({ lived: Math.max(0, Date.now() - since), reason });
  };
  const give = (frame: SaidFrame | TokenFrame): void => ws.send(JSON.stringify(frame));
  const answer = ({ n, status, wait = 0, say }: AnswerFrame): void => {
    const one = waiting.get(n);
    waiting.delete(n);
    if (status === undefined) one?.resolve();
    else one?.reject(new Refused(status, wait, say));
  };

  ws.addEventListener('open', () => {
    clearTimeout(late);
    since = Date.now();
    isOpen(true);
  });
  ws.addEventListener('message', ({ data }) => {
    if (ended) return;
    clearTimeout(probe);
    if (typeof data !== 'string' || data === '') return;
    const frame: LogFrame | AnswerFrame = JSON.parse(data);
    if ('n' in frame) return answer(frame);
    const activities = unfold(frame, conversationId, (n) => said[n]);
    take({ activities, watermark: frame.watermark });
  });
  ws.addEventListener('close', ({ reason }) => end(reason));

  return {
    opened,
    closed,
    authorize: (token) => ws.readyState === WebSocket.OPEN && give({ token }),
    send: (message, locale) =>
      new Promise((resolve, reject) => {
        if (ended || ws.readyState !== WebSocket.OPEN) throw new Error('not open');
        const n = said.push(message) - 1;
        const timer = setTimeout(() => end('no answer'), ANSWERS_WITHIN);
        waiting.set(n, {
          resolve: () => resolve(clearTimeout(timer)),
          reject: (error) => reject((clearTimeout(timer), error)),
        });
        give({ n, ...message, locale });
      }),
    check: () => {
      if (ended || ws.readyState !== WebSocket.OPEN) return;
      clearTimeout(probe);
      ws.send('');
      probe = setTimeout(() => end('dead'), HEARS_WITHIN);
    },
    close: () => end('closed'),
  };
}
