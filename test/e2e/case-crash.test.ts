// Fifty times kill -9 over the whole life of cases, while mails fail at random and days pass: nobody is lost, nothing is done twice.
// Kills while people only write are left to crash.test.ts, what each step says to the transcripts.
import assert from 'node:assert/strict';
import { createCore } from '../../bot/core.ts';
import type { Core } from '../../bot/core.ts';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import type { Incoming, StoredActivity } from '../../bot/message.ts';
import { createRandom } from '../../bot/random.ts';
import { SmtpDouble } from '../doubles/smtp.ts';
import { createLifeClient } from '../support/life-client.ts';
import { makeFolder } from '../support/server-process.ts';
import { CODE, walk } from '../support/walk.ts';
import type { Shown, Talker } from '../support/walk.ts';

const KILLS = 50;
const PEOPLE = 4;
const SEED = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const HOUR = 3_600_000;
const COORDINATOR = 'coordinamento@zona.example';
/** The desk's second inbox: it exists no more, so that what the first refuses for good is given up. */
const SECOND = 'comune.porcari@postacert.toscana.it';
/** Where an appointment may be proposed: later than any clock of this test, in the desk's hours. */
const FAR = '2027-06-01T09:30';

interface Person {
  code: string;
  conversationId: string;
  name: string;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe(`kill -9, ${KILLS} times over the life of cases`, () => {
  const folder = makeFolder();
  const random = createRandom(SEED);
  const people: Person[] = [];
  const hunt = { over: false };
  let clock = Date.parse('2026-11-24T09:00:00Z');
  let steps = 0;
  let smtp: SmtpDouble;
  let core: Core;
  let later: Date;

  const settings = (): Record<string, string> => ({
    DATA_DIR: folder.path,
    SMTP_URL: smtp.url,
    MAIL_FROM: 'bussola@comune.example',
    COORDINATOR_EMAIL: COORDINATOR,
    LOG_LEVEL: 'silent',
  });
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? assert.fail('nothing to pick');

  /** A mail server on a bad day: refusals for now, for good, dropped lines; the coordinator's box works in the end. */
  function misbehave(): void {
    const recipient = pick([250, 250, 451, 550]);
    smtp.manners = {
      pause: 5,
      recipient,
      recipients: { [COORDINATOR]: recipient === 550 ? 451 : recipient, [SECOND]: 550 },
      ...(random() < 0.15 ? { fault: 'drop' as const } : {}),
      ...(random() < 0.2 ? { data: 452 } : {}),
    };
  }

  const life = { client: undefined as ReturnType<typeof createLifeClient> | undefined };
  const client = (): ReturnType<typeof createLifeClient> => life.client ?? assert.fail('not started');

  /** A person on the web whose every message is repeated until it is answered. */
  function talker(conversationId: string): Talker & { open(): Promise<void> } {
    let count = 0;
    const send = async (part: Pick<Incoming, 'kind' | 'text'> & { choice?: string }): Promise<Shown[]> => {
      const base = { channel: 'web' as const, conversationId, comune: 'porcari' };
      const activities = await client().turn({ ...base, messageId: `m${(count += 1)}`, ...part });
      return activities.flatMap(shown);
    };
    return {
      open: async () => void (await send({ kind: 'start', text: '' })),
      say: (text) => send({ kind: 'message', text }),
      choose: (choice, label) => send({ kind: 'message', text: label, choice }),
    };
  }

  async function live(person: number): Promise<void> {
    for (let round = 0; !hunt.over; round += 1) {
      const conversationId = `web:life-${person}-${round}`;
      const name = `Prova ${'abcdefgh'[person]}${round} Inventata`;
      const talk = talker(conversationId);
      await talk.open();
      const { code } = await walk(talk, { name, contact: '333 000 0000' });
      people.push({ code, conversationId, name });
      // Half of the desks never open their mail.
      if (random() < 0.5) continue;
      await afterwards(talk, code, `${person}-${round}`);
    }
  }

  /** What a desk and a person may do next, in any order that comes. */
  async function afterwards(talk: Talker, code: string, ref: string): Promise<void> {
    const moves = [
      'take Anna',
      'write Anna Buongiorno, ho letto',
      `propose Anna ${FAR} office`,
      'accept',
      'status',
      'met Anna',
      'close Anna helped',
      'withdraw',
    ];
    for (const [index, move] of moves.entries()) {
      if (hunt.over || random() < 0.3) continue;
      steps += 1;
      if (move === 'accept') await talk.choose(`case.accept.${code.toLowerCase()}.1.1`, '');
      else if (move === 'status') await talk.say('a che punto è la mia richiesta?');
      else if (move === 'withdraw') await withdraw(talk);
      else await client().desk(code, 1, move, `nonce-${ref}-${index}`);
    }
  }

  async function withdraw(talk: Talker): Promise<void> {
    if (random() < 0.6) return;
    const asked = await talk.say('annulla la richiesta');
    const yes = asked.flatMap(({ choices }) => choices).find(({ id }) => id.endsWith('.yes'));
    if (yes) await talk.choose(yes.id, yes.label);
  }

  /** Anywhere after some of what people and desks want was done: a slow machine gets as far as a fast one. */
  async function moment(): Promise<void> {
    const enough = client().answered() + 1 + Math.floor(random() * 30);
    while (client().answered() < enough && !hunt.over) await wait(2);
    await wait(random() * 60);
  }

  before(async function () {
    this.timeout(400_000);
    smtp = await SmtpDouble.start({ pause: 5 });
    life.client = createLifeClient(settings());
    await client().start(new Date(clock));
    const lives = Array.from({ length: PEOPLE }, (_, person) => live(person));
    const failed = Promise.all(lives);
    failed.catch(() => {});
    for (let kill = 0; kill < KILLS; kill += 1) {
      misbehave();
      await moment();
      await client().kill();
      // Between two processes hours or days pass; time never goes back.
      clock = client().now() + Math.floor(random() * 30) * HOUR;
      await client().start(new Date(clock));
    }
    hunt.over = true;
    await failed;
    await client().kill();
    // From now on the mail server works, and a fortnight passes, an hour at a time.
    smtp.manners = {};
    later = new Date(client().now());
    clock = later.getTime();
    core = await createCore(readConfig(settings()), () => later, silentLog, { announce: () => {} });
    for (let hours = 0; hours < 14 * 24; hours += 6) {
      later = new Date(clock + hours * HOUR);
      await core.sweeper.sweep();
      await core.outbox.drain();
    }
  });

  after(async () => {
    await client().kill();
    await core.close();
    await smtp.stop();
    folder.remove();
  });

  it('leaves no mail waiting, and every request delivered, or given up with an alert and the person told', async () => {
    assert.equal((await core.store.outbox.depth(later)).pending, 0);
    let dead = 0;
    for (const { code, conversationId } of people) {
      const [made, ...others] = await core.store.casesByCode(code);
      assert.ok(made && others.length === 0, `${code} is not one case`);
      const trail = (await core.store.caseEvents(made.id)).map(({ type }) => type);
      const said = (await core.store.activities(conversationId, 0)).flatMap(shown);
      // In somebody's hands, or taken back; or its mail arrived, if not at once.
      if (trail.some((type) => ['taken', 'closed', 'withdrawn', 'delivered'].includes(type))) continue;
      dead += 1;
      assert.ok(trail.includes('undeliverable'), `${code}: ${trail.join(' ')}`);
      assert.ok(trail.includes('person_told'), `${code} was not told: ${trail.join(' ')}`);
      assert.ok(said.at(-1)?.text.includes('0583 211899') || said.some(({ case: about }) => about === code));
      const alerts = smtp.delivered.filter(({ to, mail }) => to.includes(COORDINATOR) && mail.subject?.includes(code));
      assert.ok(alerts.length > 0, `${code}: nobody was alerted`);
    }
    assert.ok(people.length >= PEOPLE, 'nobody got as far as a code');
    process.stdout.write(
      `        seed ${SEED}: ${KILLS} kills, ${people.length} requests, ${steps} later steps, ` +
        `${client().repeated()} asked again, ${dead} given up with an alert\n`,
    );
  });

  it('makes no second case of one request, and repeats a mail only under its own Message-ID', () => {
    for (const { name, code } of people) {
      const about = smtp.delivered.filter(({ mail }) => mail.text?.includes(name));
      const codes = new Set(about.map(({ mail }) => CODE.exec(mail.subject ?? '')?.[0]));
      assert.ok(codes.size <= 1 && [...codes].every((one) => one === code), `${name} is more than one case`);
    }
    const same = new Map<string, string>();
    for (const { mail, to } of smtp.delivered) {
      const content = [to.join(), mail.subject, mail.text].join('\n');
      const id = mail.messageId ?? '';
      assert.equal(same.get(id) ?? content, content, 'one Message-ID for two mails');
      same.set(id, content);
    }
  });

  it('does every step of the trail once, in an order that the machine allows', async () => {
    for (const { code } of people) {
      const [made] = await core.store.casesByCode(code);
      const types = (await core.store.caseEvents(made?.id ?? '')).map(({ type }) => type);
      for (const once of ['requested', 'taken', 'proposed', 'met', 'closed', 'withdrawn'] as const)
        assert.ok(types.filter((type) => type === once).length <= 1, `${code}: ${types.join(' ')}`);
      assert.equal(types[0], 'requested');
    }
  });

  function shown(one: StoredActivity): Shown[] {
    return one.from === 'bot' ? [{ text: one.reply.text, choices: one.reply.choices, case: one.reply.case }] : [];
  }
});
