// A person with requests under way, for tests: cases put into a real store, a talk with the real conversation, desks that act.
// What must be said and done is left to the tests.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noChange } from '../../bot/cases/change.ts';
import type { CaseWork } from '../../bot/cases/work.ts';
import { newLife } from '../../bot/cases/life.ts';
import { propose } from '../../bot/cases/desk-steps.ts';
import { readConfig } from '../../bot/config.ts';
import { createCore } from '../../bot/core.ts';
import type { Core } from '../../bot/core.ts';
import { silentLog } from '../../bot/log.ts';
import type { Incoming } from '../../bot/message.ts';
import type { Case } from '../../bot/ports.ts';
import { aCase } from '../store-samples.ts';
import { floorTalk } from './floor-talk.ts';
import type { FloorTalk } from './floor-talk.ts';

/** Tuesday, the desk of Porcari is open. */
const TUESDAY = new Date('2026-11-24T09:30:00Z');

/** What of a request differs from the usual one; `unreachable`: no number was left. */
export type Asked = Partial<Omit<Case, 'details' | 'life'>> & {
  details?: Partial<Case['details']>;
  life?: Partial<Case['life']>;
  unreachable?: true;
};

/** A time that a desk proposes: the Tuesday after. */
export const A_TIME = {
  start: new Date('2026-12-01T08:30:00Z'),
  end: new Date('2026-12-01T09:00:00Z'),
  how: 'office',
} as const;

/** A talk with one request: its id, and the name its buttons have for it. */
export type Person = FloorTalk & { id: string; case: string; ref: string };

export interface Bench {
  core: Core;
  now(): Date;
  later(minutes: number): void;
  /** A talk that has begun, with these requests already made in it. */
  person(cases?: Asked[], more?: Partial<Incoming>): Promise<FloorTalk & { id: string }>;
  withCase(asked?: Asked): Promise<Person>;
  /** And the desk has proposed `A_TIME`. */
  withTime(): Promise<Person>;
  /** What the person wrote to the desk about that case. */
  wrote(caseId: string): Promise<string[]>;
  stateOf(caseId: string): Promise<Case['state']>;
  /** A step of the desk, or of the clock, on that case. */
  act(caseId: string, todo: (work: CaseWork) => boolean): Promise<void>;
  made(caseId: string): Promise<Case>;
  /** Everything that was written into the outbox for that case: kind and subject. */
  mails(caseId: string): Promise<string[]>;
  close(): Promise<void>;
}

let count = 0;
let looks = 0;

/** Mails go nowhere: they stay to be looked at. */
export async function openBench(): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bussola-person-'));
  let now = TUESDAY;
  const config = readConfig({ DATA_DIR: dataDir, SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'bussola@comune.example' });
  const core = await createCore(config, () => now, silentLog, { announce: () => {} });
  const bench: Bench = {
    core,
    now: () => now,
    later: (minutes) => void (now = new Date(now.getTime() + minutes * 60_000)),
    async person(cases = [], more = {}) {
      count += 1;
      const id = `person-${count}`;
      const talk = floorTalk(core, { comune: 'porcari', conversationId: id, ...more });
      await talk.start();
      const whole = cases.map((one, index) => sent({ id: `${id}-${index + 1}`, conversationId: id, ...one }, now));
      assert.equal(await core.store.commitCase({ ...noChange(), cases: whole, at: now }), 'committed');
      return { ...talk, id };
    },
    async withCase(asked = {}) {
      const talk = await bench.person([asked]);
      const made = await bench.made(`${talk.id}-1`);
      return { ...talk, case: made.id, ref: `${made.code?.toLowerCase()}.1` };
    },
    async withTime() {
      const talk = await bench.withCase();
      await bench.act(talk.case, (work) => propose(work, 'Prova', A_TIME));
      bench.later(5);
      return talk;
    },
    async wrote(caseId) {
      const messages = await core.store.caseMessages(caseId);
      return messages.filter(({ from }) => from === 'person').map(({ text }) => text);
    },
    stateOf: async (caseId) => (await bench.made(caseId)).state,
    async act(caseId, todo) {
      assert.equal((await core.office.act(caseId, todo)).result, 'done');
    },
    async made(caseId) {
      const made = await core.store.caseById(caseId);
      assert.ok(made, `there is no case ${caseId}`);
      return made;
    },
    async mails(caseId) {
      // Far ahead, and further each time: also those that wait for their next try, or were looked at before.
      looks += 1;
      const all = await core.store.outbox.claim(new Date(now.getTime() + 30 * 86_400_000 + looks * 60_000), 1000, 1);
      return all.filter((mail) => mail.caseId === caseId).map(({ kind, mail }) => `${kind} ${mail.subject}`);
    },
    async close() {
      await core.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return bench;
}

const LETTERS = '23456789ABCDEFGH';
let codes = 0;

/** A code that no other test has. */
function freshCode(): string {
  codes += 1;
  const digits = codes.toString(16).padStart(4, '0');
  return `PRC-X${[...digits].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('')}`;
}

function sent({ details, life, unreachable, ...changes }: Asked, at: Date): Case {
  const whole = aCase({ code: freshCode(), state: 'delivered', createdAt: at, requestedAt: at, ...changes });
  const contact = { kind: 'phone', value: '+393200000123', shown: '320 000 0123' } as const;
  return {
    ...whole,
    life: { ...newLife(), ...life },
    details: { ...whole.details, ...(unreachable ? {} : { contact }), ...details },
  };
}
