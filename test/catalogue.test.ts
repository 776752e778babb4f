// The words: every key used exists, every key that exists is used, all languages say the same things, plainly.
// Which keys the code asks for is left to support/catalogue.ts; whether a translation is good to its readers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import {
  FILLED,
  FLOOR_ONLY,
  LANGUAGES,
  OPTIONAL,
  floorNames,
  literalKeys,
  machineKeys,
  optionKeys,
  templates,
} from './support/catalogue.ts';
import { OPERATOR_NAMESPACES } from '../bot/words.ts';
import { gulpease, wordsIn } from './support/readability.ts';

const LOCALES = new URL('../locales/', import.meta.url);
const MOST_LABEL = 60;
const MOST_ID = 60;

type Text = string | string[];

const namespaces = readdirSync(new URL('it/', LOCALES)).map((name) => name.replace('.json', ''));
const catalogues = new Map([...LANGUAGES, ...FLOOR_ONLY].map((language) => [language, readCatalogue(language)]));
const italian = catalogueOf('it');

function readCatalogue(language: string): Map<string, Text> {
  const files = readdirSync(new URL(`${language}/`, LOCALES));
  return new Map(
    files.flatMap((file) => {
      const tree: unknown = JSON.parse(readFileSync(new URL(`${language}/${file}`, LOCALES), 'utf8'));
      return flat(tree, '').map(([path, text]) => [`${file.replace('.json', '')}:${path}`, text] as const);
    }),
  );
}

function flat(node: unknown, path: string): [string, Text][] {
  if (typeof node === 'string') return [[path, node]];
  if (Array.isArray(node)) return [[path, node.map(String)]];
  assert.ok(typeof node === 'object' && node !== null, `${path} is neither words nor a list of words`);
  return Object.entries(node).flatMap(([key, child]) => flat(child, path === '' ? key : `${path}.${key}`));
}

function catalogueOf(language: string): Map<string, Text> {
  return catalogues.get(language) ?? new Map();
}

function placeholders(text: Text): string[] {
  const found = [text].flat().flatMap((one) => [...one.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name));
  return [...new Set(found)].toSorted();
}

describe('the catalogue', () => {
  const literals = literalKeys(namespaces);
  const made = templates(namespaces);
  const required = new Set([...machineKeys, ...literals.keys(), ...Object.values(FILLED).flat()]);
  const optional = new Set(Object.values(OPTIONAL).flat());
  const used = (key: string): boolean =>
    required.has(key) || optional.has(key) || (key.startsWith('floor:') && floorNames(key.replace('floor:', '')));

  it('knows what fills every key that the code puts together', () => {
    const unknown = [...made].filter(([template]) => !(template in FILLED) && !(template in OPTIONAL));
    assert.deepEqual(unknown, [], 'list what fills it in test/support/catalogue.ts');
    const gone = [...Object.keys(FILLED), ...Object.keys(OPTIONAL)].filter((template) => !made.has(template));
    assert.deepEqual(gone, [], 'no longer in the code: take it out of test/support/catalogue.ts');
  });

  it('has every key that is used', () => {
    // A literal may also name a branch, such as a list's parent.
    const missing = [...required].filter(
      (key) =>
        !italian.has(key) &&
        !italian.has(`${key}_other`) &&
        ![...italian.keys()].some((one) => one.startsWith(`${key}.`)),
    );
    assert.deepEqual(
      missing.map((key) => `${key} (${literals.get(key) ?? 'machines and templates'})`),
      [],
    );
  });

  it('has no key that nobody uses', () => {
    assert.deepEqual(
      // One text may stand in several numbers: `days_one`, `days_other`.
      [...italian.keys()].filter((key) => !used(key) && !used(key.replace(/_(zero|one|many|other)$/, ''))),
      [],
    );
  });

  for (const language of LANGUAGES.filter((one) => one !== 'it')) {
    const other = catalogueOf(language);
    const shared = [...italian].filter(([key]) => !OPERATOR_NAMESPACES.includes(key.split(':')[0] ?? ''));

    it(`says the same things in ${language}`, () => {
      assert.deepEqual(
        shared.map(([key]) => key).filter((key) => !other.has(key)),
        [],
        `only in it`,
      );
      assert.deepEqual(
        [...other.keys()].filter((key) => !italian.has(key)),
        [],
        `only in ${language}`,
      );
    });

    it(`has the same placeholders and lists in ${language}`, () => {
      for (const [key, text] of shared) {
        const said = other.get(key) ?? '';
        assert.equal(Array.isArray(said), Array.isArray(text), key);
        assert.deepEqual(placeholders(said), placeholders(text), key);
      }
    });
  }

  // What the floor says to an adult, without the phrases it listens for: those are the labels of its own buttons.
  const floorKeys = [...italian.keys()].filter((key) => /^floor:(?!.*_minor$|said_)/.test(key));
  // Only a number and a name: the same in every language.
  const wordless = ['floor:shelter_desk', 'floor:street_unit'];

  for (const language of FLOOR_ONLY)
    it(`says all of the floor in ${language}, with the same placeholders`, () => {
      const other = catalogueOf(language);
      assert.deepEqual(
        floorKeys.filter((key) => !other.has(key) && !wordless.includes(key)),
        [],
      );
      const floor = [...other].filter(([key]) => key.startsWith('floor:'));
      for (const [key, text] of floor) {
        const plain = italian.get(key) ?? italian.get(key.replace(/_minor$/, ''));
        assert.ok(plain, `only in ${language}: ${key}`);
        assert.deepEqual(placeholders(text), placeholders(plain), key);
      }
      for (const key of ['floor:calm_minor', 'floor:trusted_adult_minor', 'floor:person_minor'])
        assert.ok(other.has(key), `${language} has no words for a child: ${key}`);
    });

  for (const language of [...LANGUAGES, ...FLOOR_ONLY])
    it(`has no empty text in ${language}, and no space too many`, () => {
      for (const [key, text] of catalogueOf(language))
        for (const one of [text].flat())
          assert.ok(one !== '' && one === one.trim() && !one.includes('  '), `${key}: "${one}"`);
    });
});

