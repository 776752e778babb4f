// The decoders that are measured side by side, each as it is meant to be used: learn from rows, store, load, tell the need.
// How they are timed is left to one-system.ts, what is compared to decoder.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { loadDirectory } from '../adapters/directory/directory.ts';
import type { Row } from '../bot/decoder/corpus.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { LANGUAGES } from '../bot/decoder/language.ts';
import { loadModel } from '../bot/decoder/model.ts';
import { tokenise } from '../bot/decoder/normalise.ts';
import { train } from '../bot/decoder/train.ts';

/** Tells the need of a text; `unclear` where there is none. */
export type Tell = (text: string, lang: string) => Promise<string>;

export interface System {
  /** Learns and stores what was learnt in `file`. */
  learn(rows: readonly Row[], file: string): Promise<void>;
  load(file: string): Promise<Tell>;
}

export const SYSTEMS: Record<string, () => Promise<System>> = {
  bussola: async () => bussola,
  'node-nlp': nodeNlp,
  natural,
  fasttext,
};

const labelOf = (row: Row): string => row.need ?? 'unclear';
const wordsOf = (text: string): string[] => tokenise(text).map(({ folded }) => folded);

/** The whole decoder: language, places and person too, as a turn uses it. */
const bussola: System = {
  async learn(rows, file) {
    writeFileSync(file, await train(rows));
  },
  async load(file) {
    const directory = loadDirectory();
    const parts = { frazioni: directory.frazioni(), comuni: directory.comuni(), model: loadModel(pathToFileURL(file)) };
    const decoder = await createDecoder({ ...parts, abstain: false });
    return async (text) => (await decoder.decode(text)).need ?? 'unclear';
  },
};

/** Is told the language, which bussola must find by itself. */
async function nodeNlp(): Promise<System> {
  const { NlpManager } = await import('node-nlp');
  const create = (): InstanceType<typeof NlpManager> =>
    new NlpManager({
      languages: [...LANGUAGES],
      autoSave: false,
      forceNER: false,
      nlu: { log: false, useNoneFeature: false },
    });
  return {
    async learn(rows, file) {
      const manager = create();
      for (const row of rows) manager.addDocument(row.lang, row.text, labelOf(row));
      await manager.train();
      manager.save(file);
    },
    async load(file) {
      const manager = create();
      manager.load(file);
      return async (text, lang) => (await manager.process(lang, text)).intent;
    },
  };
}

/** Is given our words: its own tokeniser throws away every letter that is not Latin. Its logistic regression does not end. */
async function natural(): Promise<System> {
  const { BayesClassifier } = (await import('natural')).default;
  return {
    async learn(rows, file) {
      const classifier = new BayesClassifier();
      for (const row of rows) {
        const words = wordsOf(row.text);
        if (words.length > 0) classifier.addDocument(words, labelOf(row));
      }
      classifier.train();
      writeFileSync(file, JSON.stringify(classifier));
    },
    async load(file) {
      const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (typeof stored !== 'object' || stored === null) throw new Error(`${file} holds no classifier`);
      const classifier = BayesClassifier.restore(stored);
      return async (text) => classifier.classify(wordsOf(text));
    },
  };
}

/** Its supervised mode, through the same WASM package that tells languages here; pieces of words, pairs of words. */
async function fasttext(): Promise<System> {
  const { getFastTextClass, getFastTextModule } = await import('fasttext.wasm.js');
  const create = async (): Promise<InstanceType<Awaited<ReturnType<typeof getFastTextClass>>>> =>
    new (await getFastTextClass({ getFastTextModule }))();
  const line = (text: string): string => wordsOf(text).join(' ');
  const OPTIONS = { epoch: 40, lr: 0.5, dim: 64, wordNgrams: 2, minn: 2, maxn: 5, bucket: 200_000, loss: 'softmax' };
  return {
    async learn(rows, file) {
      const text = rows.map((row) => `__label__${labelOf(row)} ${line(row.text)}`).join('\n');
      const url = `data:text/plain;base64,${Buffer.from(`${text}\n`).toString('base64')}`;
      const model = await (await create()).trainSupervised(url, { ...OPTIONS, verbose: 0 }, () => undefined);
      if (!isModel(model)) throw new Error('fastText learnt nothing');
      writeFileSync(file, Buffer.from(await model.saveModel().arrayBuffer()));
    },
    async load(file) {
      const model = await (await create()).loadModel(pathToFileURL(file).href);
      return async (text) => (model.predict(line(text), 1, 0).get(0)?.[1] ?? 'unclear').replace('__label__', '');
    },
  };
}

function isModel(value: unknown): value is { saveModel(): Blob } {
  return typeof value === 'object' && value !== null && 'saveModel' in value;
}
