// Mails over real SMTP and into the folder: what arrives, what cannot be smuggled in, and what each refusal means.
// When a mail is tried again is left to outbox-worker.test.ts.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createMailer } from '../adapters/mail/mailer.ts';
import type { MailTransport } from '../adapters/mail/mailer.ts';
import type { SmtpTimes } from '../adapters/mail/smtp.ts';
import { createMailViewer } from '../adapters/mail/viewer.ts';
import { silentLog } from '../bot/log.ts';
import { requestMail } from '../bot/mail/request.ts';
import { loadWords } from '../bot/words.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import type { SmtpManners } from './doubles/smtp.ts';
import { COMUNE, DESK, makeCase, makeMail, until } from './support/mail.ts';

const mailFrom = { name: 'Bussola - Città di prova', address: 'bussola@comune.example' };
const words = loadWords();
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function server(
  manners: SmtpManners = {},
  times: Partial<SmtpTimes> = {},
): Promise<{ smtp: SmtpDouble; mailer: MailTransport }> {
  const smtp = await SmtpDouble.start(manners);
  closing.push(() => smtp.stop());
  return { smtp, mailer: connect(smtp.url, times) };
}

function connect(smtpUrl: string, times: Partial<SmtpTimes> = {}): MailTransport {
  const mailer = createMailer({ smtpUrl, mailFrom, dataDir: '/nowhere' }, silentLog, times);
  closing.push(() => mailer.close());
  return mailer;
}

async function folder(): Promise<{ dataDir: string; mailer: MailTransport }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bussola-mail-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  return { dataDir, mailer: createMailer({ smtpUrl: undefined, mailFrom, dataDir }, silentLog) };
}

function nasty(): ReturnType<typeof requestMail> {
  const evil = 'Anna\r\nBcc: evil@evil.example\r\n\r\n.\r\nMAIL FROM:<x@evil.example>\u2028Subject: altro';
  const details = {
    name: evil,
    note: { text: evil, lang: 'it' },
    contact: { kind: 'phone', value: evil, shown: evil },
  } as const;
  const desk = { ...DESK, name: `Sportello\r\nCc: evil@evil.example\u2029X: y` };
  return requestMail({
    case: makeCase(details),
    desk,
    comune: COMUNE,
    words,
    at: new Date(),
    answerLabel: () => evil,
    open: [],
  });
}

