// Logistic regression over sparse binary features, learned by AdaGrad in a fixed order: the same rows give the same weights.
// Which rows and which features is left to train.ts.
import { createRandom, shuffle } from '../random.ts';

/** One row: its feature numbers and whether it is what is being learned. `weight`: how much it counts. */
export interface Example {
  features: readonly number[];
  positive: boolean;
  weight: number;
}

export interface Logistic {
  bias: number;
  weights: Float32Array;
}

export interface Learning {
  buckets: number;
  epochs: number;
  rate: number;
  /** Pull towards zero at each visit of a weight. */
  decay: number;
}

export function learn(examples: readonly Example[], { buckets, epochs, rate, decay }: Learning): Logistic {
  const weights = new Float32Array(buckets);
  const squares = new Float32Array(buckets).fill(1e-6);
  const order = examples.map((_, index) => index);
  const random = createRandom(20260204);
  let bias = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (!example) continue;
      const scale = 1 / Math.sqrt(example.features.length || 1);
      const error = (Number(example.positive) - probability({ bias, weights }, example.features)) * example.weight;
      bias += rate * 0.05 * error;
      for (const feature of example.features) {
        const weight = weights[feature] ?? 0;
        const slope = error * scale - decay * weight;
        const square = (squares[feature] ?? 0) + slope * slope;
        squares[feature] = square;
        weights[feature] = weight + (rate * slope) / Math.sqrt(square);
      }
    }
  }
  return { bias, weights };
}

export function probability({ bias, weights }: Logistic, features: readonly number[]): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature] ?? 0;
  return 1 / (1 + Math.exp(-(bias + sum / Math.sqrt(features.length || 1))));
}
