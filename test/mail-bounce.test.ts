// The whole road of a mail that comes back: sent over SMTP, returned into the mailbox, and everybody who counts on it told.
// What each server writes in such a mail is left to mail-returned.test.ts, when what is due to the tests of the clock.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBounces } from '../adapters/mail/bounces.ts';
import { noChange } from '../bot/cases/change.ts';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { silentLog } from '../bot/log.ts';
import { handOver } from '../bot/mail/hand-over.ts';
import type { Case } from '../bot/ports.ts';
import { ImapDouble } from './doubles/imap.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import { makeCase } from './support/mail.ts';

/** A Tuesday, 10:00 in Rome. */
const AT = new Date('2026-11-24T09:00:00Z');

describe('a request that comes back', () => {
  it('goes to the second inbox and to the coordinator at once, and the person is told', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bussola-bounce-'));
    const [smtp, imap] = [await SmtpDouble.start(), await ImapDouble.start()];
    const config = readConfig({
      DATA_DIR: dataDir,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'bussola@comune.example',
      BOUNCE_IMAP_URL: imap.url,
      COORDINATOR_EMAIL: 'coordinamento@comune.example',
      PUBLIC_URL: 'https://bussola.example',
    });
    const core = await createCore(config, () => AT, silentLog, { announce: () => {} });
    const back: string[] = [];
    const bounces = startBounces({
      config,
      store: core.store,
      log: silentLog,
      clock: () => AT,
      onBounce: (id) => back.push(id),
      pollMs: 3_600_000,
    });
    try {
      assert.ok(bounces);
      const [made, outboxId] = await request(core);
      await core.outbox.drain();
      assert.equal((await core.store.caseById(made.id))?.state, 'delivered');
      assert.equal(smtp.delivered[0]?.mail.messageId, `<${outboxId}@comune.example>`);

      const report = await readFile(new URL('data/returned/postfix.eml', import.meta.url), 'utf8');
      imap.add(report.replaceAll('{{id}}', outboxId).replaceAll('\n', '\r\n'));
      await bounces.look();
      assert.deepEqual(back, [made.id]);
      assert.equal(imap.seen.length, 1);
      const returned = await core.store.caseById(made.id);
      assert.equal(returned?.state, 'undeliverable');
      assert.ok((await core.store.caseEvents(made.id)).some(({ type }) => type === 'bounced'));

      await core.sweeper.sweep();
      await core.outbox.drain();
      const { secondInbox } = core.env.directory.desk(made.deskId) ?? {};
      assert.ok(secondInbox);
      const mails = smtp.delivered.slice(1);
      const again = mails.find(({ to }) => to.includes(secondInbox.address));
      assert.match(again?.mail.text ?? '', /SECONDO INVIO/);
      assert.notEqual(again?.mail.messageId, `<${outboxId}@comune.example>`);
      const alert = mails.find(({ to }) => to.includes('coordinamento@comune.example'));
      assert.match(alert?.mail.subject ?? '', /^\[Bussola\] PRC-7F3K2 e-mail/);
      assert.ok((await core.store.caseEvents(made.id)).some(({ type }) => type === 'person_told'));
    } finally {
      await bounces?.stop();
      await core.close();
      await Promise.all([smtp.stop(), imap.stop()]);
      await rm(dataDir, { recursive: true });
    }
  });
});

async function request(core: Core): Promise<[Case, string]> {
  const plain = makeCase();
  const life = { ...plain.life, since: AT.toISOString() };
  const made: Case = { ...plain, deskId: 'porcari-segretariato', life, version: 0, createdAt: AT, requestedAt: AT };
  const mail = handOver(core.env, made, AT);
  assert.ok(mail);
  const done = await core.store.commitCase({ ...noChange(), cases: [made], outbox: [mail], at: AT });
  assert.equal(done, 'committed');
  return [made, mail.id];
}
