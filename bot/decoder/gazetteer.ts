// Every name of a place, ready to be found in a text: whole names, short forms, abbreviations, one wrong letter.
// Whether a place found is where the person lives is left to places.ts.
import type { ComuneId } from '../../flows/types.ts';
import type { Comune, Frazione } from '../ports.ts';
import { tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';
import { soundForms, soundKeys, soundOf, soundScript } from './sounds.ts';

export interface Place {
  name: string;
  comune: ComuneId | 'outside';
}

export interface Mention {
  places: Place[];
  start: number;
  end: number;
  /** The name was mended: it needs a small word before it to count. */
  mended: boolean;
}

/** Names of fewer letters are only read as written. */
const MENDED_FROM = 7;
const LONGEST = 6;
const LONGEST_HEARD = 4;
/** Sounds of so many letters are found with one of them wrong. */
const NEAR_FROM = 8;
/** Sounds that differ by one letter begin alike in so many, but for that letter; fewer than NEAR_FROM. */
const HEAD = 7;

export interface GazetteerData {
  comuni: Comune[];
  frazioni: Frazione[];
  outside: string[];
  /** Other ways to write a comune. */
  names: { id: ComuneId; names: string[] }[];
  general: Set<string>;
}

export class Gazetteer {
  #names = new Map<string, Place[]>();
  #firsts = new Set<string>();
  #mends = new Map<string, string[]>();
  /** Names by their sound, and their sounds with one letter left out. */
  #sounds = new Map<string, Place[]>();
  #nearSounds = new Map<string, string[]>();
  /** How the sounds in #nearSounds begin: most words are told from a name by this alone. */
  #heads = new Set<string>();
  #longestSound = 0;

  constructor({ comuni, frazioni, outside, names, general }: GazetteerData) {
    for (const { id, name } of comuni) this.#add(name, { name, comune: id });
    for (const { id, names: others } of names)
      for (const other of others) this.#add(other, { name: nameOf(id, comuni), comune: id });
    for (const name of outside) this.#add(name, { name, comune: 'outside' });
    for (const { name, comune, aliases } of frazioni)
      for (const form of [name, ...aliases]) this.#add(form, { name, comune });
    const shorts = frazioni.flatMap((frazione) =>
      [frazione.name, ...frazione.aliases].map((form) => ({
        short: shorten(form, general),
        place: { name: frazione.name, comune: frazione.comune },
      })),
    );
    for (const { short, place } of shorts) if (short !== undefined) this.#add(short, place);
  }

  /** Names in the text, longest first at each word, none inside another. */
  find(tokens: Token[]): Mention[] {
    const words = tokens.map(({ folded }) => spellOut(folded));
    const listening: Listening = {
      script: remembering(soundScript),
      sound: remembering(soundOf),
      begins: remembering((start) => headsOf(start).map((head) => this.#heads.has(head))),
    };
    const mentions: Mention[] = [];
    for (let start = 0; start < words.length; start += 1) {
      const mention = this.#at(words, start, listening);
      if (mention === undefined) continue;
      mentions.push(mention);
      start = mention.end - 1;
    }
    return mentions;
  }

  #at(words: string[], start: number, listening: Listening): Mention | undefined {
    const known = this.#firsts.has(words[start] ?? '');
    for (let length = known ? Math.min(LONGEST, words.length - start) : 0; length > 0; length -= 1) {
      const places = this.#names.get(words.slice(start, start + length).join(' '));
      if (places !== undefined) return { places, start, end: start + length, mended: false };
    }
    const word = words[start] ?? '';
    if (listening.script(word) !== undefined) return this.#heard(words, start, listening);
    const mended = word.length >= MENDED_FROM - 1 && word.length < 24 ? this.#mend(word) : undefined;
    return mended === undefined ? undefined : { places: mended, start, end: start + 1, mended: true };
  }

  /** A name in another script, of one word or several. */
  #heard(words: string[], start: number, listening: Listening): Mention | undefined {
    const following = words.slice(start, start + LONGEST_HEARD);
    const other = following.findIndex((word) => listening.script(word) === undefined);
    for (let length = other < 0 ? following.length : other; length > 0; length -= 1) {
      const name = following.slice(0, length);
      const places = this.#sounding(soundForms(name, listening.sound), listening);
      if (places !== undefined) return { places, start, end: start + length, mended: false };
    }
    return undefined;
  }

  #sounding(forms: string[], listening: Listening): Place[] | undefined {
    for (const form of forms) {
      if (form.length > this.#longestSound + 1) continue;
      const places =
        this.#sounds.get(form) ?? (form.length >= NEAR_FROM ? this.#nearSound(form, listening) : undefined);
      if (places !== undefined) return places;
    }
    return undefined;
  }

  #nearSound(form: string, { begins }: Listening): Place[] | undefined {
    const known = begins(form.slice(0, HEAD + 1));
    if (!known.includes(true)) return undefined;
    for (let at = -1; at < form.length; at += 1) {
      if (known[Math.min(at, HEAD) + 1] !== true) continue;
      const near = at < 0 ? form : form.slice(0, at) + form.slice(at + 1);
      for (const key of this.#nearSounds.get(near) ?? [])
        if (key[0] === form[0] && oneApart(key, form)) return this.#sounds.get(key);
    }
    return undefined;
  }

  #mend(word: string): Place[] | undefined {
    for (const form of [word, ...shorter(word)])
      for (const name of this.#mends.get(form) ?? []) if (oneApart(word, name)) return this.#names.get(name);
    return undefined;
  }

  #add(form: string, place: Place): void {
    const key = tokenise(form)
      .map(({ folded }) => spellOut(folded))
      .join(' ');
    if (key === '') return;
    const known = this.#names.get(key) ?? [];
    if (known.some((other) => other.comune === place.comune && other.name === place.name)) return;
    this.#names.set(key, [...known, place]);
    this.#firsts.add(key.split(' ')[0] ?? key);
    this.#addSound(key, place);
    // Far places are read as written: their names are too near to common words (Minucciano, minacciano).
    if (place.comune === 'outside' || key.includes(' ') || key.length < MENDED_FROM || /\d/.test(key)) return;
    for (const short of [key, ...shorter(key)]) this.#mends.set(short, [...(this.#mends.get(short) ?? []), key]);
  }

  #addSound(name: string, place: Place): void {
    if (!/^[a-z ]+$/.test(name)) return;
    for (const key of soundKeys(name, place.comune !== 'outside')) {
      const known = this.#sounds.get(key) ?? [];
      if (known.some((other) => other.comune === place.comune && other.name === place.name)) continue;
      this.#sounds.set(key, [...known, place]);
      this.#longestSound = Math.max(this.#longestSound, key.length);
      if (key.length < NEAR_FROM - 1 || place.comune === 'outside') continue;
      for (const head of headsOf(key)) this.#heads.add(head);
      for (const near of [key, ...shorter(key)])
        this.#nearSounds.set(near, [...(this.#nearSounds.get(near) ?? []), key]);
    }
  }
}

