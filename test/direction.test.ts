// Which way a language runs, and what is put into its texts without changing places.
// How it looks on a screen is left to the tests of the pages.
import assert from 'node:assert/strict';
import { directionOf, isolate } from '../bot/direction.ts';
import { loadWords } from '../bot/words.ts';

describe('languages that run from right to left', () => {
  const words = loadWords();

  it('are told by their code, with or without a region', () => {
    assert.deepEqual(['ar', 'ar-MA', 'ur'].map(directionOf), ['rtl', 'rtl', 'rtl']);
    assert.deepEqual(['it', 'ro', 'zh-Hans'].map(directionOf), ['ltr', 'ltr', 'ltr']);
  });

  it('hold names and numbers that run the other way apart from their own words', () => {
    const text = words.say('ar')('request:sent_closed', { phone: '0583 21181' });
    assert.ok(text.includes('\u20680583 21181\u2069'), text);
    assert.ok(!words.say('it')('request:sent_closed', { phone: '0583 21181' }).includes('\u2068'));
  });

  it('leave single words and addresses as they are, words of their own too, and what is held apart already', () => {
    for (const value of [
      '112',
      'PRC-7F3K2',
      'https://www.1522.eu',
      'posta@comune.example',
      'bussola.example/carta',
      'الإيجار',
    ])
      assert.equal(isolate(value, 'ar'), value);
    const once = isolate('Comune di Porcari: 0583 21181', 'ar');
    assert.equal(isolate(once, 'ar'), once);
  });
});
