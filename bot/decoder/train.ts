// `node bot/decoder/train.ts`: learns the decoder's weights from the corpus, always the same ones, and writes model/decoder.bin.
// The held-out voices are left to bot/evaluate.ts; they are not looked at here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { areaOfLabel, likeliestArea } from './combine.ts';
import { checksum, readCorpus } from './corpus.ts';
import type { Row } from './corpus.ts';
import { featuresOf } from './features.ts';
import { HEADS, HEAD_NAMES } from './labels.ts';
import type { Head } from './labels.ts';
import { learn, score, softmax } from './learn.ts';
import type { Example, Learnt } from './learn.ts';
import { createModel, MODEL } from './model.ts';
import type { Header, Thresholds } from './model.ts';
import { createRead } from './read.ts';
import { packTable } from './table.ts';
import { withTypos } from './typos.ts';
import { BUCKETS } from './vector.ts';
import type { Features } from './vector.ts';

const OPTIONS = { epochs: 10, rate: 0.1, l2: 1e-4, seed: 20261122 };
const FOLDS = 3;

/** Numbers of a row for each head, in the order of HEADS. */
function labelsOf(row: Row): Record<Head, number> {
  return {
    need: HEADS.need.indexOf(row.need ?? 'unclear'),
    urgency: HEADS.urgency.indexOf(row.urgency),
    whom: HEADS.whom.indexOf(row.forWhom),
    second: HEADS.second.indexOf(row.secondaryArea ?? 'none'),
  };
}

/** The bytes of the model; the same rows give the same bytes. */
export async function train(rows: readonly Row[]): Promise<Buffer> {
  const read = createRead();
  const featuresOfAll = async (change: (text: string) => string): Promise<Features[]> => {
    const all: Features[] = [];
    for (const { text } of rows) {
      const { tokens, found } = await read(change(text));
      all.push(featuresOf(tokens, found));
    }
    return all;
  };
  const features = await featuresOfAll((text) => text);
  // Each row is learnt a second time, as hurried thumbs would write it.
  const misspelt = await featuresOfAll(withTypos);
  const labels = rows.map(labelsOf);
  const learnFrom = (head: Head, sets: Features[][], isUsed: (row: number) => boolean): Learnt =>
    learn(
      sets.flatMap((all) =>
        all.flatMap((one, at): Example[] => (isUsed(at) ? [{ features: one, label: labels[at]?.[head] ?? -1 }] : [])),
      ),
      HEADS[head].length,
      OPTIONS,
    );
  const folds = foldsOf(rows);
  const unseen = (head: Head): Float64Array[] => {
    const learnt = Array.from({ length: FOLDS }, (_, fold) => learnFrom(head, [features], (at) => folds[at] !== fold));
    return features.map((one, at) => {
      const scores = new Float64Array(HEADS[head].length);
      const { weights, bias } = learnt[folds[at] ?? 0] ?? { weights: new Float32Array(), bias: new Float32Array() };
      score(scores, one, weights, bias);
      return scores;
    });
  };
  const scores = byHead(unseen);
  const temperature = byHead((head) => warmest(scores[head], (at) => labels[at]?.[head] ?? 0));
  const guesses = byHead((head) => scores[head].map((one) => calm(one, temperature[head])));
  const thresholds = chooseThresholds(guesses, labels);
  const learnt = byHead((head) => learnFrom(head, [features, misspelt], () => true));
  const header: Header = { corpus: checksum(rows), rows: rows.length, temperature, thresholds };
  return packTable(
    HEAD_NAMES.map((head) => learnt[head]),
    header,
    BUCKETS,
  );
}

function byHead<T>(make: (head: Head) => T): Record<Head, T> {
  return { need: make('need'), urgency: make('urgency'), whom: make('whom'), second: make('second') };
}

/** Voices, not rows, are dealt out: nobody is judged by a model that has read another text of theirs. */
function foldsOf(rows: readonly Row[]): number[] {
  const voices = [...new Set(rows.map(({ voice }) => voice))].sort();
  const fold = new Map(voices.map((voice, at) => [voice, at % FOLDS]));
  return rows.map(({ voice }) => fold.get(voice) ?? 0);
}

function calm(scores: Float64Array, temperature: number): Float64Array {
  const copy = Float64Array.from(scores);
  softmax(copy, temperature);
  return copy;
}

/** The temperature under which the right labels are likeliest. */
function warmest(scores: Float64Array[], labelOf: (at: number) => number): number {
  let best = 1;
  let least = Infinity;
  for (let temperature = 0.4; temperature <= 4; temperature += 0.05) {
    const loss = scores.reduce(
      (sum, one, at) => sum - Math.log(Math.max(1e-9, calm(one, temperature)[labelOf(at)] ?? 0)),
      0,
    );
    if (loss < least) [best, least] = [temperature, loss];
  }
  return Math.round(best * 100) / 100;
}

/** A wrong claim costs half of what a right one brings; a crisis missed far more than one raised in vain. */
const COST = { need: 0.5, area: 0.6, emergency: 0.6, second: 0.8 };

function chooseThresholds(guesses: Record<Head, Float64Array[]>, labels: Record<Head, number>[]): Thresholds {
  const best = (cost: number, claims: { sure: number; right: boolean }[]): number => {
    let found = { threshold: 0.5, gain: -Infinity };
    for (let threshold = 0.1; threshold < 0.95; threshold += 0.01) {
      const made = claims.filter(({ sure }) => sure >= threshold);
      const gain = made.reduce((sum, { right }) => sum + (right ? 1 : -cost), 0);
      if (gain > found.gain) found = { threshold, gain };
    }
    return Math.round(found.threshold * 100) / 100;
  };
  const top = (head: Head, not: string): { sure: number; right: boolean }[] =>
    guesses[head].flatMap((guess, at) => {
      const place = guess.indexOf(Math.max(...guess));
      return HEADS[head][place] === not ? [] : [{ sure: guess[place] ?? 0, right: labels[at]?.[head] === place }];
    });
  const emergency = HEADS.urgency.indexOf('emergency');
  const second = HEADS.second.indexOf('none');
  return {
    need: best(COST.need, top('need', 'unclear')),
    area: best(
      COST.area,
      guesses.need.map((guess, at) => {
        const { area, sure } = likeliestArea(guess);
        return { sure, right: area === areaOfLabel(HEADS.need[labels[at]?.need ?? 0] ?? 'unclear') };
      }),
    ),
    emergency: best(
      COST.emergency,
      guesses.urgency.map((guess, at) => ({ sure: guess[emergency] ?? 0, right: labels[at]?.urgency === emergency })),
    ),
    second: best(
      COST.second,
      guesses.second.map((guess, at) => {
        const place = guess.indexOf(Math.max(...guess.slice(0, second)));
        return { sure: guess[place] ?? 0, right: labels[at]?.second === place };
      }),
    ),
  };
}

if (import.meta.main) {
  const start = performance.now();
  const { train: rows } = readCorpus();
  const bytes = await train(rows);
  mkdirSync(new URL('.', MODEL), { recursive: true });
  writeFileSync(MODEL, bytes);
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${JSON.stringify(createModel(bytes).header)}\n${seconds} s, ${bytes.length} bytes\n`);
}
