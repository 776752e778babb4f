// Every transcript in test/transcripts is the whole truth of a talk: played again, it must read the same to the letter.
// `npm run transcripts:update` writes them anew; what they say is then for a person to read.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import { silentLog } from '../bot/log.ts';
import { createTurn } from '../bot/turn.ts';
import { scriptOf } from './support/scripted-decoder.ts';
import { playTranscript } from './support/transcript.ts';

const FOLDER = new URL('transcripts/', import.meta.url);
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.txt'));

/** What the bot must never say, whatever the talk. */
const NEVER = [
  /\bSEUS\b/,
  /ha diritto/i,
  /you are entitled/i,
  /le spetta/i,
  /aveți dreptul/i,
  /vi se cuvine/i,
  /\bludopatic/i,
  /inviat[oa]!/i,
  /\{\{/,
  /\bundefined\b|\bnull\b|\bNaN\b/,
];

describe('transcripts', () => {
  let dataDir: string;
  let core: Core;
  let now = new Date();

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-talk-'));
    core = await open(dataDir);
  });

  after(async () => {
    await core.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const open = (folder: string): Promise<Core> =>
    createCore(
      readConfig({ DATA_DIR: folder, COORDINATOR_EMAIL: 'coordinamento@zona.example' }),
      () => now,
      silentLog,
      { announce: () => {} },
    );

  async function play(on: Core, name: string, agreed: string, mails?: string): Promise<string> {
    const decoder = scriptOf(agreed);
    const turn = decoder
      ? createTurn({ ...on, decoder, detectDanger, clock: () => now, log: silentLog, committed: () => {} })
      : on.turn;
    const setClock = (at: Date): void => void (now = at);
    const playing = { core: { ...on, turn }, setClock, now: () => now, ...(mails ? { mails } : {}) };
    return playTranscript(playing, name, agreed);
  }

  /** Where time passes and mails are read, no other talk may be in the same store. */
  async function playAlone(name: string, agreed: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'bussola-case-'));
    const own = await open(folder);
    try {
      return await play(own, name, agreed, folder);
    } finally {
      await own.close();
      await rm(folder, { recursive: true, force: true });
    }
  }

  for (const name of names)
    it(name.replace('.txt', ''), async () => {
      const file = new URL(name, FOLDER);
      const agreed = await readFile(file, 'utf8');
      const played = /^# mails: yes$/m.test(agreed) ? await playAlone(name, agreed) : await play(core, name, agreed);
      if (UPDATE) await writeFile(file, played);
      else assert.equal(played, agreed);
      for (const never of NEVER) assert.doesNotMatch(played, never);
    });
});
