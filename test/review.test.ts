// `npm run -s review`, through the command itself: what it lists, what it writes into the corpus, what it says when it cannot.
// How phrases come into the queue is left to queue.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from '../adapters/store/open.ts';
import { readCorpus } from '../bot/decoder/corpus.ts';
import { silentLog } from '../bot/log.ts';
import type { UnclearPhrase } from '../bot/ports.ts';
import { groupPhrases } from '../bot/review/groups.ts';
import { teach } from '../bot/review/teach.ts';
import type { Lesson } from '../bot/review/teach.ts';
import { aPhrase, aTurn } from './store-samples.ts';

const ROOT = new URL('../', import.meta.url);
const HEADER = 'text\tarea\tneed\tsecondary_area\turgency\tfor_whom\tcomune\tnote';
const TAP = 'mi hanno chiuso il rubinetto';
const PHRASES: UnclearPhrase[] = [
  aPhrase({ id: 'p1', text: TAP }),
  aPhrase({
    id: 'p2',
    text: 'Mi hanno chiuso il rubinetto!',
    day: '2026-11-25',
    why: 'corrected',
    said: 'rent',
    corrected: 'bills',
  }),
  aPhrase({ id: 'p3', text: 'sono [name] e ho il cartellino giallo', day: '2026-11-26' }),
  aPhrase({ id: 'p4', text: TAP, lang: 'ro' }),
];
const numberOf = (id: string): string =>
  String(groupPhrases(PHRASES).find(({ ids }) => ids.includes(id))?.number ?? assert.fail(id));

