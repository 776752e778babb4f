// The not-understood queue, from the turn to the purge: what is kept, of whom it can no longer be told, and what never is.
// What is taken out of a phrase is left to redact.test.ts, reading the queue to review.test.ts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { openStore } from '../adapters/store/open.ts';
import { detectDanger } from '../bot/floor/detect.ts';
import { ids } from '../bot/ids.ts';
import { silentLog } from '../bot/log.ts';
import type { Log } from '../bot/log.ts';
import type { Turn } from '../bot/message.ts';
import type { Store } from '../bot/ports.ts';
import { startPurge } from '../bot/purge.ts';
import { phrasesOf } from '../bot/queue.ts';
import type { Heard } from '../bot/queue.ts';
import { createRedact } from '../bot/redact/redact.ts';
import type { Redact } from '../bot/redact/redact.ts';
import { readLists } from '../bot/redact/words.ts';
import { newState } from '../bot/state.ts';
import { createTurn } from '../bot/turn.ts';
import { UNCLEAR, scriptOf } from './support/scripted-decoder.ts';
import { testEnvironment } from './support/environment.ts';

const AT = new Date('2026-11-24T09:00:00Z');
const DAY = 24 * 3_600_000;
const directory = loadDirectory();
const env = testEnvironment({ directory });
const MONEY = 'non so come fare con i soldi, dice Zibaldona, sto a Porcari';
const SCRIPT = `# hears: ${MONEY} => {"area":"economic","need":"bills","comune":"porcari","confidence":0.48,"likely":[{"need":"bills","sure":0.48},{"need":"rent","sure":0.27}]}`;

