// Learnt weights as bytes: a header that says what they were learnt from, then one byte for each weight.
// How weights are found is left to learn.ts, what their columns mean to those who store and read a table.
import type { Learnt } from './learn.ts';
import { BUCKETS } from './vector.ts';
import type { Features } from './vector.ts';

const MAGIC = 'BUSSOLA2';

export interface Shape {
  /** Weights of one feature: the labels of every head, side by side. */
  columns: number;
  features: number;
}

export interface Table<Header> {
  header: Header & Shape;
  /** Unnormalised log probabilities, one a column. */
  sums(features: Features): Float64Array;
}

/** Keeps the `most` features that weigh most. The same weights give the same bytes. */
export function packTable(learnt: readonly Learnt[], header: object, most: number): Buffer {
  const strength = new Float32Array(BUCKETS);
  for (const { classes, weights } of learnt)
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
  const columns = learnt.reduce((sum, { classes }) => sum + classes, 0);
  const weights = new Int8Array(ids.length * columns);
  const bias = Float32Array.from(learnt.flatMap((one) => [...one.bias]));
  for (const [row, id] of ids.entries())
    for (const [column, weight] of learnt.flatMap((one) => rowOf(one, id)).entries())
      weights[row * columns + column] = Math.round(weight / (scales[row] ?? 1));
  const text = Buffer.from(JSON.stringify({ ...header, columns, features: ids.length }));
  const padding = Buffer.alloc((4 - (text.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length + padding.length);
  const parts = [bias, ids, scales, weights].map(bytes);
  return Buffer.concat([Buffer.from(MAGIC), length, text, padding, ...parts]);
}

/** `remedy` is the command that makes the file anew. Throws, naming it, where the bytes are not such a table. */
export function unpackTable<Header>(file: Buffer, remedy: string): Table<Header> {
  if (file.subarray(0, MAGIC.length).toString() !== MAGIC)
    throw new Error(`these are not learnt weights of version ${MAGIC}: run "${remedy}"`);
  const start = MAGIC.length + 4 + file.readUInt32LE(MAGIC.length);
  const header: Header & Shape = JSON.parse(file.subarray(MAGIC.length + 4, start).toString());
  const { features, columns } = header;
  const whole = Uint8Array.from(file.subarray(start));
  if (whole.length !== (columns + features * 2) * 4 + features * columns)
    throw new Error(`the learnt weights are cut short: run "${remedy}"`);
  const ids = new Uint32Array(whole.buffer, columns * 4, features);
  const scales = new Float32Array(whole.buffer, (columns + features) * 4, features);
  const bias = new Float32Array(whole.buffer, 0, columns);
  const weights = new Int8Array(whole.buffer, (columns + features * 2) * 4);
  const rows = new Int32Array(BUCKETS).fill(-1);
  for (const [row, id] of ids.entries()) rows[id] = row;
  return { header, sums: (text) => sumsOf(text, { bias, rows, scales, weights }) };
}

interface Weights {
  bias: Float32Array;
  /** Place of a feature's weights; -1 where it has none. */
  rows: Int32Array;
  scales: Float32Array;
  weights: Int8Array;
}

function sumsOf({ ids, values }: Features, { bias, rows, scales, weights }: Weights): Float64Array {
  const sums = Float64Array.from(bias);
  for (let at = 0; at < ids.length; at += 1) {
    const row = rows[ids[at] ?? 0] ?? -1;
    if (row < 0) continue;
    const value = (values[at] ?? 0) * (scales[row] ?? 0);
    for (let column = 0, place = row * sums.length; column < sums.length; column += 1, place += 1)
      sums[column] = (sums[column] ?? 0) + value * (weights[place] ?? 0);
  }
  return sums;
}

function rowOf({ classes, weights }: Learnt, id: number): number[] {
  return [...weights.subarray(id * classes, (id + 1) * classes)];
}

function bytes(list: Float32Array | Uint32Array | Int8Array): Buffer {
  return Buffer.from(list.buffer, list.byteOffset, list.byteLength);
}
