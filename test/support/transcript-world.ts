// What happens around a talk in a transcript: time that passes, desks that act, mails that go and come back.
// The talk itself is left to transcript.ts, what the world must say to the transcripts.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readEml } from '../../adapters/mail/eml.ts';
import type { Core } from '../../bot/core.ts';
import { caseDigits } from '../../bot/cases/proof.ts';
import type { Reply } from '../../bot/message.ts';
import type { Case } from '../../bot/ports.ts';
import { deskAct } from './desk-acts.ts';

export interface World {
  core: Core;
  setClock: (at: Date) => void;
  now: () => Date;
  /** Where the mails of this transcript lie. */
  dataDir: string;
  conversationId: string;
  /** Mails already written down, and codes already given, in whichever chat. */
  known: { mails: Set<string>; codes: Set<string> };
  /** How a bubble is written down. */
  written: (reply: Reply) => string[];
}

export interface WorldPlayer {
  /** Lets time pass until then, stopping at every moment at which something is due. */
  pass(until: Date): Promise<string[]>;
  /** `take Anna`, `2 write Anna Buongiorno`: a step of a desk; the number is the part of the request. */
  desk(line: string): Promise<string[]>;
  /** The first mail of that part comes back. */
  bounce(part: number): Promise<string[]>;
  /** Mails that went and bubbles that nobody asked for, since the last call. */
  after(seenSeq: number): Promise<string[]>;
}

export function createWorld(world: World): WorldPlayer {
  const { core } = world;
  let lastSeq = 0;

  const cases = async (): Promise<Case[]> => {
    const loaded = await core.store.load(world.conversationId);
    const own = (loaded?.cases ?? []).filter(({ state }) => state !== 'draft');
    for (const { code } of own) if (code) world.known.codes.add(code);
    return (await Promise.all([...world.known.codes].map((code) => core.store.casesByCode(code)))).flat();
  };
  const partOf = async (part: number): Promise<Case> => {
    const found = (await cases()).filter((one) => one.part === part).at(-1);
    assert.ok(found, `there is no part ${part}`);
    return found;
  };

  async function after(seenSeq: number): Promise<string[]> {
    lastSeq = Math.max(lastSeq, seenSeq);
    await core.sweeper.sweep();
    await core.outbox.drain();
    await core.sweeper.sweep();
    await core.outbox.drain();
    const news = await core.store.activities(world.conversationId, lastSeq);
    lastSeq = news.at(-1)?.seq ?? lastSeq;
    const bubbles = news.flatMap((one) => (one.from === 'bot' ? world.written(one.reply) : []));
    return [...bubbles, ...(await newMails(world.dataDir, world.known.mails, await digitsOf()))];
  }

  async function digitsOf(): Promise<string[]> {
    return (await cases()).flatMap((made) =>
      [0, 1, 2, 3].map((linkEpoch) => caseDigits(core.env, { ...made, life: { ...made.life, linkEpoch } })),
    );
  }

  return {
    after,
    async pass(until) {
      const out: string[] = [];
      for (let step = 0; step < 60; step += 1) {
        const [next] = await core.store.dueCases(until, 1);
        if (!next?.dueAt) break;
        world.setClock(next.dueAt);
        const told = await after(lastSeq);
        if (told.length > 0) out.push(`  --- ${romeTime(next.dueAt)}`, ...told);
      }
      world.setClock(until);
      return [...out, ...(await after(lastSeq))];
    },
    async desk(line) {
      const [, part = '1', rest = ''] = /^(?:(\d) )?(.*)$/.exec(line) ?? [];
      await deskAct(core, await partOf(Number(part)), rest);
      return after(lastSeq);
    },
    async bounce(part) {
      const made = await partOf(part);
      const id = await requestMailOf(world.dataDir, made);
      assert.equal(await core.store.outbox.bounced(id, world.now(), '5.1.1'), made.id);
      return after(lastSeq);
    },
  };
}

async function newMails(dataDir: string, read: Set<string>, digits: string[]): Promise<string[]> {
  const folder = join(dataDir, 'mail');
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.eml'));
  const fresh = names.filter((name) => !read.has(name));
  for (const name of fresh) read.add(name);
  const mails = await Promise.all(fresh.map(async (name) => readEml(await readFile(join(folder, name), 'utf8'))));
  const shown = mails.map(({ to, subject, text, attachments }) => {
    const files = attachments.length > 0 ? `  (+ ${attachments.join(', ')})` : '';
    const lines = withoutSecrets(text.trim(), digits).split('\n');
    return [`Mail: ${to} | ${subject}${files}`, ...lines.map((line) => `      ${line}`.trimEnd())];
  });
  // Two mails of one moment travel side by side: the order in which they arrive tells nothing.
  return shown.toSorted(([a = ''], [b = '']) => a.localeCompare(b)).flat();
}

/** Links and digits differ at each playing; a year or a port that happens to be the same stays. */
function withoutSecrets(text: string, digits: string[]): string {
  const known = new RegExp(`(?<=: )(${digits.join('|') || 'none'})(?=\\.?$)`, 'gm');
  return text.replace(/\/s\/(\w)\/[\w.-]+/g, '/s/$1/…').replace(known, '****');
}

/** The outbox id of the first request mail of a case: the name of its file. */
async function requestMailOf(dataDir: string, made: Case): Promise<string> {
  const folder = join(dataDir, 'mail');
  for (const name of await readdir(folder)) {
    const { subject, to } = readEml(await readFile(join(folder, name), 'utf8'));
    if (subject.includes(made.code ?? '') && to.includes('@') && /richiesta/.test(subject))
      return name.replace('.eml', '');
  }
  throw new Error('no request mail went');
}

function romeTime(at: Date): string {
  return new Intl.DateTimeFormat('it', {
    timeZone: 'Europe/Rome',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}
