// A decoder that reads texts as a script says, for talks that must not depend on what the model learnt last.
// A transcript carries its script in its head: `# hears: <text> => <parts of the reading, as JSON>`.
import type { Decoded, Decoder } from '../../bot/decoder/types.ts';

export const UNCLEAR: Decoded = {
  lang: 'it',
  area: 'unclear',
  secondaryArea: null,
  need: null,
  otherNeeds: [],
  likely: [],
  danger: 0,
  urgency: 'none',
  forWhom: 'unknown',
  comune: 'none',
  answers: {},
  confidence: 0.2,
};

/** Every other text is unclear, in the language hinted at. */
function scripted(script: Readonly<Record<string, Partial<Decoded>>>): Decoder {
  return {
    decode: (text, lang = 'it') => Promise.resolve({ ...UNCLEAR, lang, ...script[text.trim()] }),
  };
}

const LINE = /^# hears: (.+?) => (\{.*\})$/gm;

/** The script in a transcript's head; undefined where it has none. */
export function scriptOf(transcript: string): Decoder | undefined {
  const lines = [...transcript.matchAll(LINE)].map(([, text = '', reading = '{}']) => [text, JSON.parse(reading)]);
  return lines.length > 0 ? scripted(Object.fromEntries(lines)) : undefined;
}
