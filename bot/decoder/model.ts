// The learnt part of the decoder: how likely each need, urgency, person and second area is for a text.
// What is then claimed is left to combine.ts, how the weights came about to train.ts.
import { readFileSync } from 'node:fs';
import { HEADS, HEAD_NAMES } from './labels.ts';
import type { Head } from './labels.ts';
import { softmax } from './learn.ts';
import { unpackTable } from './table.ts';
import type { Features } from './vector.ts';

export const MODEL = new URL('model/decoder.bin', import.meta.url);

export interface Header {
  /** Of the rows it was learnt from. */
  corpus: string;
  rows: number;
  temperature: Record<Head, number>;
  thresholds: Thresholds;
}

/** Probabilities from which something is claimed; chosen on voices that the weights had not seen. */
export interface Thresholds {
  need: number;
  area: number;
  emergency: number;
  second: number;
}

/** Calibrated probabilities, by head, in the order of HEADS. */
export type Guess = Record<Head, Float64Array>;

export interface Model {
  header: Header;
  guess(features: Features): Guess;
}

/** Throws where the file is missing or of another version. */
export function loadModel(file: URL = MODEL): Model {
  return createModel(readFileSync(file));
}

/** Throws where the bytes are no model. */
export function createModel(bytes: Buffer): Model {
  const { header, sums } = unpackTable<Header>(bytes, 'npm run train');
  return { header, guess: (features) => toGuess(sums(features), header.temperature) };
}

function toGuess(sums: Float64Array, temperature: Record<Head, number>): Guess {
  let from = 0;
  const part = (head: Head): Float64Array => {
    const scores = sums.slice(from, (from += HEADS[head].length));
    softmax(scores, temperature[head]);
    return scores;
  };
  const [need, urgency, whom, second] = HEAD_NAMES.map(part);
  const none = new Float64Array();
  return { need: need ?? none, urgency: urgency ?? none, whom: whom ?? none, second: second ?? none };
}
