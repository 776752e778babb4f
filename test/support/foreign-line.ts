// DirectLineJS, unchanged, as a page that embeds it would drive it; and the one clock of its own, which a test can move.
// What is said, and what must come of it, is left to the tests.
import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import type { Activity, DirectLineOptions, Message } from 'botframework-directlinejs';
import XMLHttpRequest from 'xhr2';
import type { Web } from './web.ts';

export interface ForeignLine {
  line: DirectLine;
  got: Activity[];
  /** Every status so far, by name, in order. */
  statuses: string[];
  /** Resolves with the first message, got or coming, that fits. */
  until(fits: (activity: Message) => boolean): Promise<Message>;
  /** Resolves when that status has come after so many others. */
  becomes(status: keyof typeof ConnectionStatus, after?: number): Promise<void>;
  /** Resolves with the id of what was sent, or with `retry`; rejects with the server's refusal. */
  post(activity: Activity): Promise<string>;
  say(text: string): Promise<string>;
  end(): void;
}

/** Longer than the longest of its own delays; a test that waits for ever would leave its line open. */
const PATIENCE_MS = 15_000;
/** Its clock for tokens, and none of its others. */
const LONG_MS = 600_000;

/** The library wants the browser's XMLHttpRequest. */
export function lendXhr(): () => void {
  Reflect.set(globalThis, 'XMLHttpRequest', XMLHttpRequest);
  return () => void Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
}

export function openLine(web: Pick<Web, 'url'>, options: DirectLineOptions): ForeignLine {
  const line = new DirectLine({
    domain: `${web.url}/v3/directline`,
    pollingInterval: 200,
    conversationStartProperties: { locale: 'it-IT' },
    // Comes back after the shortest of its own delays.
    random: () => 0,
    ...options,
  });
  const got: Activity[] = [];
  const statuses: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((look) => look());
  const subscriptions = [
    line.connectionStatus$.subscribe((status) => {
      statuses.push(ConnectionStatus[status]);
      wake();
    }),
    line.activity$.subscribe(
      (activity) => {
        got.push(activity);
        wake();
      },
      // It ends with an error, by its own design.
      () => {},
    ),
  ];
  const whenever = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`never came; ${statuses.join()}`)), PATIENCE_MS);
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const post = (activity: Activity): Promise<string> =>
    new Promise((resolve, reject) => void line.postActivity(activity).subscribe(resolve, reject));
  return {
    line,
    got,
    statuses,
    until: (fits) =>
      whenever(() => got.find((activity): activity is Message => activity.type === 'message' && fits(activity))),
    becomes: async (status, after = 0) =>
      void (await whenever(() => statuses.slice(after).find((known) => known === status))),
    post,
    say: (text) => post({ type: 'message', from: { id: 'someone-else' }, text }),
    end() {
      subscriptions.forEach((subscription) => subscription.unsubscribe());
      line.end();
    },
  };
}

/** Timers of more than ten minutes that begin while `work` runs: they strike when told to. */
export async function holdLongTimers(work: () => Promise<void>): Promise<{ strike(): void }> {
  const real = globalThis.setInterval;
  const held: (() => void)[] = [];
  const watched = (strike: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): NodeJS.Timeout => {
    if ((ms ?? 0) >= LONG_MS) held.push(() => strike(...args));
    return real(strike, ms, ...args);
  };
  globalThis.setInterval = Object.assign(watched, real);
  try {
    await work();
  } finally {
    globalThis.setInterval = real;
  }
  return { strike: () => held.forEach((one) => one()) };
}
