// Any text at all, by chance and by design: decoder, language, places, meanings, floor and redaction answer, alike twice.
// How long they take is left to bench/bad-input.ts; how right they are to the other tests.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { createFindMeanings } from '../bot/decoder/gloss.ts';
import { HEADS } from '../bot/decoder/labels.ts';
import { LANGUAGES, createLanguageDetector } from '../bot/decoder/language.ts';
import { areaOf } from '../bot/decoder/lexicon.ts';
import { HEAD, TAIL, cleanse, normalise, tokenise } from '../bot/decoder/normalise.ts';
import { createPlaces } from '../bot/decoder/places.ts';
import type { Where } from '../bot/decoder/places.ts';
import type { Decoded, Decoder } from '../bot/decoder/types.ts';
import { detectDanger, likelihoodOfDanger } from '../bot/floor/detect.ts';
import { readings, tokens } from '../bot/floor/normalise.ts';
import { DANGERS } from '../bot/floor/types.ts';
import { createRedact } from '../bot/redact/redact.ts';
import type { Redact } from '../bot/redact/redact.ts';
import { readLists } from '../bot/redact/words.ts';
import { AREAS, COMUNI } from '../flows/types.ts';
import { KINDS, WORDS } from './support/bad-texts.ts';

const SEED = 20_261;
const MEGABYTE = 1_000_000;

const directory = loadDirectory();
const comuni = directory.comuni();
const frazioni = directory.frazioni();
let decoder: Decoder;
let redact: Redact;
before(async () => {
  decoder = await createDecoder({ frazioni, comuni });
  redact = createRedact({ comuni, frazioni, lists: await readLists() });
});

const kind = fc
  .tuple(fc.constantFrom(...Object.values(KINDS)), fc.integer({ min: 1, max: 900 }))
  .map(([make, length]) => make(length));
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 120 })
  .map((codes) => String.fromCharCode(...codes));
const word = fc.constantFrom(...[...WORDS.values()].flatMap((words) => words.slice(0, 2000)));
const sign = fc.constantFrom(
  '',
  ' ',
  '  ',
  '\n',
  "'",
  '\u2019',
  '.',
  ', ',
  '!!! ',
  '\u200b',
  '\u202e',
  '\u0301',
  '\ud800',
  '\u0000',
);
const words = fc
  .array(fc.tuple(word, sign), { maxLength: 40 })
  .map((pairs) => pairs.map((pair) => pair.join('')).join(' '));
/** One of these, or several after one another. */
const anything = fc
  .array(fc.oneof(words, kind, units, fc.string({ unit: 'binary', maxLength: 120 })), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' '));
const within = (value: number): void => assert.ok(value >= 0 && value <= 1, String(value));

function checkWhere({ comune, place, ambiguousPlaces = [] }: Where): void {
  assert.ok([...COMUNI, 'outside', 'none'].includes(comune), comune);
  const names = new Set([...comuni, ...frazioni].map(({ name }) => name));
  for (const name of [...(place === undefined ? [] : [place]), ...ambiguousPlaces.map((one) => one.name)])
    assert.ok(names.has(name), name);
  for (const one of ambiguousPlaces) assert.ok(COMUNI.includes(one.comune));
}

function checkDecoded(decoded: Decoded): void {
  const { area, secondaryArea, need, otherNeeds, likely } = decoded;
  assert.ok(LANGUAGES.includes(decoded.lang), decoded.lang);
  assert.ok([...AREAS, 'unclear'].includes(area), area);
  assert.ok(secondaryArea === null || (AREAS.includes(secondaryArea) && secondaryArea !== area));
  assert.ok(need === null || (HEADS.need.includes(need) && areaOf(need) === area));
  const needs = [...(need === null ? [] : [need]), ...otherNeeds];
  assert.equal(new Set(needs).size, needs.length, needs.join());
  for (const one of [...needs, ...likely.map((some) => some.need)]) assert.ok(HEADS.need.includes(one), one);
  assert.ok(HEADS.urgency.includes(decoded.urgency));
  assert.ok(['self', 'other', 'client', 'unknown'].includes(decoded.forWhom));
  for (const [question, value] of Object.entries(decoded.answers))
    assert.match(`${question}=${value}`, /^[a-z]+\.[a-z_]+=\w+$/);
  for (const value of [decoded.confidence, decoded.danger, ...likely.map(({ sure }) => sure)]) within(value);
  checkWhere(decoded);
}