describe('the not-understood queue', () => {
  let redact: Redact;
  let folder: string;
  let store: Store;
  let logged: string[];
  const log: Log = {
    info: (event, fields) => logged.push(JSON.stringify([event, fields])),
    warn: (event, fields) => logged.push(JSON.stringify([event, fields])),
    error: (event, fields) => logged.push(JSON.stringify([event, fields])),
  };

  before(async () => {
    redact = createRedact({ comuni: directory.comuni(), frazioni: directory.frazioni(), lists: await readLists() });
  });
  beforeEach(async () => {
    logged = [];
    folder = mkdtempSync(join(tmpdir(), 'bussola-queue-'));
    store = await openStore({ dataDir: folder, log: silentLog });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Says one thing after the other in one chat; a line that begins with > is a button. */
  async function talk(
    lines: string[],
    made: () => Promise<Redact> = async () => redact,
    kept = true,
  ): Promise<string[]> {
    const queue = { redact: made, uuid: ids.uuid, log };
    const decoder = scriptOf(SCRIPT) ?? assert.fail('no script');
    const turn: Turn = createTurn({
      env,
      store,
      decoder,
      detectDanger,
      ...(kept ? { queue } : {}),
      clock: () => AT,
      log,
      committed: () => {},
    });
    const base = { channel: 'web', conversationId: 'web:prova', comune: 'porcari' } as const;
    const answers: string[] = [];
    await turn({ ...base, messageId: 'start', kind: 'start', text: '' });
    for (const [index, line] of lines.entries()) {
      const said = line.startsWith('>') ? { text: '', choice: line.slice(1) } : { text: line };
      const done = await turn({ ...base, messageId: `m${index}`, kind: 'message', ...said });
      answers.push(done.flatMap((one) => (one.from === 'bot' ? [one.reply.text] : [])).join('\n'));
    }
    return answers;
  }

  it('keeps what fell through: the day, the language, the words without the person', async () => {
    await talk(['blorp della signora Zibaldona, 320 000 0123']);
    const [phrase, ...others] = await store.listUnclear();
    assert.deepEqual(others, []);
    assert.match(phrase?.id ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      { ...phrase, id: '' },
      {
        id: '',
        day: '2026-11-24',
        lang: 'it',
        text: 'blorp della signora [name], [number]',
        why: 'not_understood',
        said: null,
        corrected: null,
      },
    );
    assert.doesNotMatch(logged.join('\n'), /blorp|Zibaldona|0123/);
  });

  it('keeps what was corrected, with what was read and what was meant', async () => {
    await talk([MONEY, "no, è per l'affitto"]);
    const kept = (await store.listUnclear()).map(({ id: _id, ...phrase }) => phrase);
    const text = 'non so come fare con i soldi, dice [name], sto a Porcari';
    assert.deepEqual(kept, [
      { day: '2026-11-24', lang: 'it', text, why: 'corrected', said: 'bills', corrected: 'rent' },
    ]);
  });

  it('keeps nothing where it is switched off', async () => {
    await talk(['blorp blorp'], undefined, false);
    assert.deepEqual(await store.listUnclear(), []);
  });

  it('keeps nothing of a cry for help, nor of what is said while the danger is open', async () => {
    await talk(['voglio morire, blorp', 'blorp blorp', 'zzz qqq']);
    assert.deepEqual(await store.listUnclear(), []);
  });

  it('keeps nothing that is only a name and a number', async () => {
    await talk(['Giovanni Zibaldoni 320 000 0123']);
    assert.deepEqual(await store.listUnclear(), []);
  });

  it('goes on with the talk, and keeps nothing, where a phrase cannot be redacted', async () => {
    const [answer] = await talk(['blorp Zibaldona'], () => Promise.reject(new Error('no words')));
    assert.ok(answer && answer.length > 0);
    assert.deepEqual(await store.listUnclear(), []);
    assert.equal(
      logged.some((line) => line.includes('queue.not_kept')),
      true,
    );
  });

  it('cannot be reached by an erasure, and adds nothing with it', async () => {
    await talk(['blorp blorp', 'cancella tutto', '>confirm.erase.yes']);
    assert.equal((await store.listUnclear()).length, 1);
    assert.deepEqual(
      await store.activities('web:prova', 0).then((all) => JSON.stringify(all).includes('blorp')),
      false,
    );
  });

  it('forgets after thirty days, when the hourly purge comes by', async () => {
    await talk(['blorp blorp']);
    const purgeAt = async (days: number): Promise<number> => {
      const done = Promise.withResolvers<void>();
      const watched: Store = {
        ...store,
        purge: async (...bounds) => {
          const count = await store.purge(...bounds);
          done.resolve();
          return count;
        },
      };
      const purge = startPurge(watched, () => new Date(AT.getTime() + days * DAY), silentLog);
      await done.promise;
      purge.stop();
      return (await store.listUnclear()).length;
    };
    assert.equal(await purgeAt(29), 1);
    assert.equal(await purgeAt(30), 0);
  });

  describe('chooses', () => {
    const heard = (changes: Partial<Heard>): Promise<unknown[]> => {
      const unclear = [{ text: 'blorp', lang: 'it', why: 'not_understood', said: null } as const];
      const state = newState('it', null);
      const given = { unclear, hit: null, decoded: UNCLEAR, before: state, after: state, erased: false, at: AT };
      return phrasesOf({ ...given, ...changes }, { redact: async () => redact, uuid: ids.uuid, log });
    };
    const hit = { dangers: ['suicide'], minorWrites: false, child: false } as const;
    const open = {
      ...newState('it', null),
      floor: { hit: { ...hit, dangers: ['suicide'] as ['suicide'] }, step: 'shown' },
    } as const;

    it('calm words', async () => assert.equal((await heard({})).length, 1));
    it('no danger seen, even only likely', async () => {
      assert.deepEqual(await heard({ hit: { ...hit, dangers: ['suicide'] } }), []);
      assert.deepEqual(await heard({ hit: { ...hit, dangers: ['suicide'], maybe: true } }), []);
    });
    it('no emergency that only the decoder reads', async () => {
      for (const read of [{ urgency: 'emergency' as const }, { danger: 0.4 }])
        assert.deepEqual(await heard({ decoded: { ...UNCLEAR, ...read } }), []);
    });
    it('no danger open before the turn, or after it', async () => {
      assert.deepEqual(await heard({ before: open }), []);
      assert.deepEqual(await heard({ after: open }), []);
    });
    it('nothing of a turn that erases', async () => assert.deepEqual(await heard({ erased: true }), []));
  });
});
