// Texts made to slow a reader down or make it fall, each kind of any length: for the fuzz test and for the bench.
// What is asked of them is left to test/fuzz.test.ts and bench/bad-input.ts.
import { readCorpus } from '../../bot/decoder/corpus.ts';
import { LANGUAGES } from '../../bot/decoder/language.ts';
import { createRandom } from '../../bot/random.ts';
import { tokenise } from '../../bot/decoder/normalise.ts';

/** A text of exactly so many UTF-16 units; the same every time. */
export type Make = (length: number) => string;

const rows = readCorpus().train;

/** Words of the corpus as they were written there, by language. */
export const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  LANGUAGES.map((lang) => [
    lang,
    rows.filter((row) => row.lang === lang).flatMap(({ text }) => tokenise(text).map(({ raw }) => raw)),
  ]),
);

/** The piece again and again; `end` closes it, so that what ran along it has to give up. */
function again(piece: string, end = ''): Make {
  return (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length - end.length) + end;
}

/** Pieces drawn by chance. */
function drawn(pieces: readonly string[], between = ' '): Make {
  return (length) => {
    const random = createRandom(7);
    let text = '';
    while (text.length < length) text += (pieces[Math.floor(random() * pieces.length)] ?? '') + between;
    return text.slice(0, length);
  };
}

const chars = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => String.fromCodePoint(from + at));

const MARKS = chars(0x300, 0x36f);
const CYRILLIC = chars(0x430, 0x450);
const ARABIC = chars(0x621, 0x64b).filter((letter) => /\p{L}/u.test(letter));
const SINHALA = [...chars(0xd9a, 0xdb2), ...chars(0xdcf, 0xdd5)];
const OTHER_SCRIPTS: Record<string, readonly string[]> = {
  Devanagari: chars(0x905, 0x94e),
  Bengali: chars(0x995, 0x9c4).filter((letter) => /[\p{L}\p{M}]/u.test(letter)),
  Georgian: chars(0x10d0, 0x10f1),
  Tamil: chars(0xb95, 0xbba).filter((letter) => /\p{L}/u.test(letter)),
  Thai: chars(0xe01, 0xe3b),
  Hangul: chars(0xac00, 0xad00),
  Ethiopic: chars(0x1200, 0x1240),
  Greek: chars(0x3b1, 0x3ca),
  Hebrew: chars(0x5d0, 0x5eb),
};

const SIGNS: Record<string, Make> = {
  spaces: again(' '),
  'spaces before a word': again(' ', 'a'),
  'no-break spaces': again('\u00a0', 'a'),
  'line breaks': again('\n', 'a'),
  'tabs and returns': again('\t\r', '.'),
  apostrophes: again("'"),
  'typographic apostrophes': again('\u2019', 'a'),
  'letters and apostrophes': again("a'"),
  'full stops before a letter': again('.', 'a'),
  'marks of exclamation before a letter': again('!?', 'a'),
  'mixed stops before a letter': again('.!;?\u061f', 'a'),
  'ideographic stops': again('\u3002'),
  dashes: again(' - '),
  digits: again('1234567890'),
  'one digit': again('0', 'a'),
  'numbers of telephone': again('320 000 0123 '),
  'one letter': again('a'),
  'two letters in turn': again('ai', '.'),
  'three letters in turn': again('aio', 'b'),
  ats: again('@', '.'),
  'addresses of mail': again('a@a.', '@'),
  'signs for letters': again('a@3$1!|0'),
  'lone letters': again('a b c d '),
  'lone letters far apart': again('a  '),
  'lone letters and a word': again('m u o r ', 'io'),
  'stops between letters': again('m.u-o*r_'),
  brackets: again('('),
  'brackets within brackets': (length) => again('[{(<')(length / 2) + again('>)}]')(length - Math.floor(length / 2)),
  quotes: again('"\'`\u00ab\u201c'),
  'pieces of two letters': again('ab. cd, '),
};

