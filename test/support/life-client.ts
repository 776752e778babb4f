// Starts life-process.ts, asks it again what it did not answer before it was killed, and kills it.
// What a person or a desk wants is left to the test.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Incoming, StoredActivity } from '../../bot/message.ts';
import { makeFolder } from './server-process.ts';

/** A minute a second: tries and leases come round while the process lives. */
export const LIFE_SPEED = 60;

export type LifeOrder =
  { kind: 'turn'; incoming: Incoming } | { kind: 'desk'; code: string; part: number; line: string; nonce: string };

interface Waiting {
  order: LifeOrder;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

interface Answer {
  id: number;
  result: unknown;
  error?: string;
}

export interface LifeClient {
  turn(incoming: Incoming): Promise<StoredActivity[]>;
  /** A step of a desk; `done`, `refused`, `spent`, `gone`. */
  desk(code: string, part: number, line: string, nonce: string): Promise<unknown>;
  /** A first or another process, at that time. Whatever was asked and not answered is asked again. */
  start(clock: Date): Promise<void>;
  /** SIGKILL, whatever it was doing. */
  kill(): Promise<void>;
  /** Questions that had to be asked again. */
  repeated(): number;
  /** The latest that any process may have thought it was, epoch milliseconds. */
  now(): number;
  /** Answers heard so far. */
  answered(): number;
}

export function createLifeClient(settings: Record<string, string>): LifeClient {
  const program = fileURLToPath(new URL('life-process.ts', import.meta.url));
  const compiled = makeFolder().path;
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  process.once('exit', () => child?.kill('SIGKILL'));
  let count = 0;
  let repeated = 0;
  let answered = 0;
  let clockFrom = 0;
  let startedAt = 0;

  const ask = (order: LifeOrder): Promise<unknown> => {
    const id = (count += 1);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { order, resolve, reject });
    if (child?.connected) child.send({ id, order });
    return promise;
  };

  function hear({ id, result, error }: Answer): void {
    const one = waiting.get(id);
    waiting.delete(id);
    answered += 1;
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(error));
  }

  return {
    repeated: () => repeated,
    answered: () => answered,
    now: () => clockFrom + (Date.now() - startedAt) * LIFE_SPEED,
    // Dates became strings on the way; nobody here looks at them.
    turn: async (incoming) => (await ask({ kind: 'turn', incoming })) as StoredActivity[],
    desk: (code, part, line, nonce) => ask({ kind: 'desk', code, part, line, nonce }),
    async start(clock) {
      clockFrom = clock.getTime();
      startedAt = Date.now();
      const { PATH = '', HOME = '' } = process.env;
      const env = { PATH, HOME, NODE_COMPILE_CACHE: compiled, ...settings, LIFE_CLOCK: String(clock.getTime()) };
      const next = fork(program, [], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      await once(next, 'message');
      next.on('message', (message: Answer) => hear(message));
      child = next;
      for (const [id, { order }] of waiting) {
        repeated += 1;
        next.send({ id, order });
      }
    },
    async kill() {
      const dying = child;
      child = undefined;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = once(dying, 'exit');
      dying.kill('SIGKILL');
      await gone;
    },
  };
}
