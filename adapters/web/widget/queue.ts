// What was written and is not on the server yet: one after the other, each until it is taken or refused for good.
// By which road it goes is left to connection.ts; its id makes it one message however often it is sent.
import { Refused } from './api.ts';
import type { Outgoing, Session } from './session.ts';

interface Parts {
  data: Session;
  save(): void;
  deliver(message: Outgoing): Promise<void>;
  /** The server has it. */
  sent(id: string): void;
  /** It will never be taken. */
  refused(id: string): void;
  /** It did not go now; milliseconds until the next try. */
  failed(error: unknown): number;
}

export interface Queue {
  add(message: Outgoing): void;
  /** Sends what waits, unless that is going on already. */
  flush(): void;
  /** Keeps back, for good, what answers a talk that is over. Ids. */
  keepBack(): string[];
  stop(): void;
}

/**
 * A tapped choice, a telephone number, an address: in a new talk they would be a stale button, or lie there unread. Words
 * go: they may be a cry.
 */
function isAnswer({ text, choice }: Outgoing): boolean {
  return choice !== undefined || !/\p{L}/u.test(text) || /^\S+@\S+$/.test(text.trim());
}

export function createQueue({ data, save, deliver, sent, refused, failed }: Parts): Queue {
  const now = { sending: false, stopped: false };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sendOne = async (message: Outgoing): Promise<void> => {
    try {
      await deliver(message);
      sent(message.id);
    } catch (error) {
      // What will never be accepted must not block what comes after it.
      if (!(error instanceof Refused) || error.passing || error.gone) throw error;
      refused(message.id);
    }
  };

  const flush = async (): Promise<void> => {
    if (now.sending || now.stopped || data.token === undefined) return;
    now.sending = true;
    clearTimeout(timer);
    try {
      for (let next = data.unsent[0]; next !== undefined && !now.stopped; next = data.unsent[0]) {
        await sendOne(next);
        data.unsent = data.unsent.filter((one) => one !== next);
        save();
      }
    } catch (error) {
      timer = setTimeout(() => void flush(), failed(error));
    } finally {
      now.sending = false;
    }
  };

  return {
    add: (message) => {
      data.unsent.push(message);
      save();
      void flush();
    },
    flush: () => void flush(),
    keepBack: () => {
      const kept = data.unsent.filter(isAnswer);
      data.unsent = data.unsent.filter((one) => !isAnswer(one));
      save();
      return kept.map(({ id }) => id);
    },
    stop: () => {
      now.stopped = true;
      clearTimeout(timer);
    },
  };
}
