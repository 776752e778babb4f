// Codes as people type them: found in every spelling, and nothing else taken for one.
// What is said of a code is left to case-code-talk.test.ts.
import assert from 'node:assert/strict';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { codesIn } from '../bot/cases/codes.ts';
import { byRef, refOf } from '../bot/cases/ref.ts';
import { readProof } from '../bot/cases/person/proof.ts';

const PREFIXES = loadDirectory()
  .comuni()
  .map(({ code }) => code);

const first = (text: string): string | undefined => codesIn(text, PREFIXES)[0]?.candidates[0];

describe('codes in a text', () => {
  for (const text of [
    'PRC-7F3K2',
    'prc-7f3k2',
    'prc 7f3k2',
    'prc7f3k2',
    'Prc - 7F3K2',
    'PRC–7F3K2',
    'PRC—7F3K2',
    'PRC−7F3K2',
    'prc_7f3k2',
    'prc.7f3k2.',
    'codice prc 7f3k2',
    'Il codice è PRC-7F3K2, a che punto è?',
    'ho questo: "PRC-7F3K2"',
    'PRC:7F3K2',
  ])
    it(`reads "${text}"`, () => assert.equal(first(text), 'PRC-7F3K2'));

  it('reads a code of letters alone, or of figures alone, where a dash or a word says that it is one', () => {
    assert.equal(first('LCC-ABCDE'), 'LCC-ABCDE');
    assert.equal(first('codice lcc abcde'), 'LCC-ABCDE');
    assert.equal(first('CPN-23456'), 'CPN-23456');
    assert.equal(first('cpn23456'), 'CPN-23456');
    assert.equal(first('il codice è lcc abcde'), 'LCC-ABCDE');
    assert.equal(first('lcc abcde'), undefined);
  });

  it('reads kindly the letters that no code has', () => {
    assert.deepEqual(codesIn('PRC-7F3KO', PREFIXES)[0]?.candidates, ['PRC-7F3KD', 'PRC-7F3KQ']);
    assert.deepEqual(codesIn('PRC-7F3K0', PREFIXES)[0]?.candidates, ['PRC-7F3KD', 'PRC-7F3KQ']);
    assert.deepEqual(codesIn('prc-if3k2', PREFIXES)[0]?.candidates, ['PRC-LF3K2', 'PRC-JF3K2']);
    assert.equal(codesIn('PRC-0101A', PREFIXES)[0]?.candidates.length, 8, 'no more than eight are looked up');
    assert.equal(codesIn('PRC-7F3KO', PREFIXES)[0]?.shown, 'PRC-7F3KO', 'said back as it was typed');
  });

  for (const text of [
    'cpn 55012',
    'abito a Capannori, 55012',
    'alt perche mi chiede',
    'prc',
    'PRC-7F3K',
    'PRC-7F3K22',
    'XYZ-7F3K2',
    'tel 0583 21189',
    'lcc henri',
    'vorrei alterare la domanda',
    'aprc-7f3k2',
  ])
    it(`takes "${text}" for none`, () => assert.deepEqual(codesIn(text, PREFIXES), []));

  it('knows whether the text says nothing else', () => {
    const alone = (text: string): boolean | undefined => codesIn(text, PREFIXES)[0]?.alone;
    assert.equal(alone('PRC-7F3K2'), true);
    assert.equal(alone('il codice è prc 7f3k2.'), true);
    assert.equal(alone('chiamatemi per PRC-7F3K2 domani'), false);
  });

  it('reads at most three', () => {
    assert.equal(codesIn('PRC-22222 PRC-33333 PRC-44444 PRC-55555 PRC-22222', PREFIXES).length, 3);
  });
});

describe('what a button calls a case', () => {
  it('is its code and part, or its id where it has no code', () => {
    const cases = [
      { id: 'a-1', code: 'PRC-7F3K2', part: 1 },
      { id: 'a-2', code: 'PRC-7F3K2', part: 2 },
      { id: 'b-1', code: null, part: 1 },
    ];
    assert.deepEqual(cases.map(refOf), ['prc-7f3k2.1', 'prc-7f3k2.2', 'b-1']);
    for (const made of cases) assert.equal(byRef(cases, refOf(made)), made);
    assert.equal(byRef(cases, 'prc-7f3k2.3'), undefined);
  });
});

describe('a proof as it is typed', () => {
  it('is the last three figures, or the first three letters of an address', () => {
    assert.equal(readProof('123'), '123');
    assert.equal(readProof(' finisce con 123 '), '123');
    assert.equal(readProof('320 000 0123'), '123');
    assert.equal(readProof('Ann'), 'ann');
    assert.equal(readProof('anna@posta.example'), 'ann');
  });

  it('is nothing where something else was written', () => {
    for (const text of ['', '12', 'non me lo ricordo', 'perché', 'an']) assert.equal(readProof(text), undefined, text);
  });
});
