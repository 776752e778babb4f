// Keeps one conversation connected: opens or resumes it, listens, polls when the socket fails, sends what is waiting.
// Nothing is lost (watermark, unsent queue) nor doubled (ids). What is shown is left to chat.ts.
import { createApi, Refused, streamAddress } from './api.ts';
import type { ActivitySet, WireActivity } from './api.ts';
import type { Outgoing, Session } from './session.ts';

export type Status = 'connecting' | 'online' | 'offline' | 'waiting';

export interface Events {
  /** Once for each activity. `fresh`: it was not there when this tab last looked. */
  activity(activity: WireActivity, fresh: boolean): void;
  status(status: Status): void;
  /** The server has the message: it is in the log, with its answers. */
  sent(id: string): void;
  refused(id: string): void;
  /** The old conversation is gone and a new one begins. */
  renewed(): void;
}

export interface Connection {
  send(message: Outgoing): void;
  stop(): void;
}

interface Options {
  session: { data: Session; save(): void };
  comune: string | null;
  language: () => string;
  events: Events;
}

const REFRESH = 14 * 60_000;
const POLL = 1500;
const POLLS_BEFORE_SOCKET = 20;
const SOCKET_PATIENCE = 8000;
/** A socket that is let in and cut off at once, as some networks do, is no better than none. */
const SOCKET_LIVES = 2000;

export function connect({ session: { data, save }, comune, language, events }: Options): Connection {
  const api = createApi(data, comune, language);
  const known = new Set<string>();
  const resumed = data.conversationId !== undefined;
  const seenBefore = Number(data.watermark ?? 0);
  const ended = new AbortController();
  let failures = 0;
  /** The server said that the conversation is gone. */
  const gone = { stale: false };
  let sending = false;
  let socket: WebSocket | undefined;
  let wake: () => void = () => {};
  let refreshed = Date.now();
  let history = resumed;

  const take = (set: ActivitySet): void => {
    for (const activity of set.activities) {
      if (activity.id !== undefined) {
        if (known.has(activity.id)) continue;
        known.add(activity.id);
      }
      events.activity(activity, !history || Number(activity.id?.split('|').pop()) > seenBefore);
    }
    // A null watermark says nothing: it must not overwrite the one we have.
    if (set.watermark) data.watermark = set.watermark;
    save();
  };

  const keep = (opened: { conversationId?: string; token?: string }): void => {
    if (opened.conversationId) data.conversationId = opened.conversationId;
    if (opened.token) data.token = opened.token;
    refreshed = Date.now();
    save();
  };

  const forget = (): void => {
    delete data.conversationId;
    delete data.token;
    delete data.watermark;
    save();
  };

  const open = async (): Promise<string | undefined> => {
    if (data.conversationId === undefined) {
      keep(await api.generate());
      const started = await api.start();
      keep(started);
      return started.streamUrl;
    }
    const again = await api.resume();
    keep(again);
    if (history) {
      take(await api.activities(''));
      history = false;
    }
    return again.streamUrl;
  };

  /** Resolves when the socket has closed: true where trying it again at once makes sense. */
  const stream = (url: string): Promise<boolean> =>
    new Promise((resolve) => {
      let opened = Infinity;
      const ws = new WebSocket(streamAddress(url));
      const late = setTimeout(() => ws.close(), SOCKET_PATIENCE);
      socket = ws;
      ws.addEventListener('open', () => {
        opened = Date.now();
        clearTimeout(late);
        online();
      });
      ws.addEventListener('message', (event) => {
        if (typeof event.data === 'string' && event.data !== '') take(JSON.parse(event.data));
      });
      ws.addEventListener('close', ({ reason }) => {
        clearTimeout(late);
        socket = undefined;
        // A collision: another tab listens to this conversation. Polling leaves the socket to it.
        resolve(gone.stale || (Date.now() - opened > SOCKET_LIVES && reason !== 'collision'));
      });
    });

  const poll = async (): Promise<void> => {
    for (let round = 0; round < POLLS_BEFORE_SOCKET && !gone.stale && !ended.signal.aborted; round++) {
      take(await api.activities(data.watermark ?? ''));
      online();
      await refreshIfDue();
      await pause(POLL);
    }
  };

  const refreshIfDue = async (): Promise<void> => {
    if (data.token !== undefined && Date.now() - refreshed > REFRESH) keep(await api.refresh());
  };

  const online = (): void => {
    failures = 0;
    events.status('online');
    void flush();
  };

  /** Waits; an `online` event or a return to the page cuts it short. */
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const backOff = (): number => Math.min(15_000, 500 * 2 ** failures++) * (0.5 + Math.random() / 2);
  const showFailure = (): void => events.status(navigator.onLine ? 'waiting' : 'offline');

  /** A conversation that is gone gives way to a new one; what was written and not sent goes there. */
  const recover = (error: unknown): boolean => {
    if (!(error instanceof Refused && error.gone)) return false;
    const had = data.conversationId !== undefined;
    forget();
    history = false;
    if (had) events.renewed();
    return had;
  };

  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        if (failures === 0) events.status('connecting');
        gone.stale = false;
        const url = await open();
        const streamed = url !== undefined && (await stream(url));
        if (!streamed && !ended.signal.aborted) await poll();
        else if (!ended.signal.aborted) await pause(300);
      } catch (error) {
        if (recover(error)) continue;
        showFailure();
        await pause(Math.max(backOff(), error instanceof Refused ? error.retryAfter * 1000 : 0));
      }
    }
  };

  const flush = async (): Promise<void> => {
    if (sending || ended.signal.aborted || data.token === undefined) return;
    sending = true;
    try {
      for (let next = data.unsent[0]; next !== undefined && !ended.signal.aborted; next = data.unsent[0]) {
        await deliver(next);
        data.unsent.shift();
        save();
      }
    } catch (error) {
      if (error instanceof Refused && error.gone) startOver();
      else showFailure();
      setTimeout(() => void flush(), Math.max(backOff(), error instanceof Refused ? error.retryAfter * 1000 : 0));
    } finally {
      sending = false;
    }
  };

  /** The conversation may be gone: it is opened anew at once, whatever listens to it now. */
  const startOver = (): void => {
    gone.stale = true;
    socket?.close();
    wake();
  };

  const deliver = async (message: Outgoing): Promise<void> => {
    try {
      await api.post(message);
      failures = 0;
      events.status('online');
      events.sent(message.id);
    } catch (error) {
      // What will never be accepted must not block what comes after it.
      if (!(error instanceof Refused) || error.passing || error.gone) throw error;
      events.refused(message.id);
    }
  };

  /** After sleep or a lost network the socket may be dead without saying so: ask once, and start over if that fails. */
  const check = async (): Promise<void> => {
    wake();
    if (ended.signal.aborted || data.conversationId === undefined || socket?.readyState !== WebSocket.OPEN) return;
    try {
      await refreshIfDue();
      take(await api.activities(data.watermark ?? ''));
      online();
    } catch {
      socket?.close();
    }
  };

  addEventListener('online', () => void check());
  addEventListener('offline', () => events.status('offline'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void check();
  });
  const timer = setInterval(() => void refreshIfDue().catch(() => {}), 60_000);
  void run();

  return {
    send: (message) => {
      data.unsent.push(message);
      save();
      void flush();
    },
    stop: () => {
      ended.abort();
      clearInterval(timer);
      wake();
      socket?.close();
    },
  };
}
