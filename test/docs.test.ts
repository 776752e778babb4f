// The documents: what they tell people to run exists, where they point to exists, what they count is so.
// Whether they are well written is left to their readers.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { COMUNI, NEEDS } from '../flows/types.ts';
import manifest from '../package.json' with { type: 'json' };
import { LANGUAGES } from './support/catalogue.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  'directory/README.md',
  ...['decoder/corpus', 'decoder/lexicon', 'floor/corpus'].map((folder) => `bot/${folder}/README.md`),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
const readme = pages.find(({ file }) => file === 'README.md')?.text ?? '';

/** What can be reached in a page: its headings as the addresses that hosts make of them. */
function anchorsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase());
  return titles.map((title) => title.replace(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-'));
}

describe('the documents', () => {
  it('name scripts that exist', () => {
    for (const { file, text } of pages)
      for (const [, script = ''] of text.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g))
        assert.ok(script in manifest.scripts, `${file}: npm run ${script}`);
  });

  it('name tests, folders and files that exist', () => {
    for (const { file, text } of pages)
      for (const [, path = ''] of text.matchAll(/[` ]((?:bot|flows|adapters|test|docs|locales)\/[\w./-]*\w)`/g))
        assert.ok(existsSync(join(ROOT, path)), `${file}: ${path}`);
  });

  it('link to pages that exist, at headings that exist', () => {
    for (const { file, text } of pages)
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [path = '', anchor] = target.split('#');
        const found = path === '' ? file : join(dirname(file), path);
        assert.ok(existsSync(join(ROOT, found)), `${file}: ${target}`);
        if (anchor !== undefined)
          assert.ok(anchorsOf(readFileSync(join(ROOT, found), 'utf8')).includes(anchor), `${file}: ${target}`);
      }
  });

  it('count the needs and the comuni as they are', () => {
    assert.match(readme, new RegExp(`one of ${Object.values(NEEDS).flat().length} needs`));
    assert.equal(COMUNI.length, 7);
    assert.match(readme, /seven Comuni/);
  });

  it('list every decision', () => {
    const index = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');
    for (const name of readdirSync(join(ROOT, 'docs/adr')).filter((one) => /^\d{4}-/.test(one)))
      assert.ok(index.includes(`(${name})`), name);
  });

  it('tell the version that package.json tells', () => {
    assert.ok(pages.find(({ file }) => file === 'CHANGELOG.md')?.text.includes(`[${manifest.version}]`));
  });
});

describe('.ci/run', () => {
  it('can be run, and does what the README tells', () => {
    assert.ok((statSync(join(ROOT, '.ci/run')).mode & 0o111) !== 0);
    const lines = readFileSync(join(ROOT, '.ci/run'), 'utf8').split('\n');
    assert.equal(lines[0], '#!/usr/bin/env bash');
    assert.deepEqual(
      lines.filter((line) => line.startsWith('npm ')),
      ['npm ci', 'npm test'],
    );
  });
});

describe('publiccode.yml', () => {
  const code: unknown = parse(readFileSync(join(ROOT, 'publiccode.yml'), 'utf8'));
  const at = (...path: string[]): unknown =>
    path.reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined),
      code,
    );

  it('has every key that the standard asks for', () => {
    for (const key of [
      'publiccodeYmlVersion',
      'name',
      'url',
      'platforms',
      'categories',
      'developmentStatus',
      'softwareType',
    ])
      assert.ok(at(key), key);
    for (const path of [
      ['legal', 'license'],
      ['maintenance', 'type'],
      ['localisation', 'localisationReady'],
    ])
      assert.ok(at(...path), path.join('/'));
    assert.equal(at('legal', 'license'), manifest.license);
  });

  for (const language of ['it', 'en'])
    it(`describes itself within bounds in ${language}`, () => {
      const short = String(at('description', language, 'shortDescription'));
      const long = String(at('description', language, 'longDescription'));
      assert.ok(short.length > 0 && short.length <= 150, `${short.length}`);
      assert.ok(long.length >= 150 && long.length <= 10_000, `${long.length}`);
    });

  it('names the languages that are spoken', () => {
    assert.deepEqual([at('localisation', 'availableLanguages')].flat().toSorted(), LANGUAGES.toSorted());
  });
});
