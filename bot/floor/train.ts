// Learns the floor's ear from the sentences in corpus/ and writes model/ear.bin: `npm run train:floor`, always the same.
// Which sentences are cries for help is for people to say, in the corpus; using the table is left to ear.ts.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { MODEL } from './ear.ts';
import type { EarHeader } from './ear.ts';
import { BUCKETS, featuresOf } from './features.ts';
import { learn, probability } from './logistic.ts';
import type { Logistic } from './logistic.ts';
import { isDevelopment, readCorpus } from './corpus.ts';
import type { Sentence } from './corpus.ts';
import { DANGERS } from './types.ts';

const LEARNING = { buckets: BUCKETS, epochs: 12, rate: 0.5, decay: 1e-5 };
/** Share of look-alikes, on voices the table was not learned from, that may be heard as danger, and as a maybe. */
const MOST = { sure: 0.08, maybe: 0.13 };
/** Share of cries for help, on those voices, in whose words a sign may be doubted. */
const DOUBTED = 0.05;

interface Heard {
  sentence: Sentence;
  features: number[];
}

/** What everybody answers to the bot's own questions must not raise an alarm: it counts so many times. */
const OF_REPLIES = 4;

function weightOf({ voice }: Sentence): number {
  return /^(?:answers|buttons|commands) /.test(voice) ? OF_REPLIES : 1;
}

function teach(rows: readonly Heard[], isPositive: (sentence: Sentence) => boolean): Logistic {
  return learn(
    rows.map(({ sentence, features }) => ({ features, positive: isPositive(sentence), weight: weightOf(sentence) })),
    LEARNING,
  );
}

/** The lowest threshold that raises no more than that share of the look-alikes. */
function threshold(model: Logistic, development: readonly Heard[], most: number): number {
  const scores = development
    .filter(({ sentence }) => sentence.kind === 'lookalike')
    .map(({ features }) => probability(model, features))
    .toSorted((a, b) => b - a);
  return Math.min(0.95, Math.max(0.05, (scores[Math.floor(scores.length * most)] ?? 0.5) + 1e-6));
}

/** The highest score that no more than that share of the cries for help stays below. */
function calmest(model: Logistic, development: readonly Heard[], most: number): number {
  const scores = development
    .filter(({ sentence }) => sentence.kind === 'crisis')
    .map(({ features }) => probability(model, features))
    .toSorted((a, b) => a - b);
  return scores[Math.floor(scores.length * most)] ?? 0;
}

function quantised({ weights, bias }: Logistic, name: EarHeader['heads'][number]['name']) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  const scale = largest / 127;
  return { head: { name, bias, scale }, table: Int8Array.from(weights, (weight) => Math.round(weight / scale)) };
}

export function train(sentences: readonly Sentence[]): { header: EarHeader; bytes: Buffer } {
  const rows = sentences.map((sentence) => ({ sentence, features: featuresOf(sentence.text) }));
  const isCrisis = (sentence: Sentence): boolean => sentence.kind === 'crisis';
  const development = rows.filter(({ sentence }) => isDevelopment(sentence));
  const trial = teach(
    rows.filter(({ sentence }) => !isDevelopment(sentence)),
    isCrisis,
  );
  const heads = [
    quantised(teach(rows, isCrisis), 'any'),
    ...DANGERS.map((danger) =>
      quantised(
        teach(rows, (sentence) => sentence.danger === danger),
        danger,
      ),
    ),
  ];
  const header: EarHeader = {
    version: 1,
    buckets: BUCKETS,
    corpus: createHash('sha256').update(JSON.stringify(sentences)).digest('hex').slice(0, 16),
    sure: threshold(trial, development, MOST.sure),
    maybe: threshold(trial, development, MOST.maybe),
    calm: calmest(trial, development, DOUBTED),
    heads: heads.map(({ head }) => head),
  };
  const tables = heads.map(({ table }) => Buffer.from(table.buffer));
  return { header, bytes: Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...tables]) };
}

if (import.meta.main) {
  const { header, bytes } = train(readCorpus());
  mkdirSync(new URL('.', MODEL), { recursive: true });
  writeFileSync(MODEL, bytes);
  process.stdout.write(
    `${bytes.length} bytes, sure ${header.sure.toFixed(3)}, maybe ${header.maybe.toFixed(3)}, calm ${header.calm.toFixed(3)}\n`,
  );
}
