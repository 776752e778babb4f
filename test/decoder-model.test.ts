// The decoder's learnt part: its corpus can be read, training is repeatable, the committed model is the corpus's own,
// and voices that were never trained on are understood about as well as when this was written.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { checksum, readCorpus, readVoice } from '../bot/decoder/corpus.ts';
import { createFindThings } from '../bot/decoder/concepts.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { LANGUAGE_TABLE } from '../bot/decoder/language.ts';
import type { LanguageHeader } from '../bot/decoder/language.ts';
import { createModel, loadModel } from '../bot/decoder/model.ts';
import { tokenise } from '../bot/decoder/normalise.ts';
import { unpackTable } from '../bot/decoder/table.ts';
import { train } from '../bot/decoder/train.ts';
import { withTypos } from '../bot/decoder/typos.ts';
import { figuresOf } from '../bot/decoder/measure.ts';
import type { Figures, Judgement } from '../bot/decoder/measure.ts';

const HEADER = 'text\tarea\tneed\tsecondary_area\turgency\tfor_whom\tcomune\tnote';

describe('corpus', () => {
  const corpus = readCorpus();

  it('has every need, urgency and person on both sides of the split', () => {
    for (const rows of [corpus.train, corpus.heldOut]) {
      assert.equal(new Set(rows.map(({ need }) => need)).size, 23);
      assert.equal(new Set(rows.map(({ urgency }) => urgency)).size, 3);
      assert.equal(new Set(rows.map(({ forWhom }) => forWhom)).size, 3);
    }
  });

  it('keeps each voice on one side', () => {
    const held = new Set(corpus.heldOut.map(({ voice }) => voice));
    assert.ok(held.size >= 15);
    assert.ok(corpus.train.every(({ voice }) => !held.has(voice)));
  });

  it('names the line of every mistake', () => {
    const problems: string[] = [];
    const rows = readVoice(
      [
        '# nobody',
        HEADER,
        'ciao\tunclear\t\t\tnone\tunknown\tnone\t',
        'ciao\tunclear\t\t\tnone\tunknown\tnone\t',
        'ho fame\teconomic\tfood\t\tsoon\tself\tnone\t',
        'sfratto\teconomic\teviction\t\tnone\tself\tnone\t',
        'two\tcolumns',
        'bolletta\teconomic\tbills\teconomic\tnone\tself\tnone\t',
      ].join('\n'),
      'it/nobody',
      problems,
    );
    assert.equal(rows.length, 1);
    assert.deepEqual(
      problems.map((problem) => /line (\d+)/.exec(problem)?.[1]),
      ['4', '5', '6', '7', '8'],
    );
  });

  it('refuses a held-out voice that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bussola-corpus-'));
    await mkdir(join(folder, 'it'));
    await writeFile(join(folder, 'it', 'a.tsv'), `${HEADER}\nciao\tunclear\t\t\tnone\tunknown\tnone\t\n`);
    await writeFile(join(folder, 'held-out.txt'), '# none\nit/b\n');
    assert.throws(() => readCorpus(pathToFileURL(`${folder}/`)), /it\/b/);
    await rm(folder, { recursive: true });
  });
});

describe('things', () => {
  it('are the same in every language', () => {
    const find = createFindThings();
    const names = (lang: string, text: string): string[] => find(tokenise(text), [lang]).map(({ name }) => name);
    for (const [lang, text] of [
      ['it', 'il padrone di casa'],
      ['ru', 'хозяин'],
      ['zh', '房东说'],
      ['ar', 'والمالك'],
    ] as const)
      assert.ok(names(lang, text).includes('landlord'), `${lang}: ${names(lang, text).join(' ')}`);
  });
});

describe('model', () => {
  const { train: rows, heldOut } = readCorpus();

  it('is the one the corpus gives, and so is the table of languages', () => {
    for (const header of [
      loadModel().header,
      unpackTable<LanguageHeader>(readFileSync(LANGUAGE_TABLE), 'npm run train').header,
    ]) {
      assert.equal(header.rows, rows.length);
      assert.equal(header.corpus, checksum(rows), 'the corpus has changed: run "npm run train && npm run train:floor"');
    }
  });

  it('is learnt the same way every time', async function () {
    this.timeout(120_000);
    const sample = rows.filter((_, at) => at % Math.floor(rows.length / 60) === 0).slice(0, 60);
    const [once, again] = [await train(sample), await train(sample)];
    assert.ok(once.equals(again));
    assert.equal(createModel(once).header.rows, 60);
  });

  it('says what to do with a file that is not a model, or is cut short', async () => {
    assert.throws(() => createModel(Buffer.from('something else entirely')), /npm run train/);
    const whole = await train(rows.slice(0, 4));
    assert.throws(() => createModel(whole.subarray(0, whole.length - 8)), /npm run train/);
  }).timeout(120_000);

  it('gives probabilities', () => {
    const guess = loadModel().guess({ ids: new Uint32Array(), values: new Float32Array() });
    for (const head of Object.values(guess))
      assert.ok(Math.abs(head.reduce((sum: number, one: number) => sum + one, 0) - 1) < 1e-6);
  });

  describe('held-out voices', () => {
    const figures = new Map<string, Figures>();
    before(async function () {
      this.timeout(60_000);
      const directory = loadDirectory();
      const decoder = await createDecoder({
        frazioni: directory.frazioni(),
        comuni: directory.comuni(),
        abstain: false,
      });
      const all: Judgement[] = [];
      for (const row of heldOut) all.push({ row, said: await decoder.decode(row.text) });
      figures.set('it', figuresOf(all.filter(({ row }) => row.lang === 'it')));
      figures.set('others', figuresOf(all.filter(({ row }) => row.lang !== 'it')));
    });

    // Each floor stands about two points under what was measured (docs/adr): lower is a step back.
    const floors: [string, keyof Figures, number][] = [
      ['it', 'area', 0.87],
      ['it', 'need', 0.81],
      ['it', 'needF1', 0.805],
      ['it', 'urgency', 0.88],
      ['it', 'forWhom', 0.87],
      ['it', 'comune', 0.93],
      ['it', 'lang', 0.97],
      ['others', 'area', 0.875],
      ['others', 'need', 0.805],
      ['others', 'needF1', 0.795],
      ['others', 'urgency', 0.86],
      ['others', 'forWhom', 0.825],
      ['others', 'lang', 0.96],
    ];
    for (const [side, figure, floor] of floors)
      it(`${side}: ${figure} at least ${floor}`, () => {
        const measured = figures.get(side)?.[figure] ?? 0;
        assert.ok(measured >= floor, `${figure} is ${measured.toFixed(3)}`);
      });

    it('it: sure of itself as often as it is right, within 5 points', () => {
      assert.ok((figures.get('it')?.calibration ?? 1) <= 0.05);
    });
  });

  it('makes the same typing mistakes every time, and none in what is not a letter', () => {
    const text = 'non riesco a pagare la bolletta, 300 euro';
    assert.equal(withTypos(text), withTypos(text));
    assert.notEqual(withTypos(text), text);
    assert.equal(withTypos('300 - 400, 500'), '300 - 400, 500');
  });
});