/** "San Leonardo in Treponzio" -> "san leonardo"; nothing where the head alone says too little. */
function shorten(name: string, general: Set<string>): string | undefined {
  const words = tokenise(name).map(({ folded }) => spellOut(folded));
  const cut = words.findIndex((word, at) => at > 0 && /^(?:in|a|al|di|del|della|dell|d)$/.test(word));
  const head = words.slice(0, cut < 0 ? 0 : cut);
  if (head.length === 0 || general.has(head[0] ?? '')) return undefined;
  return SAINT.has(head[0] ?? '') && head.length === 1 ? undefined : head.join(' ');
}

const SAINT = new Set(['san', 'santo', 'santa', 'sant']);

/** "s", "san", "santo", "santa" and "sant" are one word to us: people write them all for each other. */
function spellOut(word: string): string {
  return word === 's' || SAINT.has(word) ? 'san' : word;
}

/** What is asked of each word again and again while one text is read, in however many names it may stand. */
interface Listening {
  script: typeof soundScript;
  sound: typeof soundOf;
  /** Whether a sound in #nearSounds begins as headsOf(start) do, each. */
  begins: (start: string) => boolean[];
}

function remembering<T>(ask: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const answer = known.get(word) ?? ask(word);
    known.set(word, answer);
    return answer;
  };
}

/** The first HEAD letters of the word, then the same without each of its first HEAD + 1 letters. */
function headsOf(word: string): string[] {
  return [word, ...shorter(word.slice(0, HEAD + 1))].map((form) => form.slice(0, HEAD));
}

function shorter(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** One letter added, missing, wrong or exchanged with its neighbour; the same word counts too. */
function oneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  const restA = a.slice(head);
  const restB = b.slice(head);
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0];
}

function nameOf(id: ComuneId, comuni: Comune[]): string {
  return comuni.find((comune) => comune.id === id)?.name ?? id;
}
