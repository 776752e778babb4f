// The whole server with a real mail server beside it, on a weekday morning: what a case needs to go its road, channels included.
// Who writes, and in which channel, is left to the tests.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { clockFrom } from '../../bot/clock.ts';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import { start } from '../../bot/main.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import type { Delivered } from '../doubles/smtp.ts';
import { rome } from './fresh.ts';
import { makeFolder } from './server-process.ts';

/** What a mail to a desk gives to whoever reads it. */
export interface DeskMail {
  /** On this server, whatever port it has. */
  link: string;
  digits: string;
  sent: Delivered;
}

export interface Road {
  url: string;
  dataDir: string;
  smtp: SmtpDouble;
  /** The first mail whose subject fits, arrived or coming. */
  mail(subject: RegExp): Promise<DeskMail>;
  /** Everybody is cut off; the same store, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 15_000;

/** Begins on Monday 23 November 2026 at ten in Rome, and runs on from there. */
export async function openRoad(settings: Record<string, string> = {}): Promise<Road> {
  const folder = makeFolder();
  const smtp = await SmtpDouble.start();
  const clock = clockFrom(rome('2026-11-23T10:00'));
  const open = (port: number): ReturnType<typeof start> => {
    const own = { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder.path };
    const mail = { SMTP_URL: smtp.url, MAIL_FROM: 'bussola@comune.example' };
    return start(readConfig({ ...own, ...mail, ...settings }), silentLog, clock);
  };
  let server = await open(0);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    dataDir: folder.path,
    smtp,
    async mail(subject) {
      const find = (): Delivered | undefined => smtp.delivered.find(({ mail }) => subject.test(mail.subject ?? ''));
      await eventually(() => find() !== undefined, `no mail ${subject.source}`);
      const sent = find() ?? assert.fail('no mail');
      const text = sent.mail.text ?? '';
      const [, path = ''] = /http:\/\/[^/\s]+(\/s\/c\/\S+)/.exec(text) ?? [];
      const [, digits = ''] = /Numero da scrivere la prima volta: (\d{4})/.exec(text) ?? [];
      return { link: url + path, digits, sent };
    },
    async restart() {
      const { port } = server;
      await server.close();
      server = await open(port);
    },
    async close() {
      await server.close();
      await smtp.stop();
      folder.remove();
    },
  };
}

/** Looks again and again, for things that no event announces. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, what);
    await pause(20);
  }
}
