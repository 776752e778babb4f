// How a name sounds, roughly, whatever the script: Italian places written in Arabic, Cyrillic or Sinhala letters.
// Which places there are is left to gazetteer.ts. Chinese signs do not spell: names in them are listed in lexicon/.

/** The script of a word whose names are found by their sound; undefined where they are read as written. */
export function soundScript(word: string): 'arabic' | 'cyrillic' | 'sinhala' | undefined {
  if (/^\p{Script=Arabic}/u.test(word)) return 'arabic';
  if (/^\p{Script=Cyrillic}/u.test(word)) return 'cyrillic';
  return /^\p{Script=Sinhala}/u.test(word) ? 'sinhala' : undefined;
}

/** No name is longer: what follows in a word is not listened to. */
const LONGEST_WORD = 40;

/** Letters that scripts exchange are one: p and b, v and f, k and g, the hissing ones, e and i, o and u. */
export function soundOf(word: string): string {
  const script = soundScript(word);
  const heard = word.slice(0, LONGEST_WORD);
  const latin = script === undefined ? italian(heard) : spell(heard, script);
  return latin
    .replace(/[gkqx]/g, 'k')
    .replace(/[zcjs]/g, 's')
    .replace(/[bp]/g, 'b')
    .replace(/[vf]/g, 'f')
    .replace(/[dt]/g, 't')
    .replace(/[ouw]/g, 'o')
    .replace(/[eiy]/g, 'i')
    .replace(/[^abfiklmnorst]/g, '')
    .replace(/(.)\1+/g, '$1');
}

/**
 * The forms in which these words may hide a name: without "in", "to", "and" before it, without its ending.
 * `sound` is soundOf, or one that remembers what it heard.
 */
export function soundForms(words: readonly string[], sound: typeof soundOf): string[] {
  const [first = '', ...more] = words;
  const joined = (head: string): string => [head, ...more].map((word) => sound(word)).join(' ');
  const script = soundScript(first);
  if (script === 'cyrillic') return [joined(first).replace(/[aio]+$/, '_')];
  if (script === 'sinhala') return beginnings(joined(first), soundsBefore(words, sound) + 2);
  return [...new Set([first, first.replace(/^[وفبل]/u, ''), first.replace(/^[وف]?[بل]?ال/u, '')])].map(joined);
}

/** How a name is looked for: as a whole and, where languages may decline it, without its last vowels. */
export function soundKeys(name: string, declined: boolean): string[] {
  const key = name.split(' ').map(soundOf).join(' ');
  const stem = key.replace(/[aio]+$/, '_');
  return [...(key.length > SHORTEST ? [key] : []), ...(declined && stem.length > SHORTEST_STEM ? [stem] : [])];
}

/** Sinhala writes "in" at the end of the name: its first letters, the longest first, with some of the last word. */
function beginnings(key: string, least: number): string[] {
  const shortest = Math.min(key.length, Math.max(SHORTEST, least));
  return Array.from({ length: key.length - shortest + 1 }, (_, cut) => key.slice(0, key.length - cut)).filter(
    (form) => !form.endsWith(' '),
  );
}

/** Length of the sounds of all words but the last; less than none where there is one word. */
function soundsBefore(words: readonly string[], sound: typeof soundOf): number {
  return words.slice(0, -1).reduce((length, word) => length + sound(word).length + 1, -1);
}

/** Sounds of so few letters are like too many words: those names are found as listed in lexicon/. */
const SHORTEST = 4;
const SHORTEST_STEM = 5;

/** Spelling to sound, as far as names of places need it. */
function italian(word: string): string {
  return word
    .replace(/sc(?=[ei])/g, 's')
    .replace(/gli/g, 'li')
    .replace(/gn/g, 'ni')
    .replace(/[cg]h/g, 'k')
    .replace(/c(?=[ei])|g(?=[ei])/g, 's')
    .replace(/qu/g, 'ko')
    .replace(/h/g, '')
    .replace(/c/g, 'k');
}

function spell(word: string, script: 'arabic' | 'cyrillic' | 'sinhala'): string {
  const letters = LETTERS[script];
  let spelt = '';
  for (const letter of word) {
    const sound = letters.get(letter) ?? '';
    // A Sinhala consonant carries an a, unless another vowel or the sign that takes it away follows.
    if (script === 'sinhala' && /\p{M}/u.test(letter)) spelt = spelt.replace(/a$/, '');
    spelt += sound;
  }
  return spelt;
}

const table = (pairs: string): Map<string, string> =>
  new Map(pairs.split(' ').map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]));

const LETTERS = {
  arabic: table(
    'ا:a أ:a إ:i آ:a ب:b پ:p ت:t ث:t ج:j ح: خ:k د:d ذ:d ر:r ز:z س:s ش:s ص:s ض:d ط:t ظ:d ع: غ:g ف:f ڤ:v ق:k ك:k گ:g ڭ:g ل:l م:m ن:n ه: و:o ؤ:o ي:i ى:a ئ:i ة:a چ:s ژ:s',
  ),
  cyrillic: table(
    'а:a б:b в:v г:g ґ:g д:d е:e є:e ж:j з:z и:i і:i ї:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х: ц:z ч:c ш:s щ:s ы:i э:e ю:iu я:ia ё:io ь:i',
  ),
  sinhala: table(
    'ක:ka ඛ:ka ග:ga ඝ:ga ච:ca ඡ:ca ජ:ja ට:ta ඩ:da ත:ta ථ:ta ද:da ධ:da න:na ණ:na ප:pa ඵ:pa බ:ba භ:ba ම:ma ය:ia ර:ra ල:la ළ:la ව:va ස:sa ශ:sa ෂ:sa හ: ෆ:fa ඤ:nia ඥ:nia ඬ:nda ඳ:nda ඹ:mba ං:n ා:a ැ:a ෑ:a ි:i ී:i ු:u ූ:u ෙ:e ේ:e ෛ:ai ො:o ෝ:o ෞ:au ්: අ:a ආ:a ඇ:a ඈ:a ඉ:i ඊ:i උ:u ඌ:u එ:e ඒ:e ඔ:o ඕ:o',
  ),
};
