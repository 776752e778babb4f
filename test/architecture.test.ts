// Keeps the house in order: which folder may import which, where a library may appear, how a file begins.
// What the code does is left to the other tests.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = new URL('../', import.meta.url).pathname;
/** Files that join the parts: they alone may import adapters from bot/. */
const ROOTS = [
  'bot/main.ts',
  'bot/core.ts',
  'bot/chat.ts',
  'bot/decode.ts',
  'bot/evaluate.ts',
  'bot/review.ts',
  'bot/report.ts',
];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1] ?? '');
}

/** Imports inside the project, as paths from its root. */
function ownImports(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)));
}

/** A file without its comments. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function packagesOf(file: string): string[] {
  return importsOf(file).filter((name) => !name.startsWith('.'));
}

const flows = sources('flows');
const bot = sources('bot');
const adapters = sources('adapters');

describe('the house', () => {
  it('flows import only xstate and themselves', () => {
    for (const file of flows) {
      assert.deepEqual(
        packagesOf(file).filter((name) => name !== 'xstate'),
        [],
        file,
      );
      assert.deepEqual(
        ownImports(file).filter((path) => !path.startsWith('flows/')),
        [],
        file,
      );
    }
  });

  it('flows take no time, no chance and no words from outside', () => {
    for (const file of flows)
      assert.doesNotMatch(codeOf(file), /Date\.now|new Date\(|Math\.random|process\.|locales/, file);
  });

  it('bot imports flows and itself; only the composition roots import adapters', () => {
    for (const file of bot.filter((name) => !ROOTS.includes(name)))
      assert.deepEqual(
        ownImports(file).filter((path) => !/^(flows|bot)\//.test(path)),
        [],
        file,
      );
  });

  it('nobody imports a composition root but another one', () => {
    for (const file of [...flows, ...bot, ...adapters].filter((name) => !ROOTS.includes(name)))
      assert.deepEqual(
        ownImports(file).filter((path) => ROOTS.includes(path)),
        [],
        file,
      );
  });

  it('adapters do not import test code, and each neighbour but web keeps to itself', () => {
    for (const file of adapters) {
      assert.deepEqual(
        ownImports(file).filter((path) => path.startsWith('test/')),
        [],
        file,
      );
      const neighbour = file.split('/')[1] ?? '';
      const others = ownImports(file).filter(
        (path) => path.startsWith('adapters/') && path.split('/')[1] !== neighbour,
      );
      if (neighbour !== 'web' && neighbour !== 'botframework') assert.deepEqual(others, [], file);
    }
  });

  it('botbuilder appears in adapters and in two files of bot, one for each way', () => {
    const users = [...flows, ...bot].filter((file) => packagesOf(file).some((name) => name.startsWith('botbuilder')));
    assert.deepEqual(users, ['bot/activity.ts', 'bot/to-activity.ts']);
  });

  it('restify appears in one file', () => {
    const users = [...flows, ...bot, ...adapters].filter((file) => packagesOf(file).includes('restify'));
    assert.deepEqual(users, ['adapters/web/server.ts']);
  });

  it('the environment is read in the composition roots only', () => {
    for (const file of [...flows, ...bot, ...adapters].filter((name) => !ROOTS.includes(name)))
      assert.doesNotMatch(codeOf(file), /process\.env/, file);
  });

  it('every file begins with two lines that say what it is for and what it leaves to whom', () => {
    for (const file of [...flows, ...bot, ...adapters, ...sources('test')]) {
      const [first = '', second = ''] = readFileSync(join(ROOT, file), 'utf8').split('\n');
      assert.ok(first.startsWith('// ') && second.startsWith('// '), `${file} does not begin with two comment lines`);
    }
  });
});
