// Ukrainian and Russian in Latin letters, as people type them on a phone that has no other.
// Reading them back is not tried: words written so are looked up, and languages learnt, in this form.

const COMMON =
  'а:a б:b в:v д:d е:e ж:zh з:z к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh ь: ю:yu я:ya';
const letters = (pairs: string): Map<string, string> =>
  new Map(`${COMMON} ${pairs}`.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]));

const LETTERS = {
  uk: letters('г:h ґ:g є:ye и:y і:i ї:yi й:y щ:shch'),
  ru: letters('г:g и:i й:y ё:yo щ:shch ы:y э:e ъ:'),
};

/** Lower case; what is not Cyrillic stays. */
export function romanise(text: string, lang: 'uk' | 'ru'): string {
  return Array.from(text.toLowerCase(), (letter) => LETTERS[lang].get(letter) ?? letter).join('');
}
