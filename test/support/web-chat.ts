// Web Chat as it is published: its one script, out of the registry's own package, without the 413 it depends on.
// The page that shows it is left to web-chat-page.ts. The registry is asked once; what it gave is kept beside the packages.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const WEB_CHAT = 'botframework-webchat@4.18.1';
const PACKAGE_SHA512 = '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const SCRIPT_SHA512 = '/QHdP14QBRIOHw8gBEffy7VpWq0cTaGkr70Sg3ceo6KO0gaHOIWbC7OXB0Rmqp7sV1c/PU5zDh8p23uz8L88+A==';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = join(ROOT, 'node_modules', '.cache', 'foreign-clients', 'webchat-4.18.1.js');
/** The script is 4 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Rejects with what to do where the registry does not answer, or gives something else. */
export async function webChatScript(): Promise<Buffer> {
  const kept = await readFile(KEPT).catch(() => undefined);
  if (kept && digest(kept) === SCRIPT_SHA512) return kept;
  const script = await download();
  await mkdir(dirname(KEPT), { recursive: true });
  const fresh = `${KEPT}.${process.pid}`;
  await writeFile(fresh, script);
  await rename(fresh, KEPT);
  return script;
}

async function download(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'bussola-webchat-'));
  try {
    const file = join(folder, await pack(folder));
    if (digest(await readFile(file)) !== PACKAGE_SHA512) throw new Error(`${WEB_CHAT} is not what was published`);
    const { stdout } = await run('tar', ['-xzOf', file, 'package/dist/webchat.js'], {
      encoding: 'buffer',
      maxBuffer: MOST_BYTES,
    });
    if (digest(stdout) !== SCRIPT_SHA512) throw new Error(`${WEB_CHAT} holds another script`);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of the file. npm asks the registry that `npm ci` asks. */
async function pack(folder: string): Promise<string> {
  try {
    const { stdout } = await run('npm', ['pack', WEB_CHAT, '--silent', '--pack-destination', folder], { cwd: ROOT });
    return stdout.trim();
  } catch (error) {
    throw new Error(`${WEB_CHAT} is needed once: "npm pack ${WEB_CHAT}" must work here, as "npm ci" does`, {
      cause: error,
    });
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha512').update(bytes).digest('base64');
}
