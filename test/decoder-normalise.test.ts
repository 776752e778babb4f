// What normalising promises to everyone who searches a text: one form, nothing invisible, bounded, stable.
// What the words mean is checked in decoder.test.ts.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { HEAD, TAIL, normalise, tokenise } from '../bot/decoder/normalise.ts';

describe('normalise', () => {
  it('writes every apostrophe, accent and case in one way', () => {
    assert.equal(normalise('NON C’È PIÙ L´AFFITTO').folded, "non c'e piu l'affitto");
    assert.equal(normalise("Perche' non c`e").folded, "perche non c'e");
    assert.equal(normalise('perché').plain, 'perché');
    assert.equal(normalise('Bună ziua, ș ț').folded, 'buna ziua s t');
  });

  it('removes what is invisible, also inside a word', () => {
    assert.equal(normalise('sf\u200Bra\u00ADt\u202Eto\u0000').folded, 'sfratto');
    assert.equal(normalise('ｆｕｌｌ ﬁ').folded, 'full fi');
  });

  it('writes repeated letters once, and twice in the second form, but leaves digits alone', () => {
    const { folded, doubled } = normalise('aiutoooo nottte 55000');
    assert.equal(folded, 'aiuto note 55000');
    assert.equal(doubled, 'aiutoo notte 55000');
  });

  it('caps combining marks and keeps the vowel signs of other scripts', () => {
    assert.ok(normalise(`a${'\u0301'.repeat(1000)}`).plain.length < 10);
    assert.equal(normalise('කුලිය').folded, 'කුලිය'.normalize('NFC'));
  });

  it('keeps the first and the last part of a text that is too long', () => {
    const { folded } = normalise(`inizio ${'parola '.repeat(20_000)} fine`);
    assert.ok(folded.length <= HEAD + TAIL);
    assert.ok(folded.startsWith('inizio') && folded.endsWith('fine'));
  });

  it('divides words at apostrophes and Han characters, and marks where a clause begins', () => {
    const tokens = tokenise("l'affitto, 房租 Porcari");
    assert.deepEqual(
      tokens.map((token) => token.folded),
      ['l', 'affitto', '房', '租', 'porcari'],
    );
    assert.deepEqual(
      tokens.map((token) => token.clause),
      [false, false, true, false, false],
    );
  });

  it('is its own normal form for any text, lone surrogates and controls included', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((codes) => String.fromCharCode(...codes)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(text);
        assert.equal(normalise(once.folded).folded, once.folded);
        assert.equal(normalise(once.plain).plain, once.plain);
        assert.ok(!/[\p{Cc}\p{Cf}]/u.test(once.plain));
      }),
      { numRuns: 2000 },
    );
  });
});
