// The worker over an outbox in memory and a clock that is set: what is tried again, when, and what is given up.
// What each refusal of a server means is left to mail-transport.test.ts.
import assert from 'node:assert/strict';
import { createMailer } from '../adapters/mail/mailer.ts';
import { silentLog } from '../bot/log.ts';
import type { Log } from '../bot/log.ts';
import { retryAt, tooOld } from '../bot/outbox-schedule.ts';
import { LEASE_MS, startOutboxWorker } from '../bot/outbox-worker.ts';
import type { OutboxWorker, OutboxWorkerOptions, SendResult } from '../bot/outbox-worker.ts';
import type { OutboxMail } from '../bot/ports.ts';
import { MemoryOutbox } from './doubles/outbox.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import { makeClaimed, makeMail, until } from './support/mail.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = new Date('2026-11-21T09:00:00Z');
const workers: OutboxWorker[] = [];

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop(0);
});

interface Bench {
  outbox: MemoryOutbox;
  worker: OutboxWorker;
  dead: string[];
  errors: string[];
  pass(milliseconds: number): void;
}

/** A worker that looks only when told to; `send` stands for the transport. */
function bench(send: (mail: OutboxMail) => Promise<SendResult>, more: Partial<OutboxWorkerOptions> = {}): Bench {
  let now = START;
  const outbox = new MemoryOutbox();
  const dead: string[] = [];
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (event) => void errors.push(event) };
  const worker = startOutboxWorker({
    outbox,
    mailer: { send },
    clock: () => now,
    log,
    onDead: (mail) => void dead.push(mail.id),
    pollMs: DAY,
    random: () => 0,
    ...more,
  });
  workers.push(worker);
  return { outbox, worker, dead, errors, pass: (milliseconds) => void (now = new Date(now.getTime() + milliseconds)) };
}

const always = (outcome: SendResult) => async (): Promise<SendResult> => outcome;

