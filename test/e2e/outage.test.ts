// The mail server is down, or says no for ever: the request is kept, the person is told the truth, the log tells nothing.
// Every kind of SMTP failure is left to mail-transport.test.ts, the schedule to outbox-worker.test.ts.
import assert from 'node:assert/strict';
import { openStore } from '../../adapters/store/open.ts';
import { createCore } from '../../bot/core.ts';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import type { Reply, StoredActivity } from '../../bot/message.ts';
import type { CaseState } from '../../bot/ports.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import { HttpTalk, call } from '../support/direct-line-http.ts';
import { until } from '../support/mail.ts';
import { makeFolder, startServerProcess } from '../support/server-process.ts';
import { CODE, DESK_PHONE, walk } from '../support/walk.ts';
import type { Shown, Talker } from '../support/walk.ts';

const FROM = { MAIL_FROM: 'bussola@comune.example' };

async function stateOf(dataDir: string, code: string): Promise<CaseState | undefined> {
  const store = await openStore({ dataDir, log: silentLog });
  try {
    return (await store.casesByCode(code))[0]?.state;
  } finally {
    await store.close();
  }
}

/** Started and stopped at once: nobody listens at its port, and it may come back there. */
async function absentSmtp(): Promise<SmtpDouble> {
  const smtp = await SmtpDouble.start();
  await smtp.stop();
  return smtp;
}

describe('no mail server', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => folder.remove());

  it('keeps the request and gives its code; the mail leaves when the server is back', async () => {
    const gone = await absentSmtp();
    const settings = { DATA_DIR: folder.path, SMTP_URL: gone.url, ...FROM };
    let now = new Date();
    const core = await createCore(readConfig(settings), () => now, silentLog, { announce: () => {} });
    let smtp: SmtpDouble | undefined;
    try {
      let count = 0;
      const show = (activities: StoredActivity[]): Shown[] =>
        activities.flatMap((stored): Reply[] => (stored.from === 'bot' ? [stored.reply] : []));
      const send = async (text: string, choice?: string): Promise<Shown[]> =>
        show(
          await core.turn({
            channel: 'web',
            conversationId: 'outage',
            messageId: `m${(count += 1)}`,
            kind: 'message',
            text,
            ...(choice ? { choice } : {}),
          }),
        );
      const talker: Talker = { say: (text) => send(text), choose: (id, label) => send(label, id) };
      const { code } = await walk(talker);
      await core.outbox.drain();
      assert.equal((await core.store.casesByCode(code))[0]?.state, 'requested');
      assert.equal((await core.store.outbox.depth(now)).pending, 1);
      smtp = await SmtpDouble.start({}, { port: gone.port });
      now = new Date(now.getTime() + 5 * 60_000);
      await core.outbox.drain();
      assert.deepEqual(
        smtp.delivered.map(({ mail }) => CODE.exec(mail.subject ?? '')?.[0]),
        [code],
      );
      assert.equal((await core.store.casesByCode(code))[0]?.state, 'delivered');
    } finally {
      await core.close();
      await smtp?.stop();
    }
  });

  it('says so to the operator, not to the person, and keeps the mail over a restart', async () => {
    const gone = await absentSmtp();
    const settings = { DATA_DIR: folder.path, SMTP_URL: gone.url, ...FROM };
    const server = await startServerProcess(settings);
    let code = '';
    try {
      const talk = new HttpTalk(server.url);
      await talk.open();
      code = (await walk(talk)).code;
      await until(() => server.output().includes('mail_retry'));
      assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
      assert.match(await (await fetch(`${server.url}/metrics`)).text(), /^bussola_outbox_pending 1$/m);
      assert.equal(await server.stop(), 0);
    } finally {
      await server.kill();
    }
    const smtp = await SmtpDouble.start({}, { port: gone.port });
    const later = (): Date => new Date(Date.now() + 3_600_000);
    const core = await createCore(readConfig(settings), later, silentLog, { announce: () => {} });
    try {
      await core.outbox.drain();
      assert.deepEqual(
        smtp.delivered.map(({ mail }) => CODE.exec(mail.subject ?? '')?.[0]),
        [code],
      );
    } finally {
      await core.close();
      await smtp.stop();
    }
  });
});

