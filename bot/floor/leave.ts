// What somebody says to the floor in their own words: that they are safe, that they want to go on, or that they are not safe.
// What follows from it, and that it takes two such steps, is left to bot/danger.ts.
import { plain } from '../options.ts';
import type { Words } from '../words.ts';

export type FloorWish = 'safe' | 'continue' | 'unsafe';

/** The buttons that say the same, in every language the floor speaks. */
const BUTTONS: Record<FloorWish, string[]> = {
  safe: ['floor:safe_now'],
  continue: ['floor:continue', 'floor:continue_minor', 'floor:leave'],
  unsafe: [],
};
const LISTS: Record<FloorWish, string> = {
  safe: 'floor:said_safe',
  continue: 'floor:said_continue',
  unsafe: 'floor:said_unsafe',
};
const BESIDE = 'floor:said_beside';
/** Longer texts say more than this, and are read like others. */
const LONGEST = 120;

/** Only a text that says nothing else counts: "sì, sono al sicuro adesso" does, "sono al sicuro ma ho paura" says the fear. */
export function floorWish(text: string, words: Words): FloorWish | undefined {
  const said = divided(text);
  if (said === '' || said.length > LONGEST) return undefined;
  const phrases = phrasesOf(words);
  const whole = phrases.get(said);
  if (whole !== undefined) return whole;
  const beside = new Set(allOf(BESIDE, words));
  const found = new Set<FloorWish>();
  let rest = said;
  while (rest !== '') {
    const phrase = longestStart(rest, phrases.keys(), beside);
    if (phrase === undefined) return undefined;
    const wish = beside.has(phrase) ? undefined : phrases.get(phrase);
    if (wish) found.add(wish);
    rest = rest.slice(phrase.length).trimStart();
  }
  return (['unsafe', 'safe', 'continue'] as const).find((wish) => found.has(wish));
}

/** The longest of them that the text begins with. */
export function longestStart(text: string, phrases: Iterable<string>, beside: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const all of [beside, phrases])
    for (const phrase of all)
      if ((text === phrase || text.startsWith(`${phrase} `)) && phrase.length > (best?.length ?? 0)) best = phrase;
  return best;
}

function phrasesOf(words: Words): Map<string, FloorWish> {
  const phrases = new Map<string, FloorWish>();
  for (const wish of ['continue', 'safe', 'unsafe'] as const) {
    const labels = words.floorLanguages.flatMap((language) => BUTTONS[wish].map((key) => words.say(language)(key)));
    for (const phrase of [...labels, ...allOf(LISTS[wish], words)]) phrases.set(divided(phrase), wish);
  }
  return phrases;
}

/** The phrases listed under that key, in every language spoken, divided. */
export function allOf(key: string, words: Words): string[] {
  return words.languages.flatMap((language) => words.list(language, key)).map(divided);
}

/** Plain, an apostrophe dividing words. */
export function divided(text: string): string {
  return plain(text).replaceAll("'", ' ');
}
