// The learnt model as bytes: a header that tells what it was learnt from, then the weights in one byte each.
// How weights are found is left to learn.ts, how they are used to model.ts.
import { BUCKETS } from './features.ts';
import { HEADS, HEAD_NAMES } from './labels.ts';
import type { Head } from './labels.ts';
import type { Learnt } from './learn.ts';

const MAGIC = 'BUSSOLA1';

export interface Header {
  /** Of the rows it was learnt from. */
  corpus: string;
  rows: number;
  features: number;
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

export interface Stored {
  header: Header;
  /** By head, then label. */
  bias: Float32Array;
  ids: Uint32Array;
  /** What one step of a feature's weights is worth. */
  scales: Float32Array;
  /** COLUMNS bytes for each feature: the labels of every head side by side. */
  weights: Int8Array;
}

/** Labels of all heads together. */
export const COLUMNS = HEAD_NAMES.reduce((sum, head) => sum + HEADS[head].length, 0);

/** Keeps the features that weigh most. The same weights give the same bytes. */
export function pack(learnt: Record<Head, Learnt>, header: Omit<Header, 'features'>, most: number): Buffer {
  const strength = new Float32Array(BUCKETS);
  for (const { classes, weights } of Object.values(learnt))
    for (let at = 0; at < weights.length; at += 1) {
      const id = Math.floor(at / classes);
      strength[id] = Math.max(strength[id] ?? 0, Math.abs(weights[at] ?? 0));
    }
  const ids = Uint32Array.from(strength.keys())
    .filter((id) => (strength[id] ?? 0) > 0)
    .sort((a, b) => (strength[b] ?? 0) - (strength[a] ?? 0) || a - b)
    .slice(0, most)
    .sort();
  const scales = Float32Array.from(ids, (id) => (strength[id] ?? 0) / 127);
  const weights = new Int8Array(ids.length * COLUMNS);
  const bias = Float32Array.from(HEAD_NAMES.flatMap((head) => [...learnt[head].bias]));
  for (const [row, id] of ids.entries())
    for (const [column, weight] of HEAD_NAMES.flatMap((head) => rowOf(learnt[head], id)).entries())
      weights[row * COLUMNS + column] = Math.round(weight / (scales[row] ?? 1));
  const text = Buffer.from(JSON.stringify({ ...header, features: ids.length } satisfies Header));
  const padding = Buffer.alloc((4 - (text.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length + padding.length);
  return Buffer.concat([
    Buffer.from(MAGIC),
    length,
    text,
    padding,
    bytes(bias),
    bytes(ids),
    bytes(scales),
    bytes(weights),
  ]);
}

/** Throws where the bytes are not such a model. */
export function unpack(file: Buffer): Stored {
  if (file.subarray(0, MAGIC.length).toString() !== MAGIC)
    throw new Error(`the decoder's model is not of version ${MAGIC}: run "node bot/decoder/train.ts"`);
  const length = file.readUInt32LE(MAGIC.length);
  const start = MAGIC.length + 4 + length;
  const header: Header = JSON.parse(file.subarray(MAGIC.length + 4, start).toString());
  const { features } = header;
  const whole = Uint8Array.from(file.subarray(start));
  const parts = [COLUMNS * 4, features * 4, features * 4, features * COLUMNS];
  if (whole.length !== parts.reduce((sum, part) => sum + part, 0))
    throw new Error('the decoder\'s model is cut short: run "node bot/decoder/train.ts"');
  const [ofBias = 0, ofIds = 0, ofScales = 0] = parts;
  return {
    header,
    bias: new Float32Array(whole.buffer, 0, COLUMNS),
    ids: new Uint32Array(whole.buffer, ofBias, features),
    scales: new Float32Array(whole.buffer, ofBias + ofIds, features),
    weights: new Int8Array(whole.buffer, ofBias + ofIds + ofScales),
  };
}

function rowOf({ classes, weights }: Learnt, id: number): number[] {
  return [...weights.subarray(id * classes, (id + 1) * classes)];
}

function bytes(list: Float32Array | Uint32Array | Int8Array): Buffer {
  return Buffer.from(list.buffer, list.byteOffset, list.byteLength);
}
