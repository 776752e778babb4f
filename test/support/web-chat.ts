// Web Chat as it is published: its scripts, out of the registry's own package, without the 413 it depends on.
// The pages that show it are left to web-chat-page.ts and the bench. Asked for once after each `npm ci`, which empties where it is kept.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version. */
export const WEB_CHAT = '4.18.1';
const PACKAGE = `botframework-webchat@${WEB_CHAT}`;
const PACKAGE_SHA512 = '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const SCRIPTS_SHA512 = {
  webchat: '/QHdP14QBRIOHw8gBEffy7VpWq0cTaGkr70Sg3ceo6KO0gaHOIWbC7OXB0Rmqp7sV1c/PU5zDh8p23uz8L88+A==',
  'webchat-minimal': '6k2DT0wIubSrxPf3ncdclKq35W6kUKBZ6oSXxXzgZDaFMGxKIA0+FFizibHLwzw+Yx+7sSXNDlZ11u6sLsvMWg==',
};
export type WebChatBundle = keyof typeof SCRIPTS_SHA512;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = join(ROOT, 'node_modules', '.cache', 'foreign-clients');
/** The script is 4 MB. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Rejects with what to do where the registry does not answer, or gives something else. */
export async function webChatScript(bundle: WebChatBundle = 'webchat'): Promise<Buffer> {
  const path = join(KEPT, `${bundle}-${WEB_CHAT}.js`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept && digest(kept) === SCRIPTS_SHA512[bundle]) return kept;
  const script = await download(bundle);
  await mkdir(KEPT, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, script);
  await rename(fresh, path);
  return script;
}

async function download(bundle: WebChatBundle): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'bussola-webchat-'));
  try {
    const file = join(folder, await pack(folder));
    if (digest(await readFile(file)) !== PACKAGE_SHA512) throw new Error(`${PACKAGE} is not what was published`);
    const { stdout } = await run('tar', ['-xzOf', file, `package/dist/${bundle}.js`], {
      encoding: 'buffer',
      maxBuffer: MOST_BYTES,
    });
    if (digest(stdout) !== SCRIPTS_SHA512[bundle]) throw new Error(`${PACKAGE} holds another script`);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The name of the file. npm asks the registry that `npm ci` asks. */
async function pack(folder: string): Promise<string> {
  try {
    const { stdout } = await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { cwd: ROOT });
    return stdout.trim();
  } catch (error) {
    throw new Error(`${PACKAGE} is needed once: "npm pack ${PACKAGE}" must work here, as "npm ci" does`, {
      cause: error,
    });
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha512').update(bytes).digest('base64');
}
