// The settings: every mistake is named, all at once, before anything starts; .env.example knows each of them.
// What a setting does once it is right is left to the tests of the part that uses it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { VARIABLES, readConfig } from '../bot/config.ts';
import type { Environment } from '../bot/config.ts';
import { ConfigError, DirectoryError } from '../bot/errors.ts';

const ROOT = new URL('../', import.meta.url);

/** Environment, and the whole list of what is wrong with it. */
const WRONG: [Environment, string[]][] = [
  [{ PORT: 'http' }, ['PORT is not a port number: http']],
  [{ PORT: '70000' }, ['PORT is not a port number: 70000']],
  [{ PORT: '-1' }, ['PORT is not a port number: -1']],
  [{ PUBLIC_URL: 'bussola.example' }, ['PUBLIC_URL is not an address beginning with http:// or https://']],
  [
    { DATABASE_URL: 'mysql://db.example' },
    ['DATABASE_URL is not an address beginning with postgres:// or postgresql://'],
  ],
  [
    { SMTP_URL: 'http://mail.example', MAIL_FROM: 'a@b.example' },
    ['SMTP_URL is not an address beginning with smtp:// or smtps://'],
  ],
  [{ SMTP_URL: 'smtp://mail.example' }, ['MAIL_FROM is missing: SMTP_URL is set, so mails need a sender']],
  [
    { BOUNCE_IMAP_URL: 'https://u:p@mail.example', SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example' },
    ['BOUNCE_IMAP_URL is not an address beginning with imap:// or imaps://'],
  ],
  [
    { BOUNCE_IMAP_URL: 'imaps://mail.example/INBOX', SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.example' },
    ['BOUNCE_IMAP_URL must hold user, password and host: imaps://user:password@host/INBOX'],
  ],
  [
    { BOUNCE_IMAP_URL: 'imaps://u:p@mail.example' },
    ['SMTP_URL is missing: BOUNCE_IMAP_URL is set, and no mail can come back'],
  ],
  [{ MAIL_FROM: 'Bussola <a@b.example>' }, ['MAIL_FROM is not an address: write only name@domain']],
  [{ TELEGRAM_TOKEN: 'secret' }, ['TELEGRAM_TOKEN is not a bot token: ask @BotFather']],
  [{ TELEGRAM_MODE: 'polling' }, ['TELEGRAM_TOKEN is missing: other TELEGRAM_ settings are set']],
  [{ TELEGRAM_TOKEN: '1:a', TELEGRAM_MODE: 'push' }, ['TELEGRAM_MODE must be one of: polling, webhook']],
  [
    { TELEGRAM_TOKEN: '1:a', TELEGRAM_MODE: 'webhook', PUBLIC_URL: 'http://b.example' },
    [
      'TELEGRAM_SECRET is missing: TELEGRAM_MODE is webhook',
      'PUBLIC_URL must be an https address: TELEGRAM_MODE is webhook',
    ],
  ],
  [{ TELEGRAM_TOKEN: '1:a', TELEGRAM_SECRET: 'short' }, ['TELEGRAM_SECRET must be 16 to 256 letters, digits, _ or -']],
  [
    { TELEGRAM_TOKEN: '1:a', TELEGRAM_API_ROOT: 'telegram' },
    ['TELEGRAM_API_ROOT is not an address beginning with http:// or https://'],
  ],
  [{ MicrosoftAppId: 'id' }, ['MicrosoftAppPassword is missing: both or neither must be set']],
  [{ MicrosoftAppPassword: 'password' }, ['MicrosoftAppId is missing: both or neither must be set']],
  [
    { DECODER_URL: 'model.example/v1', DECODER_MODEL: 'm' },
    ['DECODER_URL is not an address beginning with http:// or https://'],
  ],
  ...['http://model.example/v1', 'http://10.0.0.8/v1', 'http://127.evil.example/v1'].map(
    (DECODER_URL): [Environment, string[]] => [
      { DECODER_URL, DECODER_MODEL: 'm' },
      ['DECODER_URL must be an https address, unless it is on this machine'],
    ],
  ),
  ...['https://u:p@model.example/v1', 'https://model.example/v1?key=1'].map((DECODER_URL): [Environment, string[]] => [
    { DECODER_URL, DECODER_MODEL: 'm' },
    ['DECODER_URL must be a bare address, without password, ? or #: a key goes in DECODER_KEY'],
  ]),
  [{ DECODER_URL: 'https://model.example/v1' }, ['DECODER_MODEL is missing: DECODER_URL is set']],
  [{ DECODER_MODEL: 'm' }, ['DECODER_URL is missing: other DECODER_ settings are set']],
  [
    { DECODER_URL: 'https://model.example/v1', DECODER_MODEL: 'm', DECODER_KEY: 'two words' },
    ['DECODER_KEY must be printable ASCII, no spaces'],
  ],
  [{ TOKEN_SECRET: 'short' }, ['TOKEN_SECRET is too short: use at least 32 characters']],
  [
    { EMBED_ORIGINS: 'https://a.example, b.example https://c.example/path' },
    ['EMBED_ORIGINS has a wrong origin: b.example', 'EMBED_ORIGINS has a wrong origin: https://c.example/path'],
  ],
  [{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL must be one of: info, debug, warn, error, silent']],
];

function problemsOf(env: Environment): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

describe('configuration', () => {
  it('is complete with no setting at all', () => {
    const config = readConfig({});
    assert.equal(config.port, 3978);
    assert.equal(config.dataDir, './data');
    assert.equal(config.publicUrl, 'http://localhost:3978');
    assert.deepEqual(
      [config.telegram, config.smtpUrl, config.bounceImapUrl, config.databaseUrl, config.botFramework, config.decoder],
      Array(6).fill(undefined),
    );
  });

  it('takes an empty setting for none', () => {
    assert.deepEqual(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, ' ']))), readConfig({}));
  });

  it('takes an endpoint on this machine without TLS, any other with it', () => {
    for (const url of [
      'http://127.0.0.1:8080/v1',
      'http://localhost/v1',
      'http://[::1]:1/v1',
      'https://model.example/v1',
    ])
      assert.deepEqual(readConfig({ DECODER_URL: url, DECODER_MODEL: 'm' }).decoder, {
        url,
        model: 'm',
        key: undefined,
      });
  });

  for (const [env, problems] of WRONG)
    it(`refuses ${Object.entries(env)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`, () => {
      assert.deepEqual(problemsOf(env), problems);
    });

  it('names every problem at once', () => {
    const all = problemsOf({ PORT: 'x', LOG_LEVEL: 'loud', TOKEN_SECRET: 'short', MicrosoftAppId: 'id' });
    assert.deepEqual(
      all.map((problem) => problem.split(' ')[0]),
      ['PORT', 'MicrosoftAppPassword', 'LOG_LEVEL', 'TOKEN_SECRET'],
    );
  });

  it('repeats no password', () => {
    const problems = problemsOf({
      SMTP_URL: 'http://user:hunter2@mail.example',
      BOUNCE_IMAP_URL: 'pop3://user:hunter2@mail.example',
      DATABASE_URL: 'x://user:hunter2@db',
      TOKEN_SECRET: 'hunter2',
    });
    assert.doesNotMatch(problems.join(' '), /hunter2/);
    assert.equal(problems.length, 4);
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('.env.example', ROOT), 'utf8');
  const [, ...entries] = text.split('\n\n');
  const lines = entries.join('\n\n').trim().split('\n');

  it('has every setting that is read, in that order, and no other', () => {
    assert.deepEqual(
      [...text.matchAll(/^#?([A-Za-z_]+)=/gm)].map(([, name]) => name),
      [...VARIABLES],
    );
  });

  it('says of each, in one line, what it is for', () => {
    for (const [index, line] of lines.entries())
      if (/^#[A-Za-z_]+=/.test(line)) assert.match(lines[index - 1] ?? '', /^# \S.{10,}\.$/, line);
  });

  it('sets nothing by itself, and shows values that are accepted', () => {
    assert.doesNotMatch(text, /^[A-Za-z]/m);
    const shown = Object.fromEntries(
      [...text.matchAll(/^#([A-Za-z_]+)=(.+)$/gm)].map(([, name = '', value]) => [name, value]),
    );
    assert.deepEqual(
      problemsOf({ ...shown, TELEGRAM_TOKEN: '1:a', MicrosoftAppId: 'id', MicrosoftAppPassword: 'p' }),
      [],
    );
  });
});

describe('a start that cannot be', () => {
  const start = (env: Environment) =>
    spawnSync(process.execPath, ['bot/main.ts'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    });

  it('ends with 2 and the whole list, having opened nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bussola-config-'));
    const { status, stderr, stdout } = start({ PORT: 'x', LOG_LEVEL: 'loud', DATA_DIR: folder });
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true });
    assert.equal(status, 2);
    assert.equal(
      stderr,
      'Invalid configuration:\n  - PORT is not a port number: x\n  - LOG_LEVEL must be one of: info, debug, warn, error, silent\n',
    );
    assert.deepEqual([stdout, left], ['', []]);
  });

  it('is refused for a directory with mistakes, each with its file and line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bussola-directory-'));
    try {
      writeFileSync(join(folder, 'porcari.yaml'), 'organization:\n  id: porcari\n   name: Porcari\n');
      writeFileSync(join(folder, 'lucca.yaml'), 'organisation: {}\n');
      assert.throws(
        () => loadDirectory(pathToFileURL(`${folder}/`)),
        (error) =>
          error instanceof DirectoryError &&
          error.problems.some((one) => /porcari\.yaml:[23]:/.test(one)) &&
          error.problems.some((one) => /lucca\.yaml:1:/.test(one)),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
