// The floor's ear: a small trained table that hears danger in words no sign was written for. Read once, then pure.
// Learning it is left to train.ts; what signs and ear together mean to detect.ts.
import { readFileSync } from 'node:fs';
import { BUCKETS, featuresOf } from './features.ts';
import { DANGERS } from './types.ts';
import type { Danger } from './types.ts';

export const MODEL = new URL('model/ear.bin', import.meta.url);

/** The first line of the file, JSON; the tables follow, one signed byte a bucket, head after head. */
export interface EarHeader {
  version: 1;
  buckets: number;
  /** Digest of the sentences it was learned from. */
  corpus: string;
  /** Heard as danger from `sure` on; from `maybe` on the numbers are only offered. */
  sure: number;
  maybe: number;
  /** Below this hardly any cry for help is: a sign seen in such words is doubted. */
  calm: number;
  heads: { name: 'any' | Danger; bias: number; scale: number }[];
}

export interface Heard {
  certainty: 'sure' | 'maybe';
  /** Most likely first, at least one. */
  dangers: [Danger, ...Danger[]];
}

/** A further danger is named from this probability on. */
const ALSO = 0.5;

export interface Ear {
  hear(text: string): Heard | null;
  /** 0 to 1: how likely the words are a cry for help. */
  likelihood(text: string): number;
  /** So unlikely a cry for help that a sign in the words is doubted. */
  isCalm(text: string): boolean;
}

export function loadEar(file: URL = MODEL): Ear {
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const header: EarHeader = JSON.parse(bytes.subarray(0, end).toString('utf8'));
  if (header.buckets !== BUCKETS)
    throw new Error(`${file.pathname} was learned with other features: npm run train:floor`);
  const tables = header.heads.map((head, index) => ({
    ...head,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + end + 1 + index * BUCKETS, BUCKETS),
  }));
  const probabilityOf = (name: 'any' | Danger, features: readonly number[]): number => {
    const head = tables.find((one) => one.name === name);
    if (!head) return 0;
    let sum = 0;
    for (const feature of features) sum += head.weights[feature] ?? 0;
    return 1 / (1 + Math.exp(-(head.bias + (sum * head.scale) / Math.sqrt(features.length || 1))));
  };
  const likelihood = (text: string): number => probabilityOf('any', featuresOf(text));
  const hear = (text: string): Heard | null => {
    const features = featuresOf(text);
    const sure = probabilityOf('any', features);
    if (features.length === 0 || sure < header.maybe) return null;
    const ranked = DANGERS.map((danger) => ({ danger, probability: probabilityOf(danger, features) })).toSorted(
      (a, b) => b.probability - a.probability,
    );
    const [first, ...others] = ranked;
    if (!first) return null;
    const also = others.filter(({ probability }) => probability >= ALSO).map(({ danger }) => danger);
    return { certainty: sure >= header.sure ? 'sure' : 'maybe', dangers: [first.danger, ...also] };
  };
  return { hear, likelihood, isCalm: (text) => likelihood(text) < header.calm };
}