describe('the outbox worker', () => {
  it('sends what is due and records it', async () => {
    const { outbox, worker } = bench(always({ result: 'sent' }));
    for (const id of ['a', 'b', 'c', 'd', 'e']) outbox.add(makeMail(id), START);
    await worker.drain();
    assert.deepEqual(outbox.states(), { a: 'sent', b: 'sent', c: 'sent', d: 'sent', e: 'sent' });
  });

  it('sees by itself what is committed later', async () => {
    const { outbox } = bench(always({ result: 'sent' }), { pollMs: 5 });
    outbox.add(makeMail('later'), START);
    await until(() => outbox.states()['later'] === 'sent');
  });

  it('looks at once when woken', async () => {
    const { outbox, worker } = bench(always({ result: 'sent' }));
    await worker.drain();
    outbox.add(makeMail('woken'), START);
    worker.wake();
    await until(() => outbox.states()['woken'] === 'sent');
  });

  it('tries again after 1, 5, 15, 30 and 60 minutes, then every two hours, a little apart', async () => {
    const { outbox, worker, pass } = bench(always({ result: 'retry', error: 'EENVELOPE 451' }));
    outbox.add(makeMail('a'), START);
    const waits = [];
    for (let tries = 1; tries <= 7; tries += 1) {
      await worker.drain();
      assert.equal(outbox.row('a').attempts, tries);
      const wait = outbox.row('a').dueAt.getTime() - outbox.row('a').recordedAt.getTime();
      waits.push(wait / MINUTE);
      pass(wait);
    }
    assert.deepEqual(waits, [1, 5, 15, 30, 60, 120, 120]);
    assert.equal(outbox.row('a').error, 'EENVELOPE 451');
    const spread = [0, 0.5, 0.999].map((random) => retryAt(9, START, () => random).getTime() - START.getTime());
    assert.ok(spread.every((wait) => wait <= 120 * MINUTE && wait >= 108 * MINUTE));
    assert.equal(new Set(spread).size, 3);
  });

  it('gives up at once what a server refuses for good, and says that it has', async () => {
    const { outbox, worker, dead, errors } = bench(always({ result: 'permanent', error: 'EENVELOPE 550' }));
    outbox.add(makeMail('a'), START);
    await worker.drain();
    assert.equal(outbox.row('a').state, 'dead');
    assert.deepEqual(dead, ['a']);
    assert.deepEqual(errors, ['mail_dead']);
  });

  it('gives up after five days of trying, not before', async () => {
    const { outbox, worker, dead, pass } = bench(always({ result: 'retry', error: 'ESOCKET' }));
    outbox.add(makeMail('a'), START);
    let last = START;
    while (outbox.row('a').state === 'pending') {
      await worker.drain();
      const row = outbox.row('a');
      if (row.state === 'pending') {
        assert.ok(row.recordedAt.getTime() - START.getTime() < 5 * DAY);
        pass(row.dueAt.getTime() - row.recordedAt.getTime());
      }
      last = row.recordedAt;
    }
    assert.equal(outbox.row('a').state, 'dead');
    const days = (last.getTime() - START.getTime()) / DAY;
    assert.ok(days >= 5 && days < 5.1, String(days));
    assert.deepEqual(dead, ['a']);
  });

  it('still tries an old mail that had hardly been tried', () => {
    const now = new Date(START.getTime() + 6 * DAY);
    assert.equal(tooOld(makeClaimed('a', 1, START), now), false);
    assert.equal(tooOld(makeClaimed('a', 60, START), now), true);
    assert.equal(tooOld(makeClaimed('a', 60, now), now), false);
  });

  it('asks again before each try: later moves the mail and counts no try, never drops it', async () => {
    let may: Date | 'now' | 'never' = 'now';
    let sent = 0;
    const send = async (): Promise<SendResult> => {
      sent += 1;
      return { result: 'retry', error: '451' };
    };
    const { outbox, worker, pass } = bench(send, { mayGo: async () => may });
    outbox.add(makeMail('a'), START);
    await worker.drain();
    assert.equal(sent, 1);
    may = new Date(START.getTime() + DAY);
    pass(10 * MINUTE);
    await worker.drain();
    assert.deepEqual([sent, outbox.row('a').attempts, outbox.row('a').dueAt], [1, 1, may]);
    may = 'never';
    pass(DAY);
    await worker.drain();
    assert.deepEqual([sent, outbox.states()], [1, { a: 'cancelled' }]);
  });

  it('drops what is no longer true, also where it would only be sent after that', async () => {
    const { outbox, worker } = bench(always({ result: 'sent' }), {
      mayGo: async ({ id }, now) => (id === 'late' ? new Date(now.getTime() + 2 * MINUTE) : 'now'),
    });
    outbox.add({ ...makeMail('past'), until: START }, START);
    outbox.add({ ...makeMail('late'), until: new Date(START.getTime() + MINUTE) }, START);
    outbox.add({ ...makeMail('true'), until: new Date(START.getTime() + MINUTE) }, START);
    await worker.drain();
    assert.deepEqual(outbox.states(), { past: 'cancelled', late: 'cancelled', true: 'sent' });
  });

  it('sends nothing where it cannot be asked, and asks again', async () => {
    let away = true;
    const { outbox, worker, pass, errors } = bench(always({ result: 'sent' }), {
      mayGo: async () => (away ? Promise.reject(new Error('store away')) : 'now'),
    });
    outbox.add(makeMail('a'), START);
    await worker.drain();
    assert.deepEqual([outbox.states(), errors], [{ a: 'pending' }, ['outbox_unrecorded']]);
    away = false;
    pass(LEASE_MS);
    await worker.drain();
    assert.deepEqual(outbox.states(), { a: 'sent' });
  });

  it('pauses the whole transport on a wrong password, tries one mail now and then, and resumes', async () => {
    let wrong = true;
    let tries = 0;
    const { outbox, worker, pass, errors } = bench(async () => {
      tries += 1;
      return wrong ? { result: 'paused', error: 'EAUTH 535' } : { result: 'sent' };
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) outbox.add(makeMail(id), START);
    worker.wake();
    await until(() => worker.paused() !== null);
    const atFirst = tries;
    assert.ok(atFirst <= 2);
    assert.deepEqual(worker.paused()?.error, 'EAUTH 535');
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(tries, atFirst);
    pass(30 * MINUTE);
    await worker.drain();
    assert.equal(tries, atFirst + 1);
    assert.deepEqual(new Set(Object.values(outbox.states())), new Set(['pending']));
    assert.ok(errors.every((event) => event === 'mail_transport_paused'));
    wrong = false;
    pass(30 * MINUTE);
    await worker.drain();
    assert.deepEqual(new Set(Object.values(outbox.states())), new Set(['sent']));
    assert.equal(worker.paused(), null);
  });

  it('records nothing when its lease has passed to another', async () => {
    const { outbox, worker, dead } = bench(async (mail) => {
      outbox.row(mail.id).lease = 'another';
      return mail.id === 'a' ? { result: 'sent' } : { result: 'permanent', error: 'EENVELOPE 550' };
    });
    outbox.add(makeMail('a'), START);
    outbox.add(makeMail('b'), START);
    await worker.drain();
    assert.deepEqual(outbox.states(), { a: 'pending', b: 'pending' });
    assert.deepEqual(dead, []);
  });

  it('sends nothing under a lease that ran out while the process slept', async () => {
    let sent = 0;
    const { outbox, worker, pass } = bench(async () => {
      sent += 1;
      return { result: 'sent' };
    });
    outbox.add(makeMail('a'), START);
    outbox.onClaimed = () => {
      outbox.onClaimed = () => {};
      pass(LEASE_MS + 1);
      outbox.row('a').lease = 'another';
      outbox.row('a').dueAt = new Date(START.getTime() + 3 * LEASE_MS);
    };
    await worker.drain();
    assert.equal(sent, 0);
  });

  it('is not held up by one server that hangs', async () => {
    let release: (outcome: SendResult) => void = () => {};
    const { outbox, worker } = bench(({ id }) =>
      id === 'stuck' ? new Promise<SendResult>((resolve) => (release = resolve)) : Promise.resolve({ result: 'sent' }),
    );
    outbox.add(makeMail('stuck'), START);
    for (const id of ['b', 'c', 'd']) outbox.add(makeMail(id), START);
    const drained = worker.drain();
    await until(() => Object.values(outbox.states()).filter((state) => state === 'sent').length === 3);
    assert.equal(outbox.row('stuck').state, 'pending');
    release({ result: 'sent' });
    await drained;
    assert.equal(outbox.row('stuck').state, 'sent');
  });

  it('outlives a store that fails and a transport that throws', async () => {
    const { outbox, worker, errors } = bench(async (mail) => {
      if (mail.id === 'throws') throw new Error('broken');
      return { result: 'permanent', error: 'EENVELOPE 550' };
    });
    outbox.failNextClaim = true;
    outbox.add(makeMail('throws'), START);
    outbox.add(makeMail('b'), START);
    await worker.drain();
    await worker.drain();
    assert.deepEqual(outbox.states(), { throws: 'pending', b: 'dead' });
    assert.equal(outbox.row('throws').error, 'broken');
    assert.deepEqual(errors.toSorted(), ['mail_dead', 'outbox_unreadable']);
  });

  it('takes no more mails once stopped, and waits for the one on its way', async () => {
    let release: (outcome: SendResult) => void = () => {};
    const { outbox, worker } = bench(() => new Promise<SendResult>((resolve) => (release = resolve)));
    outbox.add(makeMail('a'), START);
    worker.wake();
    await until(() => outbox.row('a').lease !== null);
    const stopped = worker.stop();
    outbox.add(makeMail('b'), START);
    release({ result: 'sent' });
    await stopped;
    worker.wake();
    await worker.drain();
    assert.deepEqual(outbox.states(), { a: 'sent', b: 'pending' });
  });

  it('delivers over real SMTP after a 451, once, under the first Message-ID', async () => {
    const smtp = await SmtpDouble.start({ recipient: 451 });
    const mailer = createMailer(
      { smtpUrl: smtp.url, mailFrom: { name: 'B', address: 'b@comune.example' }, dataDir: '/nowhere' },
      silentLog,
    );
    const { outbox, worker, pass } = bench((mail) => mailer.send(mail));
    outbox.add(makeMail('out-1'), START);
    await worker.drain();
    assert.equal(outbox.row('out-1').state, 'pending');
    smtp.manners = {};
    pass(MINUTE);
    await worker.drain();
    assert.equal(outbox.row('out-1').state, 'sent');
    assert.deepEqual(
      smtp.delivered.map(({ mail }) => mail.messageId),
      ['<out-1@comune.example>'],
    );
    await mailer.close();
    await smtp.stop();
  });
});
