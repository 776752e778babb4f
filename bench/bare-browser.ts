// A Chromium that nobody steers but these few lines: a test library's own scripts in each frame would be measured too.
// What is asked of it is left to the callers, in the words of the DevTools protocol.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from '../node_modules/playwright-core/types/protocol.d.ts';
import { BROWSER_ARGS, browserPath } from '../test/support/browser.ts';

type Commands = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Events = Protocol.Events;

export interface BarePage {
  send<Name extends keyof Commands>(method: Name, params?: Commands[Name]): Promise<Answers[Name]>;
  on<Name extends keyof Events>(event: Name, hear: (params: Events[Name]) => void): void;
  close(): Promise<void>;
}

const DEVTOOLS = /DevTools listening on (ws:\S+)/;

/** One empty page in a new browser with an empty profile. */
export async function openBarePage(): Promise<BarePage> {
  const profile = mkdtempSync(join(tmpdir(), 'bussola-bench-browser-'));
  const own = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=1280,800'];
  const child = spawn(await browserPath(), [...BROWSER_ARGS, ...own, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = await connect(child.stderr);
    return { ...(await attach(socket)), close: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function connect(said: NodeJS.ReadableStream): Promise<WebSocket> {
  let text = '';
  for await (const chunk of said) {
    text += String(chunk);
    const [, url] = DEVTOOLS.exec(text) ?? [];
    if (url === undefined) continue;
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return socket;
  }
  throw new Error(`the browser did not start: ${text}`);
}

async function attach(socket: WebSocket): Promise<Pick<BarePage, 'send' | 'on'>> {
  /** Each reads its own message: what it says is known where it was asked for. */
  const waiting = new Map<number, (message: string) => void>();
  const heard = new Map<string, ((message: string) => void)[]>();
  let sent = 0;
  let sessionId: string | undefined;
  socket.addEventListener('message', ({ data }) => {
    const message = String(data);
    const { id, method }: { id?: number; method?: string } = JSON.parse(message);
    if (id !== undefined) waiting.get(id)?.(message);
    for (const hear of heard.get(method ?? '') ?? []) hear(message);
  });
  const send: BarePage['send'] = (method, params) =>
    new Promise((resolve, reject) => {
      const id = (sent += 1);
      waiting.set(id, (message) => {
        waiting.delete(id);
        const { result, error }: { result: Answers[typeof method]; error?: { message: string } } = JSON.parse(message);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      socket.send(JSON.stringify({ id, method, params: params ?? {}, sessionId }));
    });
  const on: BarePage['on'] = (event, hear) => {
    const read = (message: string): void => {
      const { params }: { params: Events[typeof event] } = JSON.parse(message);
      hear(params);
    };
    heard.set(event, [...(heard.get(event) ?? []), read]);
  };
  const { targetInfos } = await send('Target.getTargets');
  const page = targetInfos.find(({ type }) => type === 'page');
  if (!page) throw new Error('the browser has no page');
  ({ sessionId } = await send('Target.attachToTarget', { targetId: page.targetId, flatten: true }));
  return { send, on };
}
