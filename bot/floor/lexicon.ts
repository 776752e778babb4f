// Knows every word the signs use: which of them a token is, also when it is mistyped or glued to its neighbour.
// What a row of words means is left to the patterns.

/** Words at least this long are recognised with one letter wrong, missing, doubled or swapped. */
const FORGIVING = 7;
const LONGEST_WORD = 40;

/** Word number: an index into the lexicon. */
export class Lexicon {
  readonly #exact = new Map<string, number>();
  readonly #starts = new Map<string, number>();
  readonly #typos = new Map<string, string[]>();
  #next = 0;

  /** The number of a word, or of all words that begin so (`start`). */
  add(word: string, start: boolean): number {
    const shelf = start ? this.#starts : this.#exact;
    const known = shelf.get(word);
    if (known !== undefined) return known;
    shelf.set(word, this.#next);
    if (!start && word.length >= FORGIVING) {
      for (const key of [word, ...withoutOne(word)]) this.#typos.set(key, [...(this.#typos.get(key) ?? []), word]);
    }
    return this.#next++;
  }

  /** Every number this token answers to. */
  numbers(token: string): number[] {
    const found: number[] = [];
    const exact = this.#exact.get(token);
    if (exact !== undefined) found.push(exact);
    for (let length = 2; length <= Math.min(token.length, LONGEST_WORD); length++) {
      const start = this.#starts.get(token.slice(0, length));
      if (start !== undefined) found.push(start);
    }
    if (found.length === 0 && token.length >= FORGIVING - 1 && token.length <= LONGEST_WORD)
      found.push(...this.#near(token));
    return found;
  }

  /** "vogliomorire" as its words, where known words cover all of it; else undefined. */
  undo(joined: string): string[] | undefined {
    if (joined.length > LONGEST_WORD * 2) return undefined;
    const best: (string[] | undefined)[] = [[]];
    for (let end = 1; end <= joined.length; end++) {
      for (let from = Math.max(0, end - LONGEST_WORD); from < end; from++) {
        const before = best[from];
        const word = joined.slice(from, end);
        if (!before || !this.#exact.has(word)) continue;
        const held = best[end];
        if (!held || held.length > before.length + 1) best[end] = [...before, word];
      }
    }
    return best[joined.length];
  }

  #near(token: string): number[] {
    const found = new Set<number>();
    for (const key of [token, ...withoutOne(token)]) {
      for (const word of this.#typos.get(key) ?? []) {
        const number = this.#exact.get(word);
        if (number !== undefined && word[0] === token[0] && oneSlip(word, token)) found.add(number);
      }
    }
    return [...found];
  }
}

function withoutOne(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** One letter wrong, missing, too many, or two neighbours swapped. */
function oneSlip(a: string, b: string): boolean {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  const [restA, restB] = [a.slice(head), b.slice(head)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0];
}