describe('review', () => {
  let folder: string;
  let corpus: string;
  let data: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bussola-review-'));
    [corpus, data] = [join(folder, 'corpus'), join(folder, 'data')];
    for (const lang of ['it', 'ro']) mkdirSync(join(corpus, lang), { recursive: true });
    writeFileSync(join(corpus, 'held-out.txt'), '# kept apart\nit/chi-misura\n');
    writeFileSync(join(corpus, 'it/chi-misura.tsv'), `# nobody\n${HEADER}\nciao\tunclear\t\t\tnone\tunknown\tnone\t\n`);
    const store = await openStore({ dataDir: data, log: silentLog });
    await store.commit(aTurn({ unclear: PHRASES }));
    await store.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const review = (...args: string[]): { status: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['bot/review.ts', ...args, '--corpus', corpus], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], DATA_DIR: data },
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  };
  const waiting = async (): Promise<string[]> => {
    const store = await openStore({ dataDir: data, log: silentLog });
    const texts = (await store.listUnclear()).map(({ text }) => text.toLowerCase().replace('!', ''));
    await store.close();
    return [...new Set(texts)].toSorted();
  };
  const voice = (name: string): string => readFileSync(join(corpus, name), 'utf8');

  it('lists what waits, the most frequent first, each with its number and what was made of it', () => {
    const { status, out, err } = review();
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /^4 phrases not understood or corrected, 3 different; kept for thirty days\.\n/);
    const [first = '', second = '', , third] = out.split('\n').slice(3);
    assert.equal(
      first,
      `${numberOf('p1')}  2x  it  not understood; read as rent, it was bills  (2026-11-24 to 2026-11-25)`,
    );
    assert.equal(second.trim(), TAP);
    assert.equal(third, `${numberOf('p3')}  1x  it  not understood  (2026-11-26)`);
  });

  it('lists the same for another program', () => {
    const listed: unknown = JSON.parse(review('--json').out);
    assert.ok(Array.isArray(listed));
    assert.deepEqual(listed[0], {
      number: Number(numberOf('p1')),
      count: 2,
      lang: 'it',
      text: TAP,
      readings: [
        { why: 'not_understood', said: null, corrected: null, count: 1 },
        { why: 'corrected', said: 'rent', corrected: 'bills', count: 1 },
      ],
      firstDay: '2026-11-24',
      lastDay: '2026-11-25',
    });
    assert.equal(listed.length, 3);
  });

  it('adds a phrase to a new voice of the corpus, and takes all who said so out of the queue', async () => {
    const { status, out, err } = review('add', numberOf('p1'), '--need', 'bills', '--area', 'economic');
    assert.deepEqual([status, err], [0, '']);
    assert.match(
      out,
      /from-review\.tsv\. Decoder and floor learn it with: npm run train && npm run train:floor\nTaken out of the queue: 2 phrases\.\n$/,
    );
    const [first = '', header, row, ...rest] = voice('it/from-review.tsv').split('\n');
    assert.match(first, /^# \S/);
    assert.deepEqual([header, row, rest], [HEADER, `${TAP}\teconomic\tbills\t\tnone\tself\tnone\t`, ['']]);
    assert.deepEqual(await waiting(), [TAP, 'sono [name] e ho il cartellino giallo']);
    assert.equal(readCorpus(pathToFileURL(`${corpus}/`)).train[0]?.need, 'bills');
    assert.deepEqual(readdirSync(join(corpus, 'it')), ['chi-misura.tsv', 'from-review.tsv']);
  });

  it('takes every label, other words and another voice; numbers stay the same meanwhile', async () => {
    assert.equal(review('drop', numberOf('p1')).status, 0);
    const labels = [
      '--need',
      'eviction',
      '--secondary',
      'health',
      '--urgency',
      'urgent',
      '--for',
      'other',
      '--comune',
      'porcari',
    ];
    const { err } = review(
      'add',
      numberOf('p3'),
      ...labels,
      '--text',
      'ho il  cartellino\tgiallo',
      '--voice',
      'cartellino',
      '--note',
      'indirect',
    );
    assert.equal(err, '');
    assert.match(
      voice('it/cartellino.tsv'),
      /\nho il cartellino giallo\thousing\teviction\thealth\turgent\tother\tporcari\tindirect\n$/,
    );
    review('add', numberOf('p4'), '--area', 'unclear', '--for', 'unknown', '--voice', 'cartellino');
    assert.match(voice('ro/cartellino.tsv'), /\nmi hanno chiuso il rubinetto\tunclear\t\t\tnone\tunknown\tnone\t\n$/);
    assert.deepEqual(await waiting(), []);
    assert.equal(review().out, 'Nothing waits to be reviewed.\n');
  });

  it('leaves three dots where something was taken out', () => {
    review('add', numberOf('p3'), '--need', 'eviction');
    assert.match(voice('it/from-review.tsv'), /\nsono … e ho il cartellino giallo\t/);
  });

  it('goes on at the end of a voice that is there', () => {
    review('add', numberOf('p1'), '--need', 'bills');
    review('add', numberOf('p3'), '--need', 'eviction');
    assert.equal(voice('it/from-review.tsv').trim().split('\n').length, 4);
  });

  it('drops a phrase', async () => {
    assert.equal(review('drop', numberOf('p1')).out, 'Taken out of the queue: 2 phrases.\n');
    assert.equal((await waiting()).length, 2);
    assert.equal(existsSync(join(corpus, 'it/from-review.tsv')), false);
  });

  describe('says what to do, and changes nothing', () => {
    const refused = (what: string, args: () => string[], says: RegExp): Mocha.Test =>
      it(what, async () => {
        const { status, out, err } = review(...args());
        assert.deepEqual([status, out], [2, '']);
        assert.match(err, says);
        assert.equal((await waiting()).length, 2);
        assert.deepEqual(readdirSync(join(corpus, 'it')), ['chi-misura.tsv']);
      });
    refused('for a verb it does not know', () => ['teach', '1'], /list, add <number> or drop <number>/);
    refused('for no number', () => ['add'], /add needs a number/);
    refused('for a number that is not there', () => ['drop', '1'], /there is no phrase 1: npm run -s review/);
    refused('for an option it does not know', () => ['add', numberOf('p1'), '--bogus'], /--bogus/);
    refused('for labels that are none', () => ['add', numberOf('p1'), '--need', 'bills', '--for', 'x'], /"x" is not/);
    refused('where there is no store', () => ['--data', join(folder, 'nowhere')], /set DATA_DIR or --data/);
  });

  describe('teaches nothing that the corpus could not read', () => {
    const lesson: Lesson = {
      lang: 'it',
      voice: 'from-review',
      text: TAP,
      area: undefined,
      need: 'bills',
      secondary: 'none',
      urgency: 'none',
      forWhom: 'self',
      comune: 'none',
      note: '',
    };
    const refused = (what: string, changes: Partial<Lesson>, says: RegExp): Mocha.Test =>
      it(what, () => {
        assert.throws(() => teach({ ...lesson, ...changes }, pathToFileURL(`${corpus}/`)), says);
        assert.deepEqual(readdirSync(join(corpus, 'it')), ['chi-misura.tsv']);
      });
    refused('no need', { need: undefined }, /--need is missing/);
    refused('a need that is none', { need: 'astrology' }, /--need astrology is not a need/);
    refused('a need of another area', { area: 'health' }, /"bills" is not a need of health/);
    refused('an urgency that is none', { urgency: 'soon' }, /"soon" is not an urgency/);
    refused('a comune that is none', { comune: 'pisa' }, /"pisa" is not a comune/);
    refused('a second area that is none', { secondary: 'economic' }, /"economic" is not a second area/);
    refused('a voice that measures', { voice: 'chi-misura' }, /held out/);
    refused('a voice that is a path', { voice: '../x' }, /--voice must be/);
    refused('a language that is not there', { lang: 'xx' }, /one of it, ro/);
    refused('words that are a remark', { text: '# no' }, /cannot begin with/);
    refused('no words', { text: ' ' }, /--text is empty/);

    it('the same words twice', () => {
      const folderOf = pathToFileURL(`${corpus}/`);
      teach(lesson, folderOf);
      assert.throws(() => teach(lesson, folderOf), /it\/from-review\.tsv line 4: the same words stand in another line/);
      assert.equal(voice('it/from-review.tsv').trim().split('\n').length, 3);
    });
  });
});
