// What must change nothing for the floor: capitals, apostrophes, gaps, invisible signs, emoji; and calm words around a cry.
// Disguises that are meant to deceive are left to floor-disguises.test.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { detectDanger } from '../bot/floor/detect.ts';

const SEED = 20_261;

const rows = (name: string): string[] =>
  readFileSync(new URL(`data/floor/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { text: string } => JSON.parse(line))
    .map(({ text }) => text);

/** Cries that are raised in full, in every language of the data. */
const cries = rows('crisis').filter((text) => {
  const hit = detectDanger(text);
  return hit !== null && hit.maybe === undefined;
});
const calm = rows('calm').filter((text) => detectDanger(text) === null);

const within = (mark: string) => (text: string) => text.replace(/(?<=\p{L})(?=\p{L})/gu, mark);
const CHANGES: Record<string, (text: string) => string> = {
  capitals: (text) => text.toUpperCase(),
  'small letters': (text) => text.toLowerCase(),
  'typographic apostrophes': (text) => text.replaceAll("'", '\u2019'),
  'accents for apostrophes': (text) => text.replaceAll("'", '\u00b4'),
  'doubled spaces': (text) => text.replaceAll(' ', '  '),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'empty lines around': (text) => `\n \n${text}\n\n`,
  'zero-width spaces': within('\u200b'),
  'zero-width joiners': within('\u200d'),
  'soft hyphens': within('\u00ad'),
  'marks of direction': (text) => `\u200f${text}\u200e`,
  'emoji after': (text) => `${text} \u{1f62d}\u{1f64f}`,
  'emoji at the last word': (text) => `${text}\u{1f62d}`,
  'accents written apart': (text) => text.normalize('NFD'),
};

describe('floor: what changes nothing', () => {
  it('has enough to go by', () => assert.ok(cries.length >= 250 && calm.length >= 150));

  for (const [name, change] of Object.entries(CHANGES))
    it(name, () => {
      for (const cry of cries) assert.deepEqual(detectDanger(change(cry)), detectDanger(cry), cry);
    });

  it('several of them at once', () => {
    const some = fc.subarray(Object.values(CHANGES), { minLength: 2, maxLength: 4 });
    const property = fc.property(fc.constantFrom(...cries), some, (cry, changes) => {
      const changed = changes.reduce((text, change) => change(text), cry);
      assert.deepEqual(detectDanger(changed), detectDanger(cry), changed);
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});

describe('floor: a cry among calm sentences', () => {
  /** What takes two sentences to be heard is not asked for. */
  const single = cries.filter((text) => !/[.!?\n\u2026].*\p{L}/su.test(text));
  const long = fc.array(fc.constantFrom(...calm), { minLength: 1, maxLength: 40 });
  const end = fc.constantFrom('. ', '! ', '\n', '... ');

  it('is seen, first, last or in the middle', () => {
    const property = fc.property(fc.constantFrom(...single), long, long, end, (cry, before, after, stop) => {
      for (const sentences of [
        [cry, ...after],
        [...before, cry],
        [...before, cry, ...after],
      ])
        assert.notEqual(detectDanger(sentences.join(stop)), null, cry);
    });
    fc.assert(property, { seed: SEED, numRuns: 300 });
  });

  it('is seen before and after five, each of them', () => {
    for (const [at, cry] of single.entries()) {
      const five = Array.from({ length: 5 }, (_, next) => calm[(at * 7 + next * 3) % calm.length]);
      for (const sentences of [
        [cry, ...five],
        [...five, cry],
      ])
        assert.notEqual(detectDanger(sentences.join('. ')), null, cry);
    }
  });

  it('is seen at the end of ten thousand characters', () => {
    const tenThousand = Array.from({ length: 400 }, (_, at) => calm[at % calm.length])
      .join('. ')
      .slice(0, 10_000);
    for (const cry of single.filter((_, at) => at % 20 === 0))
      assert.notEqual(detectDanger(`${tenThousand}. ${cry}`), null, cry);
  });
});