describe('buttons', () => {
  const others = ['result', 'floor'].flatMap((namespace) =>
    ['request', 'another', 'change', 'change_back', 'restart', 'erase', 'human', 'continue', 'safe_now', 'numbers'].map(
      (name) => `${namespace}:${name}`,
    ),
  );
  const labels = [
    ...optionKeys,
    ...others,
    'common:human_request',
    'common:go_on',
    'common:outside_change',
    'request:withdraw',
  ];

  for (const language of [...LANGUAGES, ...FLOOR_ONLY])
    it(`have at most ${MOST_LABEL} characters in ${language}`, () => {
      const texts = labels.map((key) => [key, catalogueOf(language).get(key)] as const);
      assert.deepEqual(
        texts.filter(([, text]) => typeof text === 'string' && text.length > MOST_LABEL),
        [],
      );
    });

  it(`have an id of at most ${MOST_ID} bytes, of the letters every channel carries`, () => {
    const ids = optionKeys.map((key) => key.replace(':', '.'));
    const reopening = machineKeys
      .filter((key) => key.endsWith('.about'))
      .map((key) => `change.${key.replace(':', '.').replace('.about', '')}`);
    for (const id of [...ids, ...reopening]) {
      assert.ok(Buffer.byteLength(id) <= MOST_ID, id);
      assert.match(id, /^[a-z0-9_.:-]+$/);
    }
  });
});

describe('Italian that everybody can read (Gulpease)', () => {
  // Read by operators, or lists of what people may type: not texts for citizens.
  const notForCitizens = new RegExp(
    `^(commands:|(${OPERATOR_NAMESPACES.join('|')}):|mail:(request|withdrawal|viewer)\\.)`,
  );
  const scores = [...italian]
    .filter(([key]) => !notForCitizens.test(key))
    .flatMap(([key, text]) => [text].flat().map((one) => ({ key, text: one, words: wordsIn(one).length })))
    .filter(({ words }) => words >= 8)
    .map((one) => ({ ...one, score: gulpease(one.text) }));

  it('no text is below 60: easy for who left school at fourteen', () => {
    assert.deepEqual(
      scores.filter(({ score }) => score < 60).map(({ key, score }) => `${key} ${score.toFixed(1)}`),
      [],
    );
  });

  it('half of the texts reach 70 at least', () => {
    const middle = scores.map(({ score }) => score).toSorted((a, b) => a - b)[Math.floor(scores.length / 2)] ?? 0;
    assert.ok(scores.length > 100 && middle >= 70, `median ${middle.toFixed(1)} of ${scores.length} texts`);
  });
});
