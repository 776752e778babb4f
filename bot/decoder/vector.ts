// A text as a sparse vector of numbered features, hashed into one space: what linear models weigh.
// Which features a text has is left to features.ts and language-features.ts, what they weigh to learn.ts.

/** `ids` are below BUCKETS and each stands once, in the order in which they were found. */
export interface Features {
  ids: Uint32Array;
  values: Float32Array;
}

export const BUCKETS = 2 ** 18;

export function toFeatures(vector: ReadonlyMap<number, number>): Features {
  const ids = new Uint32Array(vector.size);
  const values = new Float32Array(vector.size);
  let at = 0;
  for (const [id, value] of vector) {
    ids[at] = id;
    values[at] = value;
    at += 1;
  }
  return { ids, values };
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
  let value = START;
  for (let at = 0; at < text.length; at += 1) value = step(value, text.charCodeAt(at));
  return mixed(value);
}

/** Adds the hash of `kind` and every piece of the word from `least` to `most` letters; as `hash` would, without cutting strings. */
export function addPieces(into: Set<number>, kind: string, word: string, least: number, most: number): void {
  let start = START;
  for (let at = 0; at < kind.length; at += 1) start = step(start, kind.charCodeAt(at));
  for (let from = 0; from + least <= word.length; from += 1) {
    let value = start;
    const end = Math.min(word.length, from + most);
    for (let at = from; at < end; at += 1) {
      value = step(value, word.charCodeAt(at));
      if (at - from + 1 >= least) into.add(mixed(value));
    }
  }
}

/** The hash of two hashes in their order, of one kind. */
export function pairOf(kind: number, first: number, second: number): number {
  return mixed(step(step(step(START, kind), first), second));
}

const START = 0x811c9dc5;

function step(value: number, unit: number): number {
  return Math.imul(value ^ unit, 0x01000193);
}

function mixed(value: number): number {
  let one = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  one = Math.imul(one ^ (one >>> 13), 0x297a2d39);
  return ((one ^ (one >>> 16)) >>> 0) % BUCKETS;
}
