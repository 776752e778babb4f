// A text as a sparse vector of numbered features, hashed into one space: what linear models weigh.
// Which features a text has is left to features.ts and language-features.ts, what they weigh to learn.ts.

/** `ids` are below BUCKETS, in order, and each stands once. */
export interface Features {
  ids: Uint32Array;
  values: Float32Array;
}

export const BUCKETS = 2 ** 18;

export function toFeatures(vector: ReadonlyMap<number, number>): Features {
  const ids = Uint32Array.from(vector.keys()).sort();
  return { ids, values: Float32Array.from(ids, (id) => vector.get(id) ?? 0) };
}

/** Adds each once, together of length `share`, however long the text; fewer than `least` weigh no more each. */
export function addAll(vector: Map<number, number>, ids: ReadonlySet<number>, share: number, least = 12): void {
  const value = share / Math.sqrt(Math.max(ids.size, least));
  for (const id of ids) add(vector, id, value);
}

export function add(vector: Map<number, number>, id: number, value: number): void {
  vector.set(id, (vector.get(id) ?? 0) + value);
}

/** FNV-1a over the UTF-16 units, well mixed, below BUCKETS. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 13), 0x297a2d39);
  return ((value ^ (value >>> 16)) >>> 0) % BUCKETS;
}
