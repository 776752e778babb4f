// Languages that the bot does not read: known by script or by small words, and no need is guessed from them.
// What is then said is left to follow-language.test.ts and to the transcripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { foreignLanguage, unguessed } from '../bot/foreign.ts';
import { UNCLEAR } from './support/scripted-decoder.ts';

const FOREIGN: [string, string][] = [
  ['de', 'Guten Tag, ich kann meine Miete nicht mehr bezahlen'],
  ['de', 'ICH BRAUCHE HILFE MIT MEINER MUTTER'],
  ['nl', 'ik heb hulp nodig, ik kan de huur niet betalen'],
  ['pl', 'proszę o pomoc, nie mogę zapłacić za czynsz'],
  ['tr', 'kira için yardım istiyorum, param yok'],
  ['tl', 'kailangan ko ng tulong, wala akong pera sa upa'],
  ['bn', 'আমি বাসা ভাড়া দিতে পারছি না'],
  ['bn', 'ami bari vara dite parchi na, amar sahajjo dorkar'],
  ['hi', 'मुझे मदद चाहिए, मैं Lucca में रहता हूँ'],
  ['pa', 'ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ'],
  ['ta', 'எனக்கு உதவி வேண்டும்'],
  ['ur', 'مجھے مدد چاہیے، میں کرایہ نہیں دے سکتا'],
  ['ka', 'დახმარება მჭირდება'],
];
const READ = [
  'buogniorno nn reisco a pgare l affito',
  'mia nonna è tedesca, ma di zu Hause non parla più nessuno',
  'I need help with the rent, I do not know what to do',
  'am nevoie de ajutor cu chiria',
  'nuk kam para për qiranë',
  'أحتاج إلى مساعدة في الإيجار',
  'ana mn lmaghrib, ma 3ndi flous bach nkhelles lkra',
  'не можу заплатити за квартиру',
  'ne mogu zaplatit za kvartiru, net deneg',
  'je ne peux pas payer le loyer',
  'no puedo pagar el alquiler',
  'මට උදව් ඕන',
  '我付不起房租',
  'não consigo pagar a renda',
  'ok',
  '',
];

describe('a language that is not read', () => {
  for (const [lang, text] of FOREIGN)
    it(`${lang}: ${text}`, () => {
      const guess = { ...UNCLEAR, lang: 'sq', area: 'economic', need: 'food', comune: 'outside' } as const;
      const read = unguessed({ ...guess, otherNeeds: ['debts'], answers: { 'economic.cutoff': 'cut' } }, text);
      assert.deepEqual(
        [read.lang, read.area, read.need, read.otherNeeds, read.answers, read.comune],
        [lang, 'unclear', null, [], {}, 'none'],
      );
    });

  it('leaves the name of a place, the same in any language', () => {
    assert.equal(unguessed({ ...UNCLEAR, comune: 'lucca' }, 'ich wohne in Lucca').comune, 'lucca');
  });
});

describe('a language that is read', () => {
  for (const text of READ)
    it(text === '' ? 'nothing at all' : text, () => {
      assert.equal(foreignLanguage(text), undefined);
      assert.equal(unguessed(UNCLEAR, text), UNCLEAR);
    });

  it('is hardly ever taken for another in the corpus', () => {
    const corpus = new URL('../bot/decoder/corpus/', import.meta.url);
    const texts = ['it/a03-mamma-whatsapp.tsv'].flatMap((name) =>
      readFileSync(new URL(name, corpus), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#'))
        .map((line) => line.split('\t')[0] ?? ''),
    );
    assert.ok(texts.length > 20);
    assert.deepEqual(texts.filter(foreignLanguage), []);
  });
});
