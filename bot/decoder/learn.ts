// Multinomial logistic regression on sparse vectors: AdaGrad, L2, a fixed seed; the same rows give the same weights.
// What the numbers stand for is left to features.ts, how many weights are kept to table.ts.
import { createRandom, shuffle } from '../random.ts';
import { BUCKETS } from './vector.ts';
import type { Features } from './vector.ts';

export interface Example {
  features: Features;
  /** Place of the right label. */
  label: number;
}

export interface Learnt {
  classes: number;
  /** One row of `classes` weights for each bucket. */
  weights: Float32Array;
  bias: Float32Array;
}

export interface LearnOptions {
  epochs: number;
  rate: number;
  l2: number;
  seed: number;
}

export function learn(examples: readonly Example[], classes: number, options: LearnOptions): Learnt {
  const weights = new Float32Array(BUCKETS * classes);
  const sums = new Float32Array(BUCKETS * classes);
  const bias = new Float32Array(classes);
  const biasSums = new Float32Array(classes).fill(1);
  const scores = new Float64Array(classes);
  const random = createRandom(options.seed);
  const order = examples.map((_, at) => at);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    const rate = options.rate * (1 - epoch / options.epochs) + options.rate * 0.05;
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const { ids, values } = example.features;
      score(scores, example.features, weights, bias);
      softmax(scores);
      for (let k = 0; k < classes; k += 1) {
        const error = (scores[k] ?? 0) - (k === example.label ? 1 : 0);
        biasSums[k] = (biasSums[k] ?? 0) + error * error;
        bias[k] = (bias[k] ?? 0) - (rate * error) / Math.sqrt(biasSums[k] ?? 1);
        scores[k] = error;
      }
      for (let i = 0; i < ids.length; i += 1) {
        const value = values[i] ?? 0;
        let place = (ids[i] ?? 0) * classes;
        for (let k = 0; k < classes; k += 1, place += 1) {
          const weight = weights[place] ?? 0;
          const slope = (scores[k] ?? 0) * value + options.l2 * weight;
          const sum = (sums[place] ?? 0) + slope * slope;
          sums[place] = sum;
          weights[place] = weight - (rate * slope) / (Math.sqrt(sum) + 1e-6);
        }
      }
    }
  }
  return { classes, weights, bias };
}

/** Unnormalised log probabilities of one text. */
export function score(out: Float64Array, { ids, values }: Features, weights: Float32Array, bias: Float32Array): void {
  const classes = out.length;
  for (let k = 0; k < classes; k += 1) out[k] = bias[k] ?? 0;
  for (let i = 0; i < ids.length; i += 1) {
    const value = values[i] ?? 0;
    let place = (ids[i] ?? 0) * classes;
    for (let k = 0; k < classes; k += 1, place += 1) out[k] = (out[k] ?? 0) + value * (weights[place] ?? 0);
  }
}

/** In place; `temperature` above 1 makes the answer less sure. */
export function softmax(scores: Float64Array, temperature = 1): void {
  let most = -Infinity;
  for (const one of scores) most = Math.max(most, one);
  let total = 0;
  for (let k = 0; k < scores.length; k += 1) {
    const value = Math.exp(((scores[k] ?? 0) - most) / temperature);
    scores[k] = value;
    total += value;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] ?? 0) / total;
}