describe('mail over SMTP', () => {
  it('arrives whole: neutral subject, text, HTML, proposed time, marked as automatic', async () => {
    const { smtp, mailer } = await server();
    const mail = requestMail({
      case: makeCase(),
      desk: DESK,
      comune: COMUNE,
      words,
      at: new Date(),
      answerLabel: () => 'Sì, è così',
      open: [],
    });
    assert.deepEqual(await mailer.send(makeMail('out-1', mail)), { result: 'sent' });
    const [arrived] = smtp.delivered;
    assert.ok(arrived);
    assert.deepEqual([arrived.from, arrived.to], ['bussola@comune.example', ['sportello@comune.example']]);
    assert.equal(arrived.mail.subject, '[Bussola] PRC-7F3K2 richiesta di appuntamento');
    assert.equal(arrived.mail.messageId, '<out-1@comune.example>');
    assert.equal(arrived.mail.from?.value[0]?.name, 'Bussola - Città di prova');
    assert.equal(arrived.mail.text?.trim(), mail.text.trim());
    assert.ok(arrived.mail.html !== false && arrived.mail.html.includes('Fiordaliso'));
    assert.equal(arrived.mail.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(arrived.mail.replyTo, undefined);
    const calendar = arrived.mail.attachments.find(({ filename }) => filename === 'PRC-7F3K2.ics');
    const organizer = 'ORGANIZER;CN=Bussola:mailto:bussola@comune.example\r\n';
    assert.equal(calendar?.content.toString().replace(organizer, ''), mail.ics?.content);
    assert.equal(arrived.mail.references, '<case.case-of-out-1@comune.example>');
    assert.match(arrived.raw, /text\/calendar; charset=utf-8; method=PUBLISH/);
  });

  it('has the same Message-ID however often it is sent', async () => {
    const { smtp, mailer } = await server({ data: 451 });
    const first = await mailer.send(makeMail('again'));
    assert.equal(first.result, 'retry');
    smtp.manners = {};
    await mailer.send(makeMail('again'));
    await mailer.send(makeMail('again'));
    assert.deepEqual(
      smtp.delivered.map(({ mail }) => mail.messageId),
      ['<again@comune.example>', '<again@comune.example>'],
    );
  });

  it('takes no header and no recipient from anything a person wrote', async () => {
    const { smtp, mailer } = await server();
    assert.deepEqual(await mailer.send(makeMail('evil', nasty())), { result: 'sent' });
    const [arrived] = smtp.delivered;
    assert.ok(arrived);
    assert.deepEqual(arrived.to, ['sportello@comune.example']);
    assert.equal(arrived.from, 'bussola@comune.example');
    for (const name of ['bcc', 'cc', 'x']) assert.equal(arrived.mail.headers.has(name), false, name);
    assert.equal(arrived.mail.subject, '[Bussola] PRC-7F3K2 richiesta di appuntamento');
    const headers = arrived.raw.slice(0, arrived.raw.indexOf('\r\n\r\n'));
    assert.doesNotMatch(headers, /^(?:Bcc|Cc|X|MAIL FROM):/im);
    assert.equal(smtp.delivered.length, 1);
  });

  it('cleans subject, names and id once more, and refuses what is no single address', async () => {
    const { smtp, mailer } = await server();
    const subject = 'Codice\r\nBcc: evil@evil.example\u2028X-Evil: 1';
    await mailer.send(
      makeMail('odd id/../<x>\r\n', {
        subject,
        to: [{ name: 'A\r\nCc: b@evil.example', address: 'a@comune.example' }],
      }),
    );
    const [arrived] = smtp.delivered;
    assert.ok(arrived);
    assert.match(arrived.mail.messageId ?? '', /^<[0-9a-f]{64}@comune\.example>$/);
    assert.deepEqual(arrived.to, ['a@comune.example']);
    assert.deepEqual(
      ['bcc', 'cc', 'x-evil'].filter((name) => arrived.mail.headers.has(name)),
      [],
    );
    for (const address of [
      'a@x.example,b@x.example',
      'a@x.example\r\nRCPT TO:<b@x.example>',
      '',
      'a@x.example b@x.example',
    ])
      assert.equal((await mailer.send(makeMail('bad', { to: [{ name: '', address }] }))).result, 'permanent', address);
    assert.equal(smtp.delivered.length, 1);
  });

  const refusals: [string, SmtpManners, string, RegExp][] = [
    ['451 for a recipient', { recipient: 451 }, 'retry', /451/],
    ['452 after the dot', { data: 452 }, 'retry', /452/],
    ['421 for the sender', { sender: 421 }, 'retry', /421/],
    [
      '550 for a recipient',
      { recipient: 550, reason: '5.1.1 No such user <sportello@comune.example>' },
      'permanent',
      /550 5\.1\.1/,
    ],
    ['554 after the dot', { data: 554 }, 'permanent', /554/],
    ['550 because relaying is denied', { recipient: 550, reason: '5.7.1 Relaying denied' }, 'paused', /550 5\.7\.1/],
    ['530 authentication required', { sender: 530, reason: '5.7.0 Authentication required' }, 'paused', /530/],
    ['553 for our own sender address', { sender: 553 }, 'paused', /553/],
    ['535 for our password', { auth: 'refuse' }, 'paused', /535/],
    ['a connection closed at the last dot', { fault: 'drop' }, 'retry', /ECONN|ESOCKET/],
  ];
  for (const [name, manners, expected, codes] of refusals)
    it(`reads ${name} as ${expected}`, async () => {
      const { smtp, mailer } = await server(manners);
      const outcome = await mailer.send(makeMail('refused'));
      assert.equal(outcome.result, expected);
      assert.ok(outcome.result !== 'sent');
      assert.match(outcome.error, codes);
      assert.doesNotMatch(outcome.error, /@|sportello/);
      assert.equal(smtp.delivered.length, 0);
      smtp.manners = manners.auth ? { auth: 'accept' } : {};
      assert.deepEqual(await mailer.send(makeMail('refused')), { result: 'sent' });
    });

  it('logs in with the password of the address', async () => {
    const { smtp, mailer } = await server({ auth: 'accept' });
    assert.deepEqual(await mailer.check(), { ok: true });
    assert.deepEqual(await mailer.send(makeMail('login')), { result: 'sent' });
    assert.equal(smtp.delivered.length, 1);
  });

  it('counts as sent what some of its recipients got, and sends it to nobody twice', async () => {
    const { smtp, mailer } = await server({ recipients: { 'gone@comune.example': 550 } });
    const to = ['gone@comune.example', 'here@comune.example'].map((address) => ({ name: '', address }));
    assert.deepEqual(await mailer.send(makeMail('two', { to })), { result: 'sent' });
    assert.deepEqual(
      smtp.delivered.map((one) => one.to),
      [['here@comune.example']],
    );
  });

  it('gives up waiting for a server that never greets, and for one that falls silent after the dot', async () => {
    const hanging = await server({ fault: 'hang' }, { greeting: 100 });
    assert.deepEqual(await hanging.mailer.send(makeMail('hang')), {
      result: 'retry',
      error: 'ETIMEDOUT GREETING_TIMEOUT CONN',
    });
    const silent = await server({ fault: 'silent' }, { silence: 300 });
    assert.equal((await silent.mailer.send(makeMail('silent'))).result, 'retry');
    const trickling = await server({ fault: 'silent' }, { attempt: 300 });
    assert.equal((await trickling.mailer.send(makeMail('slow'))).result, 'retry');
    assert.equal(trickling.smtp.delivered.length, 1);
  });

  it('tries again later when no server is there', async () => {
    const { smtp, mailer } = await server();
    await smtp.stop();
    closing.shift();
    assert.equal((await mailer.send(makeMail('down'))).result, 'retry');
    const check = await mailer.check();
    assert.ok(!check.ok && check.error.includes('ECONNREFUSED'));
  });

  it('never speaks in clear to a host that is not this one, and never trusts an unknown certificate', async () => {
    const secure = await SmtpDouble.start({}, { tls: { secure: true } });
    closing.push(() => secure.stop());
    const untrusted = await connect(`smtps://127.0.0.1:${secure.port}`).send(makeMail('tls'));
    assert.equal(untrusted.result, 'paused');
    const switchedOff = `smtps://127.0.0.1:${secure.port}?tls.rejectUnauthorized=false&ignoreTLS=true`;
    assert.equal((await connect(switchedOff).send(makeMail('tls'))).result, 'paused');
    assert.equal(secure.delivered.length, 0);
    const { smtp } = await server();
    // Another name of this machine stands for a host elsewhere: it must ask for STARTTLS, and this server has none.
    const elsewhere = connect(`smtp://0.0.0.0:${smtp.port}`);
    assert.equal((await elsewhere.send(makeMail('plain'))).result, 'paused');
    assert.equal(smtp.delivered.length, 0);
  });

  it('hands back a mail on its way when it is closed', async () => {
    const { smtp, mailer } = await server({ fault: 'hang' });
    const sending = mailer.send(makeMail('closed'));
    await until(() => smtp.connections > 0);
    await mailer.close();
    assert.equal((await sending).result, 'retry');
  });
});

describe('mail into the folder', () => {
  it('writes what SMTP would have sent, once per id', async () => {
    const { dataDir, mailer } = await folder();
    assert.deepEqual(await mailer.check(), { ok: true });
    await mailer.send(makeMail('one', nasty()));
    await mailer.send(makeMail('one', nasty()));
    assert.deepEqual(await readdir(join(dataDir, 'mail')), ['one.eml']);
    const mail = await simpleParser(await readFile(join(dataDir, 'mail', 'one.eml')));
    assert.equal(mail.messageId, '<one@comune.example>');
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
    assert.deepEqual(
      ['bcc', 'cc', 'x'].filter((name) => mail.headers.has(name)),
      [],
    );
    assert.equal(mail.attachments.at(-1)?.filename, 'PRC-7F3K2.ics');
  });

  it('keeps a strange id inside the folder', async () => {
    const { dataDir, mailer } = await folder();
    await mailer.send(makeMail('../../escaped'));
    const names = await readdir(dataDir, { recursive: true });
    assert.equal(names.length, 2);
    assert.match(names.join(' '), /mail\/[0-9a-f]{64}\.eml/);
  });

  it('tries again later when the folder cannot be written', async () => {
    const mailer = createMailer({ smtpUrl: undefined, mailFrom, dataDir: '/dev/null' }, silentLog);
    assert.equal((await mailer.send(makeMail('one'))).result, 'retry');
    assert.equal((await mailer.check()).ok, false);
  });
});

describe('the pages of the folder', () => {
  it('list and show the mails, accents and all, with the file itself', async () => {
    const { dataDir, mailer } = await folder();
    const viewer = createMailViewer(dataDir, words);
    assert.match(await viewer.list(), /Nessun messaggio/);
    const note = 'Perché così? Città è più € — "ciao" = 5 \u{1F600} '.repeat(8).trim();
    const details = {
      note: { text: note, lang: 'it' },
      needs: [{ area: 'housing', need: 'eviction', urgency: 'urgent' }],
    } as const;
    const made = makeCase({ ...details, needs: [...details.needs] });
    const mail = requestMail({
      case: made,
      desk: DESK,
      comune: COMUNE,
      words,
      at: new Date(),
      answerLabel: () => '',
      open: [],
    });
    await mailer.send(makeMail('shown', mail));
    const list = await viewer.list();
    assert.ok(list.includes('<a href="/posta/shown">[Bussola] PRC-7F3K2 richiesta di appuntamento – URGENTE</a>'));
    assert.ok(list.includes('sportello@comune.example'));
    const page = (await viewer.show('shown')) ?? '';
    assert.ok(page.includes(note.replaceAll('"', '&#34;')), page);
    assert.ok(page.includes('Bussola - Città di prova') && page.includes('PRC-7F3K2.ics'));
    assert.match((await viewer.raw('shown'))?.toString() ?? '', /^From: /m);
  });

  it('show words of people as words', async () => {
    const { dataDir, mailer } = await folder();
    const note = { text: '<script>alert(1)</script><img src=x>', lang: 'it' };
    const made = makeCase({ note });
    const mail = requestMail({
      case: made,
      desk: DESK,
      comune: COMUNE,
      words,
      at: new Date(),
      answerLabel: () => '',
      open: [],
    });
    await mailer.send(makeMail('html', { ...mail, subject: '<script>x</script>' }));
    const viewer = createMailViewer(dataDir, words);
    for (const page of [await viewer.list(), (await viewer.show('html')) ?? '<script>'])
      assert.doesNotMatch(page, /<script|<img/);
  });

  it('know no mail that is not in the folder, whatever the id', async () => {
    const { dataDir, mailer } = await folder();
    await mailer.send(makeMail('one'));
    const viewer = createMailViewer(dataDir, words);
    for (const id of ['none', '../one', '../mail/one', 'one.eml', '..%2Fone', '', '\u0000', '/etc/passwd', 'one\n']) {
      assert.equal(await viewer.show(id), undefined, id);
      assert.equal(await viewer.raw(id), undefined, id);
    }
  });
});

describe('a server that accepts and says nothing', () => {
  it('is not mistaken for a mail server', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const mailer = connect(`smtp://127.0.0.1:${port}`, { greeting: 100 });
    assert.equal((await mailer.check()).ok, false);
    await mailer.close();
    await new Promise((resolve) => mute.close(resolve));
  });
});
