// Keeps one conversation connected: a socket where there may be one, polling where not, and again from the start.
// Nothing is lost (watermark, queue) nor doubled (ids). Each part has its file; what is shown is left to chat.ts.
import { createApi, Refused, streamAddress } from './api.ts';
import type { ActivitySet, Meanwhile, WireActivity } from './api.ts';
import { createOpening } from './opening.ts';
import { createQueue } from './queue.ts';
import type { Outgoing, Session } from './session.ts';
import { openSocket } from './socket.ts';
import type { Socket } from './socket.ts';
import { createWaits } from './waits.ts';

export type Status = 'connecting' | 'online' | 'offline' | 'waiting';

export interface Events {
  /** Once for each activity. `fresh`: it was not there when this tab last looked. */
  activity(activity: WireActivity, fresh: boolean): void;
  status(status: Status): void;
  /** The server has the message: it is in the log, with its answers. */
  sent(id: string): void;
  refused(id: string): void;
  /** It answered a conversation that is gone, and is sent to no other. */
  unsent(id: string): void;
  /** Nothing can be kept at the moment; may come again at each try. */
  meanwhile(said: Meanwhile): void;
  /** The old conversation is gone and a new one begins. */
  renewed(): void;
  /** What was to be carried over is not there: this is the talk of before. */
  kept(): void;
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

const POLL = 1500;
const POLLS_BEFORE_SOCKET = 20;
/** A message waits this long for a socket that is being opened; then it goes without. */
const SOCKET_IN_TIME = 1500;
/** A socket that is let in and cut off at once, as some networks do, is no better than none. */
const SOCKET_LIVES = 2000;

export function connect({ session: { data, save }, comune, language, events }: Options): Connection {
  const api = createApi(data, comune, language);
  const waits = createWaits();
  const ended = new AbortController();
  const known = new Set<string>();
  let seenBefore = Number(data.watermark ?? 0);
  let socket: Socket | undefined;
  /** The conversation may be gone: whatever listens to it now ends. */
  const gone = { stale: false };
  const own = { kept: false };

  const opening = createOpening({
    api,
    data,
    save,
    renewed: (token) => socket?.authorize(token),
    kept: () => {
      seenBefore = Number(data.watermark ?? 0);
      own.kept = true;
    },
  });

  const queue = createQueue({
    data,
    save,
    deliver: async (message) => {
      const by = await socketInTime();
      await (by ? by.send(message, language()) : api.post(message));
      online(false);
      // What follows is there already: polling looks at once.
      if (!by) waits.wake();
    },
    sent: events.sent,
    refused: events.refused,
    failed: (error) => {
      if (error instanceof Refused && error.gone) startOver();
      else showFailure(error);
      return waits.failed(error);
    },
  });

  const take = (set: ActivitySet): void => {
    for (const activity of set.activities) {
      const { id = '' } = activity;
      if (known.has(id)) continue;
      if (id !== '') known.add(id);
      const seq = Number(id.split('|').pop());
      try {
        events.activity(activity, !(seq <= seenBefore));
      } catch (error) {
        // One message that cannot be shown must not keep those behind it from being read.
        setTimeout(() => {
          throw error;
        });
      }
    }
    // Under the talk, where it is read.
    if (own.kept) events.kept();
    own.kept = false;
    // A null watermark says nothing: it must not overwrite the one we have.
    if (set.watermark) data.watermark = set.watermark;
    save();
  };

  /** A page that shows nothing yet asks for everything. */
  const from = (): string => (known.size > 0 ? (data.watermark ?? '') : '');

  const socketInTime = async (): Promise<Socket | undefined> => {
    const one = socket;
    const soon = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), SOCKET_IN_TIME));
    return one && (await Promise.race([one.opened, soon])) && one === socket ? one : undefined;
  };

  /** Resolves when the socket has ended: true where trying it again at once makes sense. */
  const stream = async (url: string): Promise<boolean> => {
    const one = openSocket(streamAddress(url, from()), data.conversationId ?? '', take);
    socket = one;
    if (await one.opened) {
      one.authorize(data.token ?? '');
      online();
    }
    const { lived, reason } = await one.closed;
    socket = undefined;
    // A collision: too many tabs listen to this conversation. Polling leaves the sockets to them.
    return gone.stale || (lived > SOCKET_LIVES && reason !== 'collision');
  };

  const poll = async (): Promise<void> => {
    for (let round = 0; round < POLLS_BEFORE_SOCKET && !gone.stale && !ended.signal.aborted; round++) {
      take(await api.activities(from()));
      online();
      await opening.refreshIfDue();
      await waits.pause(POLL);
    }
  };

  const online = (flush = true): void => {
    waits.worked();
    events.status('online');
    if (flush) queue.flush();
  };
  const showFailure = (error: unknown): void => {
    events.status(navigator.onLine ? 'waiting' : 'offline');
    if (error instanceof Refused && error.say) events.meanwhile(error.say);
  };

  /** A conversation that is gone gives way to a new one; words that were not sent go there. */
  const recover = (error: unknown): boolean => {
    if (!(error instanceof Refused && error.gone) || !opening.forget()) return false;
    seenBefore = 0;
    own.kept = false;
    known.clear();
    for (const id of queue.keepBack()) events.unsent(id);
    events.renewed();
    return true;
  };

  const run = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        if (!waits.failing()) events.status('connecting');
        gone.stale = false;
        const url = await opening.open();
        const streamed = url !== undefined && (await stream(url));
        if (ended.signal.aborted) return;
        if (streamed) await waits.pause(300);
        else await poll();
      } catch (error) {
        if (recover(error)) continue;
        showFailure(error);
        await waits.pause(waits.failed(error));
      }
    }
  };

  const startOver = (): void => {
    gone.stale = true;
    socket?.close();
    waits.wake();
  };

  /** The network or the person is back. */
  const check = (): void => {
    waits.wake();
    queue.flush();
    opening.refreshIfDue().then(
      () => socket?.check(),
      () => socket?.close(),
    );
  };

  const { signal } = ended;
  addEventListener('online', check, { signal });
  const lost = (): void => {
    events.status('offline');
    socket?.check();
  };
  addEventListener('offline', lost, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check(), { signal });
  const timer = setInterval(() => void opening.refreshIfDue().catch(() => {}), 60_000);
  void run();

  return {
    send: queue.add,
    stop: () => {
      ended.abort();
      clearInterval(timer);
      queue.stop();
      waits.wake();
      socket?.close();
    },
  };
}
