// Twenty times kill -9 while people write and mails leave: nothing accepted is lost, nothing is done twice.
// One kill between two writes of the store is left to store-survival.ts.
import assert from 'node:assert/strict';
import { createCore } from '../../bot/core.ts';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import { openStore } from '../../adapters/store/open.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import { HttpTalk } from '../support/direct-line-http.ts';
import type { Answered, Attempt } from '../support/direct-line-http.ts';
import { makeFolder, startServerProcess } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { CODE, walk } from '../support/walk.ts';

const KILLS = 20;
const PEOPLE = 6;
const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** A whole request of one person: what was said, and the code that was given for it. */
interface Told {
  name: string;
  talk: HttpTalk;
  code: string;
}

/** Mulberry32: the same seed, the same moments. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe(`kill -9, ${KILLS} times`, () => {
  const folder = makeFolder();
  const told: Told[] = [];
  let repeated = 0;
  const random = createRandom(SEED);
  let smtp: SmtpDouble;
  let settings: Record<string, string>;
  let server: ServerProcess | undefined;
  /** Committed and not known to be delivered, at each kill. */
  const waiting: number[] = [];
  /** `broken`: a server did not come back, and nobody must wait for it. */
  const hunt = { over: false, broken: false };

  /** As a person's browser does: the very same request again until somebody answers it. */
  const insist: Attempt = async (request) => {
    for (let tries = 0; ; tries += 1) {
      const answered = await request().catch((): Answered | undefined => undefined);
      if (answered && answered.status < 500) return answered;
      if (hunt.broken) throw new Error('the server did not come back');
      if (tries === 0) repeated += 1;
      await wait(50);
    }
  };

  async function live(person: number): Promise<void> {
    for (let round = 0; !hunt.over; round += 1) {
      const name = `Prova ${'abcdefgh'[person]}${round} Inventata`;
      const talk = new HttpTalk(() => server?.url ?? '', insist);
      await talk.open({ channelData: { comune: 'porcari' } });
      const { code } = await walk(talk, { name, contact: '333 000 0000' });
      told.push({ name, talk, code });
    }
  }

  /** Half of the kills fall anywhere, half just after somebody was told a code, while its mail is on its way. */
  async function moment(kill: number): Promise<void> {
    if (kill % 2 === 0) return wait(50 + random() * 500);
    const count = told.length;
    while (told.length === count) await wait(2);
    return wait(random() * 60);
  }

  async function countWaiting(): Promise<number> {
    const store = await openStore({ dataDir: folder.path, log: silentLog });
    try {
      return (await store.outbox.depth(new Date())).pending;
    } finally {
      await store.close();
    }
  }

  before(async function () {
    this.timeout(300_000);
    smtp = await SmtpDouble.start({ pause: 25 });
    settings = {
      DATA_DIR: folder.path,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'bussola@comune.example',
      LOG_LEVEL: 'error',
    };
    // A killed process leaves no compiled code to the next: one that ends well does, for all of them.
    await (await startServerProcess(settings)).stop();
    server = await startServerProcess(settings);
    const lives = Array.from({ length: PEOPLE }, (_, person) => live(person));
    const killing = async (): Promise<void> => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await moment(kill);
        await server?.kill();
        waiting.push(await countWaiting());
        server = await startServerProcess(settings);
      }
    };
    try {
      await killing();
    } catch (error) {
      hunt.broken = true;
      throw error;
    } finally {
      hunt.over = true;
      await Promise.allSettled(lives);
    }
    await Promise.all(lives);
  });
  after(async () => {
    await server?.kill();
    await smtp.stop();
    folder.remove();
  });

  it('keeps each conversation as it was: every message once, and its answers once', async () => {
    for (const { talk } of told) {
      const log = await talk.log();
      const said = log.flatMap(({ from, channelData }) =>
        from.id === 'bussola' ? [] : [channelData?.clientActivityID],
      );
      assert.deepEqual(said, talk.sent);
      assert.deepEqual(
        log.map(({ id }) => Number(id.split('|').at(-1))),
        log.map((_, index) => index + 1),
      );
    }
  });

  it('gives a repeated message the answer it had', async () => {
    const [first] = told;
    assert.ok(first);
    const before = await first.talk.log();
    const said = before.find(({ channelData }) => channelData?.clientActivityID === first.talk.sent.at(-1));
    assert.ok(said);
    // With the server that answered it first long dead.
    const again = await first.talk.post({ type: 'message', text: said.text, channelData: said.channelData });
    assert.equal((again.body as { id: string }).id, said.id);
    assert.deepEqual(await first.talk.log(), before);
  });

  it('mails every accepted request, and none as two cases', async function () {
    this.timeout(60_000);
    assert.equal(await server?.stop(), 0);
    // What a killed process had in hand comes back when its lease lapses: the next one here lives an hour later.
    const later = (): Date => new Date(Date.now() + 3_600_000);
    const core = await createCore(readConfig(settings), later, silentLog, { announce: () => {} });
    await core.outbox.drain();
    const depth = await core.store.outbox.depth(later());
    await core.close();
    assert.deepEqual([depth.pending, depth.dead], [0, 0]);

    const mails = smtp.delivered.map(({ mail }) => ({
      code: CODE.exec(mail.subject ?? '')?.[0] ?? '',
      id: mail.messageId ?? '',
      text: mail.text ?? '',
    }));
    const accepted = told.map(({ code }) => code).toSorted();
    assert.deepEqual([...new Set(mails.map(({ code }) => code))].toSorted(), accepted);
    for (const { name, code } of told) {
      const about = mails.filter(({ text }) => text.includes(name));
      assert.deepEqual([...new Set(about.map((mail) => mail.code))], [code], `${name} is more than one case`);
      assert.equal(new Set(about.map(({ id }) => id)).size, 1, `${code} has more than one Message-ID`);
    }
    const ids = new Set(mails.map(({ id }) => id));
    assert.equal(ids.size, accepted.length);
    assert.equal(waiting.length, KILLS);
    // A killed process takes its mails' leases with it, so what waits grows with each kill that fell at the right moment.
    const between = waiting.filter((count, kill) => count > (waiting[kill - 1] ?? 0)).length;
    assert.ok(between > 0 && repeated > 0, 'no kill fell where anything was at stake');
    const twice = mails.length - ids.size;
    process.stdout.write(
      `        seed ${SEED}: ${KILLS} kills, ${accepted.length} requests accepted and mailed, ` +
        `${between} kills between commit and delivery (mails waiting: ${waiting.join(' ')}), ` +
        `${repeated} client calls repeated, ${twice} mails delivered again with the same Message-ID\n`,
    );
  });
});
