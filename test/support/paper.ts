// The real conversation behind the real web server, with a clock moved by hand: sheets are asked for and opened as people do.
// What stands on them is left to the tests.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFeed } from '../../adapters/web/feed.ts';
import { createMetrics } from '../../adapters/web/metrics.ts';
import { createServer } from '../../adapters/web/server.ts';
import { readConfig } from '../../bot/config.ts';
import { createCore } from '../../bot/core.ts';
import type { Core } from '../../bot/core.ts';
import { silentLog } from '../../bot/log.ts';
import type { Reply } from '../../bot/message.ts';
import { rome } from './fresh.ts';

export const PUBLIC_URL = 'https://bussola.example';

export interface PaperWorld {
  core: Core;
  url: string;
  now(): Date;
  pass(minutes: number): void;
  at(moment: string): void;
  /** A person in a talk of their own. */
  person(comune: string, language?: string): PaperPerson;
  /** As if from that address; `form`: sent by POST. */
  get(path: string, options?: { from?: string; form?: Record<string, string>; language?: string }): Promise<Opened>;
  close(): Promise<void>;
}

export interface PaperPerson {
  id: string;
  say(text: string): Promise<Reply[]>;
  tap(choice: string): Promise<Reply[]>;
}

export interface Opened {
  status: number;
  headers: Headers;
  text: string;
}

/** Starts on Tuesday 24 November 2026 at ten in Rome. */
export async function paperWorld(): Promise<PaperWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bussola-paper-'));
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, PUBLIC_URL, LOG_LEVEL: 'silent' });
  let now = rome('2026-11-24T10:00');
  const clock = (): Date => now;
  const core = await createCore(config, clock, silentLog, { announce: () => {} });
  const { env, store, turn, office } = core;
  const server = createServer({
    config,
    turn,
    store,
    feed: createFeed(),
    directory: env.directory,
    words: env.words,
    log: silentLog,
    clock,
    metrics: createMetrics(store.outbox, clock),
    pages: { get: () => undefined },
    desk: { env, office, mailed: () => {} },
  });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  let talks = 0;
  return {
    core,
    url,
    now: clock,
    pass: (minutes) => void (now = new Date(now.getTime() + minutes * 60_000)),
    at: (moment) => void (now = rome(moment)),
    person(comune, language = 'it') {
      const id = `web:paper-${(talks += 1)}`;
      let count = 0;
      const base = { channel: 'web' as const, conversationId: id, comune, language };
      const turnOf = async (part: { text: string; choice?: string }): Promise<Reply[]> => {
        const activities = await turn({ ...base, messageId: `m${(count += 1)}`, kind: 'message', ...part });
        return activities.flatMap((one) => (one.from === 'bot' ? [one.reply] : []));
      };
      return { id, say: (text) => turnOf({ text }), tap: (choice) => turnOf({ text: '', choice }) };
    },
    async get(path, { from, form, language = 'it' } = {}) {
      const response = await fetch(`${url}${path}`, {
        redirect: 'manual',
        headers: { 'accept-language': language, ...(from === undefined ? {} : { 'x-forwarded-for': from }) },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async close() {
      await server.close();
      await core.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The path of the sheet that a reply links to. */
export function sheetPath(replies: readonly Reply[]): string {
  const link = replies.flatMap(({ links }) => links).find(({ url }) => url.startsWith(`${PUBLIC_URL}/carta/`));
  assert.ok(link, `no sheet in: ${replies.map(({ text }) => text).join(' | ')}`);
  return link.url.slice(PUBLIC_URL.length);
}

/** From the bill to the card, and the sheet of it. */
export async function askSheet(person: PaperPerson): Promise<string> {
  await person.say('non riesco a pagare la bolletta della luce');
  await person.tap('economic.cutoff.no');
  await person.tap('access.followed.first');
  return sheetPath(await person.tap('result.sheet'));
}

/** On from the card to a request with a name, a number and words; its code. */
export async function makeRequest(person: PaperPerson): Promise<string> {
  await person.tap('result.request');
  await person.tap('request.consent.yes');
  await person.say('Fiordaliso');
  await person.say('333 000 0000');
  await person.tap('request.when.any');
  await person.tap('request.safe.any');
  await person.say('Non ho la luce da un mese');
  const sent = await person.tap('request.summary.send');
  return sent.find((one) => one.case !== null)?.case ?? assert.fail(sent.map(({ text }) => text).join('\n'));
}
