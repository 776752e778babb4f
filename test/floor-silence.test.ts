// What a person in danger writes goes nowhere but into their own conversation: no log line, no address, no mail's subject.
// What is kept of a conversation is left to erasure.test.ts and to the documents on privacy.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../bot/config.ts';
import { createCore } from '../bot/core.ts';
import type { Core } from '../bot/core.ts';
import type { Log } from '../bot/log.ts';
import { readHeldOut } from '../bot/floor/corpus.ts';
import { floorTalk } from './support/floor-talk.ts';

const OWN = [
  'mio marito mi picchia, sto in via Inventata 7',
  'voglio morire',
  'ho 12 anni e mi picchiano',
  'I want to die',
];
/** Words shorter than this are in any log line. */
const TELLING = 5;

describe('the floor keeps silence', () => {
  const lines: string[] = [];
  const write = (event: string, fields?: unknown): void => void lines.push(JSON.stringify([event, fields ?? {}]));
  const log: Log = { info: write, warn: write, error: write };
  let dataDir: string;
  let core: Core;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bussola-silence-'));
    core = await createCore(readConfig({ DATA_DIR: dataDir }), () => new Date('2026-11-24T11:00:00Z'), log, {
      announce: () => {},
    });
  });
  after(async () => {
    await core.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('over many cries: no log line holds a word of them, no link is made of them', async () => {
    const some = readHeldOut().filter(({ kind }) => kind === 'crisis');
    const cries = [...OWN, ...some.filter((_, index) => index % 6 === 0).map(({ text }) => text)];
    assert.ok(cries.length > 25);
    for (const cry of cries) {
      const talk = floorTalk(core, { comune: 'lucca', person: 'dl_silence-0123456789' });
      const replies = [
        ...(await talk.say(cry)),
        ...(await talk.say('operatore')),
        ...(await talk.say('cancella tutto')),
      ];
      const urls = replies
        .flatMap(({ links, card }) => [...links, ...(card?.phones ?? [])].map(({ url }) => url))
        .join(' ');
      assertSilent(`${lines.join('\n')} ${urls}`, cry);
    }
  });

  it('a store that fails is logged without the words that met it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'bussola-silence-'));
    const broken = await createCore(readConfig({ DATA_DIR: other }), () => new Date(), log, { announce: () => {} });
    await broken.close();
    await assert.rejects(floorTalk(broken).say(OWN[0] ?? ''), (error: Error) => {
      assertSilent(error.message, OWN[0] ?? '');
      return true;
    });
    assertSilent(lines.join('\n'), OWN[0] ?? '');
    await rm(other, { recursive: true, force: true });
  });

  it('the mail of a request made after a cry: its subject and its name in the folder tell nothing', async () => {
    const talk = floorTalk(core, { comune: 'lucca' });
    await talk.say('mio marito mi picchia');
    await talk.say('sono al sicuro');
    await talk.say('voglio continuare');
    await talk.forge('result.request');
    for (const step of ['request.consent.yes', 'request.safe_first.any', 'request.safe.any']) await talk.forge(step);
    await talk.say('Ada Prova');
    await talk.say('320 000 0123');
    await talk.forge('request.when.any');
    await talk.say('mio marito mi picchia da anni');
    await talk.say('voglio continuare');
    await talk.say('sono al sicuro');
    await talk.forge('request.note.skip');
    await talk.forge('request.summary.send');
    await core.outbox.drain();
    const folder = join(dataDir, 'mail');
    const names = await readdir(folder);
    assert.ok(names.length > 0, 'a request was sent');
    for (const name of names) {
      const mail = await readFile(join(folder, name), 'utf8');
      const subject = /^Subject: (.*(?:\r?\n[ \t].*)*)/im.exec(mail)?.[1] ?? '';
      assert.match(subject, /[A-Z]{3}-/);
      assert.doesNotMatch(`${subject} ${name}`, /picchia|marito|violen|danger|pericol|Ada|320/i);
    }
  });
});

function assertSilent(written: string, cry: string): void {
  const words = cry.toLowerCase().match(/\p{L}+/gu) ?? [];
  const said = written.toLowerCase();
  for (const word of words.filter((one) => one.length >= TELLING))
    assert.ok(!said.includes(word), `"${word}" was written down`);
}
