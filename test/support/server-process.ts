// Starts the programs of bot/ as real processes, for tests: waits until they are ready, ends them by pid, leaves none.
// What is asked of them over their channels is left to the tests.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  url: string;
  port: number;
  /** All it has written so far, standard output and error. */
  output(): string;
  /** SIGTERM; its exit code, `null` where it had to be killed. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a power cut; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Settings = Record<string, string>;

const READY = /http:\/\/localhost:(\d+)\/\?comune=/;
/** Generous: several suites may share a small machine. */
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
/** Ends a child whose parent has been killed. The channel alone does not keep it alive. */
const END_WITH_US = `data:text/javascript,process.on('disconnect',()=>process.exit(9));process.channel.unref()`;

const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill('SIGKILL')));

/** A folder that goes away with this process at the latest. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bussola-e2e-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  return {
    path,
    remove: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

/** `node bot/main.ts` with these settings and no others, on a free port. Rejects with what it said if it ends first. */
export async function startServerProcess(settings: Settings): Promise<ServerProcess> {
  const child = run('bot/main.ts', [], { HOST: '127.0.0.1', PORT: '0', ...settings });
  child.stdin?.end();
  const exited = once(child, 'exit');
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
    const hear = (chunk: string): void => {
      output += chunk;
      const found = READY.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(Number(found));
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code}: ${output}`));
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exited;
    clearTimeout(impatient);
    return child.exitCode;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** Runs a program of bot/ to its end, with that standard input. */
export async function runToEnd(
  program: 'bot/main.ts' | 'bot/chat.ts',
  args: string[],
  settings: Settings,
  input = '',
): Promise<Ended> {
  const child = run(program, args, settings);
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (ended.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (ended.stderr += chunk));
  const late = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
  child.stdin?.on('error', () => {}).end(input);
  const closed = await once(child, 'close');
  clearTimeout(late);
  return { ...ended, code: typeof closed[0] === 'number' ? closed[0] : null };
}

let cache: string | undefined;

/** Where children keep compiled code for each other: they start sooner. */
function compiled(): string {
  cache ??= makeFolder().path;
  return cache;
}

function run(program: string, args: string[], settings: Settings): ChildProcess {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', END_WITH_US, join(root, program), ...args], {
    cwd: tmpdir(),
    env: { PATH, HOME, NODE_COMPILE_CACHE: compiled(), ...settings },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
