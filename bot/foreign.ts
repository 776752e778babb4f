// Whether a text is in a language that the decoder does not read: another script, or small words of another language.
// What a language that is read here says is left to the decoder; danger never waits for this.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Decoded } from './decoder/types.ts';

/** Scripts that no language read here is written in, each with the language that most who write it here speak. */
const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Ethiopic}/gu, 'am'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Thai}/gu, 'th'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  // Letters that Urdu has and Arabic, Darija included, does not.
  [/[ٹڈڑںےہ]/gu, 'ur'],
];
const LONGEST = 600;
/** Letters of a script that make a text one of it, as a share of all its letters; those of Urdu stand among Arabic ones. */
const MOSTLY = 0.5;
const SOME = 0.05;
const FEWEST_FOUND = 2;
const SHARE = 0.25;

const words = readWords();

/** ISO 639-1 of a language not read here; undefined for any other text, and where too little tells. Bounded time. */
export function foreignLanguage(text: string): string | undefined {
  const start = text.slice(0, LONGEST).normalize('NFC').toLowerCase();
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const script = SCRIPTS.find(
    ([one, lang]) => (start.match(one)?.length ?? 0) > letters * (lang === 'ur' ? SOME : MOSTLY),
  );
  if (script) return script[1];
  const said = start.match(/\p{L}+/gu) ?? [];
  const found = [...words]
    .map(([lang, list]) => ({ lang, hits: said.filter((word) => list.has(word)) }))
    .filter(({ hits }) => new Set(hits).size >= FEWEST_FOUND && hits.length >= said.length * SHARE);
  return found.toSorted((a, b) => b.hits.length - a.hits.length)[0]?.lang;
}

/** The reading without what cannot be known of a text in a language not read here: no need is guessed. */
export function unguessed(decoded: Decoded, text: string): Decoded {
  const lang = foreignLanguage(text);
  if (lang === undefined) return decoded;
  const { comune } = decoded;
  return {
    lang,
    area: 'unclear',
    secondaryArea: null,
    need: null,
    otherNeeds: [],
    likely: [],
    urgency: 'none',
    danger: decoded.danger,
    forWhom: 'unknown',
    // The name of a place is the same in any language; that it is none of ours may be a guess.
    comune: comune === 'outside' ? 'none' : comune,
    answers: {},
    confidence: 0,
  };
}

function readWords(): Map<string, Set<string>> {
  const lists: unknown = parse(readFileSync(new URL('foreign-words.yaml', import.meta.url), 'utf8'));
  return new Map(
    Object.entries(lists ?? {}).map(([lang, list]) => [lang, new Set(String(list).normalize('NFC').split(' '))]),
  );
}