describe('a mail that will never go', () => {
  it('is given up at once, and the person reads the desk’s number in their own conversation', async () => {
    const folder = makeFolder();
    const smtp = await SmtpDouble.start({ recipient: 550, reason: '5.1.1 No such user' });
    const server = await startServerProcess({ DATA_DIR: folder.path, SMTP_URL: smtp.url, ...FROM });
    try {
      const talk = new HttpTalk(server.url);
      await talk.open();
      const { code } = await walk(talk);
      let told: Shown[] = [];
      while (told.length === 0) told = await talk.news();
      assert.deepEqual(
        told.map((bubble) => bubble.case),
        [code],
      );
      assert.ok(told[0]?.text.includes(DESK_PHONE) && told[0].text.includes(code));
      assert.equal(await stateOf(folder.path, code), 'undeliverable');
      // The same server refuses the comune's inbox too, which is tried next: both are counted, the second a moment later.
      let metrics = '';
      while (!/^bussola_outbox_dead 2$/m.test(metrics)) metrics = await (await fetch(`${server.url}/metrics`)).text();
      assert.match(metrics, /^bussola_outbox_pending 0$/m);
      assert.match(server.output(), /mail_dead/);
    } finally {
      await server.stop();
      await smtp.stop();
      folder.remove();
    }
  });
});

describe('personal data', () => {
  const MARKS = [
    'Zinnaverbena',
    'Quadrifolia',
    'Mirtocardo',
    'Agerofronda',
    'Lunasaltina',
    '3330000000',
    '333 000 0000',
  ];

  it('is in the mail, and nowhere in log, metrics and refusals', async () => {
    const folder = makeFolder();
    const smtp = await SmtpDouble.start();
    const server = await startServerProcess({
      DATA_DIR: folder.path,
      SMTP_URL: smtp.url,
      LOG_LEVEL: 'debug',
      ...FROM,
    });
    try {
      const talk = new HttpTalk(server.url);
      await talk.open();
      const person = {
        story: 'Mi chiamo Mirtocardo, non riesco a pagare la bolletta della luce. Abito a Porcari.',
        name: 'Zinnaverbena',
        contact: '333 000 0000 chiedere di Quadrifolia',
        wishes: 'mai il sabato, chiedete di Agerofronda',
        note: 'il gatto si chiama Lunasaltina',
      };
      await walk(talk, person);
      await until(() => smtp.delivered.length > 0);
      const mail = smtp.delivered[0]?.mail.text ?? '';
      for (const mark of ['Zinnaverbena', 'Quadrifolia', 'Agerofronda', 'Lunasaltina', '333 000 0000'])
        assert.ok(mail.includes(mark), `the mail lacks ${mark}`);

      // And now what goes wrong, with the same words in it: a second mail that dies, requests that are refused.
      smtp.manners = { recipient: 550, reason: 'No such user Zinnaverbena 3330000000' };
      const unlucky = new HttpTalk(server.url);
      await unlucky.open();
      await walk(unlucky, person);
      await until(() => server.output().includes('mail_dead'));
      const marked = JSON.stringify(person);
      const path = `/conversations/${talk.id}/activities`;
      const { token } = talk;
      const refusals = [
        await call(server.url, 'POST', path, { token, body: marked.slice(0, -1) }),
        await call(server.url, 'POST', path, { token, body: { type: 'message', text: person } }),
        await call(server.url, 'POST', path, { token, body: { type: 'message', channelData: marked } }),
        await call(server.url, 'POST', path, { token, body: { type: 'message', text: marked.repeat(2000) } }),
        await call(server.url, 'POST', path, { token: 'Zinnaverbena', body: { type: 'message', text: marked } }),
        await call(server.url, 'POST', '/conversations/Zinnaverbena/activities', { token, body: person }),
        await call(server.url, 'POST', '/Zinnaverbena', { body: person }),
      ];
      for (const { status } of refusals) assert.ok(status >= 400 && status < 500, String(status));
      const stray = await fetch(`${server.url}/chat/Zinnaverbena?nome=Quadrifolia`);
      assert.equal(stray.status, 404);
      const open = {
        log: server.output(),
        metrics: await (await fetch(`${server.url}/metrics`)).text(),
        ready: await (await fetch(`${server.url}/readyz`)).text(),
        refusals: refusals.map(({ raw }) => raw).join('\n'),
        stray: await stray.text(),
      };
      assert.ok(open.log.includes('mail_sent'));
      for (const [place, text] of Object.entries(open))
        for (const mark of MARKS) assert.ok(!text.includes(mark), `${mark} is in ${place}`);
    } finally {
      await server.stop();
      await smtp.stop();
      folder.remove();
    }
    assert.ok(MARKS.every((mark) => !server.output().includes(mark)));
  });
});
