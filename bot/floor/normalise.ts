// Folds a text into plain tokens, so that apostrophes, accents, capitals, invisible marks and disguises change nothing.
// Which tokens mean danger is left to the signs.

/** Stands for the end of a sentence among the tokens: no sign reaches across it. */
export const END = '.';

/** Longer texts are read at both ends only: the time stays bounded, and a cry at the end is still read. */
const LONGEST = 60_000;

/** Accents and marks set on a letter; those that are letters of their own script (Sinhala) stay. */
const COMBINING = /(?:(?=[\p{Script=Inherited}\p{Script=Cyrillic}\p{Script=Arabic}])\p{M}|\u0640)/gu;
/** Marks beyond these on one letter say nothing, and are slow to put in order. */
const MORE_MARKS = /(?<=\p{M}{8})\p{M}+/gu;
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u3164]|[^\P{Cc}\n\t\r]/gu;
const SENTENCE_END = /(?:(?<![.!?;\u061f])[.!?;\u061f]+(?=\s|$)|\u3002)/gu;
const TOKEN = /\u0001|\p{Script=Han}|\p{N}+|(?:(?!\p{Script=Han})[\p{L}\p{M}])+/gu;
const FOREIGN_TWINS = new Map(
  [...'аa еe оo рp сc уy хx іi їi јj ѕs кk мm тt вb ԁd һh αa οo εe ιi νv κk ρp τt υu'.matchAll(/(\S)(\S)/gu)].map(
    (m) => [m[1] ?? '', m[2] ?? ''],
  ),
);
/** The other way round: a Latin letter inside a word that can only be Cyrillic. */
const CYRILLIC_TWINS = new Map(
  [...FOREIGN_TWINS].filter(([letter]) => /\p{Script=Cyrillic}/u.test(letter)).map(([letter, twin]) => [twin, letter]),
);
const PLAIN = new Map(
  [...'ıi łl đd øo ßs æe œe أا إا آا ىي ةه ٱا'.matchAll(/(\S)(\S)/gu)].map((m) => [m[1] ?? '', m[2] ?? '']),
);
const DIGIT_TWINS: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'i',
  '|': 'i',
};

/** The text as words, in order, with `END` where a sentence ends. */
export function tokens(text: string): string[] {
  return split(fold(text));
}

/** Every way the text may be meant: as it stands and, where they differ, with disguises between letters taken away. */
export function readings(text: string, undo: (joined: string) => string[] | undefined): string[][] {
  const folded = fold(text);
  const plain = split(folded);
  const bare = closeSpelled(folded)
    .replace(/(?<=\p{L})(?:[013457@$€]{1,2}(?!\p{N})|[!|](?=\p{L}))/gu, (signs) =>
      [...signs].map((sign) => DIGIT_TWINS[sign] ?? sign).join(''),
    )
    .replace(/(?<=\p{L})[^\p{L}\p{M}\p{N}\s'’]{1,4}(?=\p{L})/gu, '');
  const opened = joinSpelled(split(bare)).flatMap((word) => (word.length >= 8 ? (undo(word) ?? [word]) : [word]));
  return opened.join(' ') === plain.join(' ') ? [plain] : [plain, opened];
}

function fold(text: string): string {
  const begun = cut(text, LONGEST);
  // One sign may stand for eighteen: so much of them is not read.
  const whole = cut(begun.replace(MORE_MARKS, '').normalize('NFKD'), Math.min(LONGEST, 1000 + 3 * begun.length));
  const lower = whole.toLowerCase().normalize('NFKD').replace(COMBINING, '').replace(INVISIBLE, '');
  return latinTwins(lower.replace(/[ıłđøßæœأإآىةٱ]/gu, (letter) => PLAIN.get(letter) ?? letter));
}

/** Its two ends, where it is too long. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length / 2)} ${text.slice(-length / 2)}`;
}

/** Cyrillic and Greek letters that pass for Latin ones, where the word or the whole text is Latin. */
function latinTwins(text: string): string {
  if (!/[\u0370-\u052f]/u.test(text)) return text;
  const mostlyLatin = (text.match(/[a-z]/g) ?? []).length > (text.match(/[\u0370-\u052f]/gu) ?? []).length;
  return text.replace(/\p{L}+/gu, (word) => {
    if (!/[a-z\u0370-\u052f]/u.test(word)) return word;
    if (/[a-z]/.test(word) && [...word].some((letter) => isOwnCyrillic(letter)))
      return [...word].map((letter) => CYRILLIC_TWINS.get(letter) ?? letter).join('');
    const twin = [...word].map((letter) => FOREIGN_TWINS.get(letter) ?? letter).join('');
    const mixed = /[a-z]/.test(word);
    return mixed || (mostlyLatin && /^[a-z]+$/.test(twin)) ? twin : word;
  });
}

function isOwnCyrillic(letter: string): boolean {
  return /\p{Script=Cyrillic}/u.test(letter) && !FOREIGN_TWINS.has(letter);
}

function split(folded: string): string[] {
  const marked = folded.replace(SENTENCE_END, (end) => (/^\.{2,}$/.test(end) ? ' ' : ' \u0001 '));
  return (marked.match(TOKEN) ?? []).map((token) => (token === '\u0001' ? END : simplify(token)));
}

/** Doubled letters count once ("aiutooo", "amazzare"); the Arabic "and" in front of a word is dropped. */
function simplify(token: string): string {
  const single = !repeats(token) || /^\p{N}/u.test(token) ? token : token.replace(/(\p{L})\1+/gu, '$1');
  return /^و\p{L}{3,}/u.test(single) ? single.slice(1) : single;
}

/** A quick look: one unit twice in a row, or letters of two units. */
function repeats(token: string): boolean {
  for (let at = 0; at < token.length; at += 1) {
    const unit = token.charCodeAt(at);
    if (unit === token.charCodeAt(at + 1) || (unit >= 0xd800 && unit < 0xe000)) return true;
  }
  return false;
}

/** "v o g l i o   m o r i r e": lone letters with wider gaps between the words are closed word by word. */
function closeSpelled(text: string): string {
  return text.replace(/(?<!\p{L})\p{L}(?:\s+\p{L}){3,}(?!\p{L})/gu, (run) =>
    /\s{2}/.test(run)
      ? run
          .split(/\s{2,}/)
          .map((word) => word.replace(/\s/g, ''))
          .join(' ')
      : run,
  );
}

/** "s u i c i d i o": four or more lone letters in a row become one word. */
function joinSpelled(words: string[]): string[] {
  const out: string[] = [];
  let run: string[] = [];
  const close = (): void => {
    if (run.length >= 4) out.push(simplify(run.join('')));
    else out.push(...run);
    run = [];
  };
  for (const word of words) {
    if (/^(?!\p{Script=Han})\p{L}$/u.test(word)) run.push(word);
    else {
      close();
      out.push(word);
    }
  }
  close();
  return out;
}
