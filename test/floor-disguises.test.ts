// Letters in disguise hide no cry: marks, twins of other alphabets, figures, gaps, in five languages of three scripts.
// The words themselves are left to floor.test.ts.
import assert from 'node:assert/strict';
import { detectDanger } from '../bot/floor/detect.ts';

const CRIES = {
  it: ['voglio morire', 'mio marito mi picchia', "non c'è più motivo di vivere"],
  en: ['I want to die', 'my husband beats me', "I don't want to live anymore"],
  ro: ['vreau să mor', 'soțul mă bate', 'mă omoară bărbatul'],
  ar: ['أريد أن أموت', 'زوجي يضربني'],
  ru: ['хочу умереть', 'муж меня бьет'],
} as const;

const each = (text: string, change: (letter: string) => string): string =>
  [...text].map((letter) => (/\p{L}/u.test(letter) ? change(letter) : letter)).join('');
const between = (mark: string) => (text: string) => text.replace(/(?<=\p{L}\p{M}*)(?=\p{L})/gu, mark);
const twins = (pairs: string) => {
  const table = new Map([...pairs.matchAll(/(\S)(\S)/gu)].map(([, from = '', to = '']) => [from, to]));
  return (text: string) => each(text, (letter) => table.get(letter) ?? letter);
};

const ALL: Record<string, (text: string) => string> = {
  'typographic apostrophes': (text) => text.replaceAll("'", '’'),
  'no apostrophes': (text) => text.replaceAll("'", ' '),
  'zero-width space': between('\u200b'),
  'zero-width joiner': between('\u200d'),
  'word joiner': between('\u2060'),
  'soft hyphen': between('\u00ad'),
  'combining marks': (text) => each(text, (letter) => `${letter}\u0301\u0335`),
  'a hundred marks on a letter': (text) => each(text, (letter) => letter + '\u0300'.repeat(100)),
  'no marks': (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  capitals: (text) => text.toUpperCase(),
  'direction marks': (text) => `\u202e${text}\u202c`,
  'line breaks between words': (text) => text.replaceAll(' ', '\n'),
  'non-breaking spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'stops between letters': between('.'),
  'hyphens between letters': between('-'),
  'stars between letters': between('*'),
  'emoji between letters': between('😭'),
  'hearts between letters': between('❤️'),
  'emoji around words': (text) => text.split(' ').join(' 😭 '),
  'exclamations and dots': (text) => `${text.split(' ').join('... ')}!!!`,
  'spaced out': (text) =>
    text
      .split(' ')
      .map((word) => [...word].join(' '))
      .join('   '),
};
const LATIN: Record<string, (text: string) => string> = {
  'Cyrillic twins': twins('aаeеoоpрcсyуxх'),
  'Greek twins': twins('oοaαiι'),
  'full width': (text) =>
    text.replace(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
  'mathematical bold': (text) =>
    text.replace(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 97 + 0x1d41a)),
  leetspeak: (text) => text.replace(/(?<=[a-z])[oie]/g, (letter) => ({ o: '0', i: '1', e: '3' })[letter] ?? letter),
  'leetspeak with signs': (text) => text.replace(/(?<=[a-z])[as](?=[a-z])/g, (letter) => (letter === 'a' ? '@' : '$')),
};
const CYRILLIC: Record<string, (text: string) => string> = {
  'Latin twins': twins('аaеeоoрpсcуyхx'),
};

describe('floor: disguises in five languages', () => {
  for (const [language, cries] of Object.entries(CRIES)) {
    const disguises = {
      ...ALL,
      ...(['it', 'en', 'ro'].includes(language) ? LATIN : {}),
      ...(language === 'ru' ? CYRILLIC : {}),
    };
    for (const [name, disguise] of Object.entries(disguises))
      it(`${language}: ${name}`, () => {
        for (const cry of cries) assert.notEqual(detectDanger(disguise(cry)), null, `${cry} -> ${disguise(cry)}`);
      });
  }

  it('a disguise makes nothing out of calm words', () => {
    for (const calm of ['buongiorno, vorrei un appuntamento', 'how do I pay the bill', 'bună ziua, am o întrebare'])
      for (const disguise of Object.values({ ...ALL, ...LATIN }))
        assert.equal(detectDanger(disguise(calm)), null, disguise(calm));
  });
});
