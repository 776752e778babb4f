// The learnt part of the decoder: how likely each need, urgency, person and second area is for a text.
// What is then claimed is left to combine.ts, how the weights came about to train.ts.
import { readFileSync } from 'node:fs';
import { BUCKETS } from './features.ts';
import type { Features } from './features.ts';
import { HEADS, HEAD_NAMES } from './labels.ts';
import type { Head } from './labels.ts';
import { softmax } from './learn.ts';
import { COLUMNS, unpack } from './model-file.ts';
import type { Header, Stored } from './model-file.ts';

/** Calibrated probabilities, by head, in the order of HEADS. */
export type Guess = Record<Head, Float64Array>;

export interface Model {
  header: Header;
  guess(features: Features): Guess;
}

/** Throws where the file is missing or of another version. */
export function loadModel(file = new URL('model/decoder.bin', import.meta.url)): Model {
  return createModel(unpack(readFileSync(file)));
}

function createModel({ header, bias, ids, scales, weights }: Stored): Model {
  const rows = new Int32Array(BUCKETS).fill(-1);
  for (const [row, id] of ids.entries()) rows[id] = row;
  return {
    header,
    guess(features) {
      const sums = Float64Array.from(bias);
      for (const [at, id] of features.ids.entries()) {
        const row = rows[id] ?? -1;
        if (row < 0) continue;
        const value = (features.values[at] ?? 0) * (scales[row] ?? 0);
        for (let column = 0, place = row * COLUMNS; column < COLUMNS; column += 1, place += 1)
          sums[column] = (sums[column] ?? 0) + value * (weights[place] ?? 0);
      }
      return toGuess(sums, header.temperature);
    },
  };
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