function checkFloor(text: string): void {
  const hit = detectDanger(text);
  assert.deepEqual(detectDanger(text), hit);
  for (const danger of hit?.dangers ?? []) assert.ok(DANGERS.includes(danger));
  assert.equal(new Set(hit?.dangers).size, hit?.dangers.length ?? 0);
  within(likelihoodOfDanger(text));
  for (const one of tokens(text)) assert.notEqual(one, '');
  assert.ok([1, 2].includes(readings(text, () => undefined).length));
}

describe('any text', () => {
  const run = { seed: SEED, numRuns: 400 };

  it('decoded within the closed lists, the same twice', async () => {
    const property = fc.asyncProperty(anything, fc.constantFrom(undefined, ...LANGUAGES, 'xx'), async (text, hint) => {
      const decoded = await decoder.decode(text, hint);
      if (hint !== 'xx') checkDecoded(decoded);
      assert.deepEqual(await decoder.decode(text, hint), decoded);
    });
    await fc.assert(property, run);
  });

  it('looked at by the floor, the same twice', () => fc.assert(fc.property(anything, checkFloor), run));

  it('brought to normal forms, and its words to meanings and places', () => {
    const findMeanings = createFindMeanings();
    const where = createPlaces(comuni, frazioni);
    const property = fc.property(
      anything,
      fc.subarray([...LANGUAGES], { minLength: 1, maxLength: 3 }),
      (text, langs) => {
        const { folded } = normalise(text);
        assert.equal(normalise(folded).folded, folded);
        const read = tokenise(text);
        for (const one of read) assert.ok(one.folded !== '' && one.raw.isWellFormed());
        const meanings = findMeanings(read, langs);
        assert.deepEqual(
          meanings.map(({ at }) => at),
          meanings.map(({ at }) => at).toSorted((a, b) => a - b),
        );
        for (const { name, at } of meanings) assert.ok(name !== '' && at < read.length);
        checkWhere(where(read));
      },
    );
    fc.assert(property, run);
  });

  it('told its language', async () => {
    const detect = createLanguageDetector();
    const property = fc.asyncProperty(anything, async (text) => {
      const lang = await detect(text);
      assert.ok(LANGUAGES.includes(lang), lang);
      assert.equal(await detect(text), lang);
    });
    await fc.assert(property, run);
  });

  it('redacted to a short, well-formed text, the same twice', () => {
    const property = fc.property(anything, (text) => {
      const redacted = redact(text);
      assert.ok(redacted.length <= 300 && redacted.isWellFormed());
      assert.equal(redact(text), redacted);
    });
    fc.assert(property, run);
  });
});

describe('a megabyte', () => {
  for (const [name, make] of Object.entries(KINDS))
    it(`of ${name} is cut`, () => {
      const text = make(MEGABYTE);
      assert.ok(cleanse(text).length <= HEAD + TAIL + 1);
      assert.ok(tokenise(text).length <= 3000);
      assert.ok(tokens(text).length <= 60_001);
    });

  it('is read at both ends', async () => {
    const long = (WORDS.get('it') ?? []).join(' ').slice(0, 100_000).repeat(10);
    const cry = 'voglio morire. ho preso tutte le pastiglie';
    for (const text of [`${cry}. ${long}`, `${long}. ${cry}`]) assert.notEqual(detectDanger(text), null);
    checkDecoded(await decoder.decode(long));
    assert.equal(tokenise(`${long} ultima`).at(-1)?.folded, 'ultima');
  });
});
