// Learnt weights as bytes: a header that says what they were learnt from, then one byte for each weight.
// How weights are found is left to learn.ts, what their columns mean to those who store and read a table.
import type { Learnt } from './learn.ts';
import type { Features } from './vector.ts';

const MAGIC = 'BUSSOLA3';

export interface Shape {
  /** Weights of one feature: the labels of every head, side by side. */
  columns: number;
  /** Features are numbered below this, a power of two; higher numbers are folded into it. */
  buckets: number;
}

export interface Table<Header> {
  header: Header & Shape;
  /** Unnormalised log probabilities, one a column. */
  sums(features: Features): Float64Array;
}

/** One byte a weight, in steps of the feature's own size. The same weights give the same bytes. */
export function packTable(learnt: readonly Learnt[], header: object, buckets: number): Buffer {
  const columns = learnt.reduce((sum, { classes }) => sum + classes, 0);
  const bias = Float32Array.from(learnt.flatMap((one) => [...one.bias]));
  const scales = new Float32Array(buckets);
  const weights = new Int8Array(buckets * columns);
  for (let id = 0; id < buckets; id += 1) {
    const row = learnt.flatMap((one) => rowOf(one, id));
    const scale = Math.max(...row.map(Math.abs)) / 127;
    if (scale === 0) continue;
    scales[id] = scale;
    for (const [column, weight] of row.entries()) weights[id * columns + column] = Math.round(weight / scale);
  }
  const text = Buffer.from(JSON.stringify({ ...header, columns, buckets }));
  const padding = Buffer.alloc((4 - (text.length % 4)) % 4, ' ');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length + padding.length);
  return Buffer.concat([Buffer.from(MAGIC), length, text, padding, ...[bias, scales, weights].map(bytes)]);
}

/** `remedy` is the command that makes the file anew. Throws, naming it, where the bytes are not such a table. */
export function unpackTable<Header>(file: Buffer, remedy: string): Table<Header> {
  if (file.subarray(0, MAGIC.length).toString() !== MAGIC)
    throw new Error(`these are not learnt weights of version ${MAGIC}: run "${remedy}"`);
  const start = MAGIC.length + 4 + file.readUInt32LE(MAGIC.length);
  const header: Header & Shape = JSON.parse(file.subarray(MAGIC.length + 4, start).toString());
  const { buckets, columns } = header;
  const whole = Uint8Array.from(file.subarray(start));
  if (whole.length !== (columns + buckets) * 4 + buckets * columns)
    throw new Error(`the learnt weights are cut short: run "${remedy}"`);
  const bias = new Float32Array(whole.buffer, 0, columns);
  const scales = new Float32Array(whole.buffer, columns * 4, buckets);
  const weights = new Int8Array(whole.buffer, (columns + buckets) * 4);
  return { header, sums: (text) => sumsOf(text, { bias, scales, weights }) };
}

interface Weights {
  bias: Float32Array;
  scales: Float32Array;
  weights: Int8Array;
}

function sumsOf({ ids, values }: Features, { bias, scales, weights }: Weights): Float64Array {
  const sums = Float64Array.from(bias);
  const columns = sums.length;
  const mask = scales.length - 1;
  for (let at = 0; at < ids.length; at += 1) {
    const id = (ids[at] ?? 0) & mask;
    const value = (values[at] ?? 0) * (scales[id] ?? 0);
    if (value === 0) continue;
    for (let column = 0, place = id * columns; column < columns; column += 1, place += 1)
      sums[column] = (sums[column] ?? 0) + value * (weights[place] ?? 0);
  }
  return sums;
}

function rowOf({ classes, weights }: Learnt, id: number): number[] {
  return [...weights.subarray(id * classes, (id + 1) * classes)];
}

function bytes(list: Float32Array | Int8Array): Buffer {
  return Buffer.from(list.buffer, list.byteOffset, list.byteLength);
}
