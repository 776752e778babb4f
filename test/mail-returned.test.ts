// Mails that come back: what each kind of server writes, and what it means for a mail of ours; the mailbox they come to.
// What then happens to the case is left to the tests of the store and of the clock.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { startBounces } from '../adapters/mail/bounces.ts';
import type { BounceOptions, Bounces } from '../adapters/mail/bounces.ts';
import { readReturned } from '../adapters/mail/returned.ts';
import type { Returned } from '../adapters/mail/returned.ts';
import type { Log, LogFields } from '../bot/log.ts';
import { ImapDouble } from './doubles/imap.ts';
import type { ImapManners } from './doubles/imap.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import { MemoryOutbox } from './doubles/outbox.ts';
import { makeMail, until } from './support/mail.ts';

const ID = 'b7b1d0de-5c1e-4b3f-9a55-0c6f4a1e2d3b';
const HOST = 'comune.example';
const AT = new Date('2026-11-24T09:10:00Z');

function sample(name: string, id = ID): Buffer {
  const text = readFileSync(new URL(`data/returned/${name}.eml`, import.meta.url), 'utf8');
  return Buffer.from(text.replaceAll('{{id}}', id).replaceAll('\n', '\r\n'));
}

describe('a mail that came back', () => {
  const failed = (code: string): Returned => ({ kind: 'failed', outboxIds: [ID], code });
  const expected: Record<string, Returned> = {
    postfix: failed('5.1.1'),
    'postfix-expired': failed('4.4.1'),
    exchange: failed('5.2.2'),
    gmail: failed('5.1.1'),
    qmail: failed('5.7.1'),
    exim: failed('5.1.10'),
    'pec-mancata-consegna': failed('5.1.1'),
    'postfix-delayed': { kind: 'machine', what: 'delayed' },
    'exim-delayed': { kind: 'machine', what: 'delayed' },
    'pec-preavviso': { kind: 'machine', what: 'delayed' },
    'postfix-relayed': { kind: 'machine', what: 'automatic' },
    'pec-consegna': { kind: 'machine', what: 'automatic' },
    away: { kind: 'machine', what: 'automatic' },
    vacation: { kind: 'machine', what: 'automatic' },
    human: { kind: 'other' },
    foreign: { kind: 'other' },
    forged: { kind: 'failed', outboxIds: ['not-a-mail-of-ours'], code: '5.1.1' },
  };
  for (const [name, returned] of Object.entries(expected))
    it(`${name}: ${returned.kind === 'machine' ? returned.what : returned.kind}`, async () => {
      assert.deepEqual(await readReturned(sample(name), HOST), returned);
    });

  it('is known also by its headers alone, and in capitals', async () => {
    const text = sample('gmail').toString();
    const without = text.replace(/--000000000000a1b2c3060a1b2c3d\r\nContent-Type: message\/rfc822[\s\S]*$/, '');
    assert.deepEqual(await readReturned(Buffer.from(without), HOST), failed('5.1.1'));
    assert.deepEqual(await readReturned(sample('postfix'), 'COMUNE.example'), failed('5.1.1'));
  });

  it('is not ours under another host, or with an id that no mail of ours can have', async () => {
    assert.deepEqual(await readReturned(sample('postfix'), 'altro.example'), { kind: 'other' });
    assert.deepEqual(await readReturned(sample('postfix', 'a.b/../c'), HOST), { kind: 'other' });
  });

  it('is left to people when it cannot be read, whatever it is', async () => {
    const nested = Array.from(
      { length: 60 },
      (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n`,
    );
    const whole = sample('exchange');
    const odd = [
      Buffer.alloc(0),
      Buffer.from([0, 255, 254, 13, 10, 0]),
      Buffer.from(nested.join('')),
      Buffer.from(`Subject: ${'a'.repeat(300_000)}`),
      Buffer.from(`Content-Type: multipart/report; boundary="\r\n\r\n${'--'.repeat(10_000)}`),
    ];
    for (const source of odd) assert.deepEqual(await readReturned(source, HOST), { kind: 'other' });
    for (let end = 0; end < whole.length; end += 97)
      assert.ok(['other', 'failed', 'machine'].includes((await readReturned(whole.subarray(0, end), HOST)).kind));
  });
});

interface Line {
  event: string;
  fields: LogFields | undefined;
}

function book(): { log: Log; lines: Line[] } {
  const lines: Line[] = [];
  const write = (event: string, fields?: LogFields): void => void lines.push({ event, fields });
  return { log: { info: write, warn: write, error: write }, lines };
}

describe('the mailbox of the sender', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function open(
    manners: ImapManners = {},
    changes: Partial<BounceOptions> = {},
  ): Promise<{ imap: ImapDouble; outbox: MemoryOutbox; bounced: string[]; lines: Line[]; begin: () => Bounces }> {
    const imap = await ImapDouble.start(manners);
    closing.push(() => imap.stop());
    const outbox = new MemoryOutbox();
    outbox.add(makeMail(ID), AT);
    const [mail] = await outbox.claim(AT, 1, 1000);
    assert.ok(mail && (await outbox.sent(mail, AT)));
    const bounced: string[] = [];
    const { log, lines } = book();
    const begin = (): Bounces => {
      const bounces = startBounces({
        config: { bounceImapUrl: imap.url, mailFrom: { name: '', address: `bussola@${HOST}` } },
        store: { outbox },
        log,
        clock: () => AT,
        onBounce: (caseId) => bounced.push(caseId),
        pollMs: 3_600_000,
        ...changes,
      });
      assert.ok(bounces);
      closing.push(() => bounces.stop());
      return bounces;
    };
    return { imap, outbox, bounced, lines, begin };
  }

  it('tells the store of what came back, once, and marks it seen', async () => {
    const { imap, outbox, bounced, lines, begin } = await open();
    const uid = imap.add(sample('postfix'));
    const bounces = begin();
    await bounces.look();
    assert.deepEqual([outbox.states(), outbox.row(ID).error], [{ [ID]: 'dead' }, '5.1.1']);
    assert.deepEqual([bounced, imap.seen], [[`case-of-${ID}`], [uid]]);
    const again = imap.add(sample('gmail'));
    await bounces.look();
    assert.deepEqual([bounced.length, imap.seen], [1, [uid, again]]);
    assert.ok(lines.some(({ event, fields }) => event === 'mail_bounced' && fields?.code === '5.1.1'));
    assert.doesNotMatch(JSON.stringify(lines), /@|sportello|geheim|333/);
  });

  it('takes no delay, no automatic reply, no forged report and no person for a failure, and leaves people’s mail unseen', async () => {
    const { imap, outbox, bounced, begin } = await open();
    const machines = ['postfix-delayed', 'pec-preavviso', 'away', 'vacation', 'pec-consegna', 'forged'];
    const marked = machines.map((name) => imap.add(sample(name)));
    const left = ['human', 'foreign'].map((name) => imap.add(sample(name)));
    const bounces = begin();
    await bounces.look();
    await bounces.look();
    assert.deepEqual([outbox.states(), bounced], [{ [ID]: 'sent' }, []]);
    assert.deepEqual(imap.seen, marked);
    for (const uid of left) {
      const fetches = imap.commands.filter((command) => command.startsWith(`UID FETCH ${uid} `));
      assert.equal(fetches.length, 1, 'what is left to people is read once');
    }
    assert.doesNotMatch(imap.commands.join('\n'), /Deleted|EXPUNGE|MOVE|COPY|APPEND/i);
  });

  it('marks nothing that the store did not keep, and reads it again', async () => {
    let away = true;
    const kept: string[] = [];
    const bounced = async (id: string): Promise<string> => {
      if (away) throw new Error('store away');
      kept.push(id);
      return 'case-1';
    };
    const { imap, lines, begin } = await open({}, { store: { outbox: { bounced } } });
    const uid = imap.add(sample('qmail'));
    const bounces = begin();
    await bounces.look();
    assert.deepEqual([imap.seen, kept], [[], []]);
    assert.ok(lines.some(({ event }) => event === 'bounces_unreadable'));
    away = false;
    await bounces.look();
    assert.deepEqual([imap.seen, kept], [[uid], [ID]]);
  });

  const faults: [string, ImapManners][] = [
    ['refuses the password', { login: 'refuse' }],
    ['closes in the middle', { fault: 'drop' }],
    ['falls silent', { fault: 'silent' }],
    ['never greets', { fault: 'hang' }],
  ];
  for (const [name, manners] of faults)
    it(`goes on when the server ${name}`, async () => {
      const { imap, outbox, lines, begin } = await open(manners, { times: { connect: 150, silence: 150 } });
      imap.add(sample('exchange'));
      const bounces = begin();
      await bounces.look();
      assert.deepEqual(outbox.states(), { [ID]: 'sent' });
      assert.ok(lines.some(({ event }) => event === 'bounces_unreadable'));
      assert.doesNotMatch(JSON.stringify(lines), /geheim|@/);
      imap.manners = {};
      await bounces.look();
      assert.deepEqual(outbox.states(), { [ID]: 'dead' });
    });

  it('looks again by itself', async () => {
    const { imap, outbox, begin } = await open({}, { pollMs: 20 });
    begin();
    await until(() => imap.connections > 1);
    imap.add(sample('postfix'));
    await until(() => outbox.states()[ID] === 'dead');
  });

  it('stops in the middle of a visit', async () => {
    const { imap, begin } = await open({ fault: 'silent' });
    imap.add(sample('postfix'));
    const bounces = begin();
    await until(() => imap.commands.some((command) => command.startsWith('UID FETCH')));
    await bounces.stop();
    assert.deepEqual(imap.seen, []);
  });

  it('begins anew when the mailbox numbers its mails anew', async () => {
    const { imap, outbox, begin } = await open();
    imap.add(sample('human'));
    const bounces = begin();
    await bounces.look();
    imap.validity += 1;
    imap.mails.length = 0;
    imap.add(sample('postfix'));
    await bounces.look();
    assert.deepEqual(outbox.states(), { [ID]: 'dead' });
  });

  it('says no password in clear to a host that is not this one', async () => {
    const { imap, lines } = await open();
    // Another name of this machine stands for a host elsewhere: it must offer STARTTLS, and this server has none.
    const elsewhere = imap.url.replace('127.0.0.1', '0.0.0.0');
    const config = { bounceImapUrl: elsewhere, mailFrom: { name: '', address: `bussola@${HOST}` } };
    const bounces = startBounces({ config, store: { outbox: new MemoryOutbox() }, ...silent(lines) });
    assert.ok(bounces);
    await bounces.look();
    await bounces.stop();
    assert.ok(imap.connections > 0);
    assert.ok(!imap.commands.includes('LOGIN'));
    assert.ok(lines.some(({ event }) => event === 'bounces_unreadable'));
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const secure = await SmtpDouble.start({}, { tls: { secure: true } });
    closing.push(() => secure.stop());
    const lines: Line[] = [];
    const bounceImapUrl = `imaps://bussola:geheim@127.0.0.1:${secure.port}/INBOX?tls.rejectUnauthorized=false`;
    const config = { bounceImapUrl, mailFrom: { name: '', address: `bussola@${HOST}` } };
    const bounces = startBounces({ config, store: { outbox: new MemoryOutbox() }, ...silent(lines) });
    await bounces?.look();
    await bounces?.stop();
    assert.match(lines[0]?.fields?.error ?? '', /SELF_SIGNED|EXPIRED/);
  });

  it('is not looked for where none is configured', () => {
    const config = { bounceImapUrl: undefined, mailFrom: { name: '', address: `bussola@${HOST}` } };
    assert.equal(startBounces({ config, store: { outbox: new MemoryOutbox() }, ...silent([]) }), undefined);
  });

  function silent(lines: Line[]): Pick<BounceOptions, 'log' | 'clock' | 'onBounce'> {
    const write = (event: string, fields?: LogFields): void => void lines.push({ event, fields });
    return { log: { info: write, warn: write, error: write }, clock: () => AT, onBounce: () => {} };
  }
});