const CODE: Record<string, Make> = {
  json: again('{"messaggio":{"testo":[1,2.5e-7,null,"non pago\\n"],"x":{}}},'),
  html: again('<div class="a" onclick="x()"><p>aiuto &amp; casa &#8217;</p></div><!-- -->'),
  script: again('for(let i=0;i<10;i++){if(a[i]&&!b||c?.d){f(`${x}`)}}\n'),
  sql: again("'; DROP TABLE requests; -- "),
  addresses: again('https://www.example.test/a/b?c=d&e=%20f#g '),
  base64: drawn([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'], ''),
};

const UNICODE: Record<string, Make> = {
  emoji: again('\u{1f62d}\u{1f3e0}'),
  'families of emoji': again('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'),
  flags: again('\u{1f1ee}\u{1f1f9}'),
  'one letter and one mark': (length) => `a${again('\u0301')(length - 1)}`,
  'one letter and all marks': (length) => `a${drawn(MARKS, '')(length - 1)}`,
  'marks in turn, out of order': (length) => `a${again('\u0301\u0316\u0315\u0334')(length - 1)}`,
  'marks alone': drawn(MARKS, ''),
  'a mark on each letter': again('a\u0301\u0335'),
  'four marks on each letter': again('a\u0301\u0316\u0315\u0334'),
  'invisible signs': again('\u200b\u200d\u2060\u00ad\ufeff'),
  'invisible signs in a word': again('m\u200bu\u200bo\u200bi\u200bo\u200b '),
  'marks of direction': again('\u202eaiuto\u202c \u200f\u2067casa\u2069 '),
  'controls before words': again('\u0000\u0007\u001b[31maiuto '),
  controls: drawn([...chars(0, 0x20), ...chars(0x7f, 0xa0)], ''),
  'halves of a pair': again('\ud800\udc00\ud800a\udfff'),
  'first halves': again('\ud83d'),
  'second halves': again('\udc00'),
  'not characters': again('\ufffe\uffff\ufffd'),
  'private letters': again('\ue000\uf8ff'),
  'letters that grow': again('\ufdfa\ufdfb\u3300'),
  'capitals that grow': again('\u0130\ufb03\u1e9e'),
  'twins of other alphabets': again('v\u043egli\u043e m\u043erir\u0435 '),
  'full width': again('\uff41\uff49\uff55\uff54\uff4f\u3000'),
  'any units': (length) => {
    const random = createRandom(11);
    return Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 0x10000))).join('');
  },
};

/** Words without an end, and words of chance, in each script. */
const SCRIPTS: Record<string, Make> = Object.fromEntries(
  Object.entries({
    Cyrillic: CYRILLIC,
    Arabic: ARABIC,
    Sinhala: SINHALA,
    Latin: chars(0x61, 0x7b),
    ...OTHER_SCRIPTS,
  }).flatMap(([name, letters]): [string, Make][] => [
    [`${name}, one word`, drawn(letters, '')],
    [`${name}, one letter`, again(letters[0] ?? 'a')],
    [`${name}, words`, drawn([...letters, ...letters, ' '], '')],
    [
      `${name}, words of 20`,
      drawn(Array.from({ length: 300 }, (_, at) => drawn([...letters.slice(at % 9), ...letters], '')(20))),
    ],
  ]),
);

/** Words that the rules look for, again and again: every one begins many readings. */
const LOOKED_FOR: Record<string, Make> = {
  'one place': again('Lucca '),
  'places in capitals': again('MONTE PIEVE BORGO LUCCA '),
  'abito a Lucca': again('abito a Lucca '),
  'small words before a place': again('in a di da ', 'Lucca'),
  saints: again('san '),
  'places in Cyrillic': again('\u041b\u0443\u043a\u043a\u0430 '),
  'places in Arabic': again('\u0641\u064a \u0644\u0648\u0643\u0627 '),
  'places in Sinhala': again('\u0dbd\u0dd4\u0d9a\u0dcf\u0dc0\u0dda '),
  'all denied': again('non sfratto no bolletta '),
  'all past': again('due anni fa mi hanno picchiata '),
  'one cry': again('voglio morire '),
  'cries told in films': again('nel film dice voglio morire '),
  'cries in figures of speech': again('muoio dal ridere voglio morire '),
  'words of cries': again('non voglio mi la faccio morire finita '),
  'cries, each a sentence': again('voglio morire. '),
  'calm sentences and cries': again('buongiorno a tutti, grazie mille. voglio morire! '),
  'mia mamma': again('mia mamma non ho la casa '),
};

const LANGUAGE_KINDS: Record<string, Make> = Object.fromEntries(
  [...WORDS].flatMap(([lang, words]): [string, Make][] => [
    [`words: ${lang}`, drawn(words)],
    [
      `sentences: ${lang}`,
      drawn(
        rows.filter((row) => row.lang === lang).map(({ text }) => text),
        '. ',
      ),
    ],
  ]),
);

export const KINDS: Readonly<Record<string, Make>> = {
  ...SIGNS,
  ...CODE,
  ...UNICODE,
  ...SCRIPTS,
  ...LOOKED_FOR,
  ...LANGUAGE_KINDS,
  'words: all languages': drawn([...WORDS.values()].flat()),
  'words glued together': drawn(WORDS.get('it') ?? [], ''),
  'words in capitals': (length) =>
    drawn(WORDS.get('it') ?? [])(length)
      .toUpperCase()
      .slice(0, length),
};
