// The operators' pages on a real server and store, with a clock moved by hand; requests as citizens leave them, and the mails that bring them.
// What operators do is left to the tests.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/store/open.ts';
import { createFeed } from '../../adapters/web/feed.ts';
import { createMetrics } from '../../adapters/web/metrics.ts';
import { createServer } from '../../adapters/web/server.ts';
import { caseDigits, caseLink } from '../../bot/cases/proof.ts';
import { createOffice } from '../../bot/cases/office.ts';
import type { Office } from '../../bot/cases/office.ts';
import { readConfig } from '../../bot/config.ts';
import { createLinks } from '../../bot/links.ts';
import { silentLog } from '../../bot/log.ts';
import { handOver } from '../../bot/mail/hand-over.ts';
import type { Case, CaseDetails, CaseEvent, CaseMessage, ClaimedMail, Store } from '../../bot/ports.ts';
import type { Environment } from '../../bot/talk.ts';
import { aCase, aTurn } from '../store-samples.ts';
import { testEnvironment } from './environment.ts';
import { rome } from './fresh.ts';

const SECRET = 'a secret that only these tests know, long enough';

export interface DeskWorld {
  url: string;
  env: Environment;
  store: Store;
  office: Office;
  now(): Date;
  /** Moves the clock on. */
  pass(minutes: number): void;
  /** Sets the clock to that moment of Rome. */
  at(moment: string): void;
  /** A request of somebody, delivered to its desk. */
  request(changes?: Partial<Case>, details?: Partial<CaseDetails>): Promise<Case>;
  /** The link that its mail brings, and the digits beside it. */
  mailOf(made: Case, days?: number): { link: string; digits: string };
  /** The case as it is now. */
  read(id: string): Promise<{ made: Case; events: CaseEvent[]; messages: CaseMessage[] }>;
  /** What the person was told, newest last. */
  told(conversationId: string): Promise<string[]>;
  /** Every mail that waits, taken out and counted as sent. */
  mails(): Promise<ClaimedMail[]>;
  close(): Promise<void>;
}

/** Starts on Monday 23 November 2026 at nine in Rome. */
export async function deskWorld(): Promise<DeskWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bussola-desk-'));
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, TOKEN_SECRET: SECRET });
  const store = await openStore({ dataDir, log: silentLog });
  let now = rome('2026-11-23T09:00');
  const clock = (): Date => now;
  const env = testEnvironment({ links: createLinks(SECRET, 'http://127.0.0.1') });
  const office = createOffice({ env, store, clock, committed: () => {} });
  const server = createServer({
    config,
    turn: async () => [],
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
  env.links = createLinks(SECRET, url);
  let requests = 0;
  return {
    url,
    env,
    store,
    office,
    now: clock,
    pass: (minutes) => void (now = new Date(now.getTime() + minutes * 60_000)),
    at: (moment) => void (now = rome(moment)),
    async request(changes = {}, details = {}) {
      const id = `case-${(requests += 1)}`;
      const base = aCase({ id, code: `PRC-ABCD${requests + 1}`, conversationId: `talk-${requests}` });
      const made: Case = {
        ...base,
        createdAt: now,
        requestedAt: now,
        life: { ...base.life, since: now.toISOString() },
        ...changes,
        details: { ...base.details, contact: PHONE, ...details },
      };
      const mail = handOver(env, made, now) ?? assert.fail(`${made.deskId} has no inbox`);
      const event = { caseId: made.id, at: now, type: 'requested', by: 'person' } as const;
      const turn = aTurn({
        conversationId: made.conversationId,
        cases: [made],
        events: [event],
        outbox: [mail],
        at: now,
      });
      assert.equal((await store.commit(turn)).result, 'committed');
      for (const one of await store.outbox.claim(now, 100, 60_000)) await store.outbox.sent(one, now);
      return (await store.caseById(made.id)) ?? assert.fail('not kept');
    },
    mailOf(made, days) {
      const link = days === undefined ? caseLink(env, made, now) : env.links.url('case', made.id, 0, now, days);
      return { link, digits: caseDigits(env, made) };
    },
    async read(id) {
      const made = (await store.caseById(id)) ?? assert.fail(`no case ${id}`);
      return { made, events: await store.caseEvents(id), messages: await store.caseMessages(id) };
    },
    async told(conversationId) {
      const all = await store.activities(conversationId, 0);
      return all.flatMap((one) => (one.from === 'bot' ? [one.reply.text] : []));
    },
    async mails() {
      const due = await store.outbox.claim(new Date(now.getTime() + 1000), 1000, 60_000);
      for (const mail of due) await store.outbox.sent(mail, now);
      return due;
    },
    async close() {
      await server.close();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const PHONE = { kind: 'phone' as const, value: '+393330000000', shown: '333 000 0000' };

/** Digits that are not the right ones, all different. */
export function guesses(right: string, count: number): string[] {
  const all = Array.from({ length: count + 1 }, (_, index) => String(index).padStart(4, '0'));
  return all.filter((one) => one !== right).slice(0, count);
}

/** A browser without scripts: its cookie, and the form of the page it looks at. */
export interface Visit {
  cookie: string;
  status: number;
  html: string;
  /** Where a form sent it. */
  location: string | null;
}

export async function look(link: string, cookie = ''): Promise<Visit> {
  const response = await fetch(link, { headers: { cookie }, redirect: 'manual' });
  return { cookie, status: response.status, html: await response.text(), location: response.headers.get('location') };
}

/** Presses a button of the page as it was looked at; the page's hidden fields go along. */
export async function press(link: string, page: Visit, fields: Record<string, string>): Promise<Visit> {
  const hidden = (name: string): string => new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page.html)?.[1] ?? '';
  const body = new URLSearchParams({ once: hidden('once'), seen: hidden('seen'), altro_recapito: '', ...fields });
  const response = await fetch(link, { method: 'POST', body, headers: { cookie: page.cookie }, redirect: 'manual' });
  const set = response.headers.get('set-cookie')?.split(';')[0];
  return {
    cookie: set ?? page.cookie,
    status: response.status,
    html: await response.text(),
    location: response.headers.get('location'),
  };
}

/** Looks and presses at once. */
export async function does(link: string, cookie: string, fields: Record<string, string>): Promise<Visit> {
  return press(link, await look(link, cookie), fields);
}
