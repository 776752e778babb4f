// The built-in decoder: one text in, what it says out. Lexicon and rules, in process, the same every time.
// What is asked next is left to bot/; a danger to life is also, and first, the floor's.
import type { Comune, Frazione } from '../ports.ts';
import { gather } from './evidence.ts';
import { judge } from './judge.ts';
import { createLanguageDetector } from './language.ts';
import type { DetectLanguage } from './language.ts';
import { readLexicons } from './lexicon.ts';
import type { Lexicon } from './lexicon.ts';
import { tokenise } from './normalise.ts';
import { createPlaces } from './places.ts';
import type { Decoder } from './types.ts';

export interface DecoderParts {
  frazioni: Frazione[];
  comuni: Comune[];
  detectLanguage?: DetectLanguage;
}

/** Throws ConfigError, naming file and pattern, where the lexicon cannot be read. */
export async function createDecoder({
  frazioni,
  comuni,
  detectLanguage = createLanguageDetector(),
}: DecoderParts): Promise<Decoder> {
  const lexicons = readLexicons();
  const where = createPlaces(comuni, frazioni);
  return {
    async decode(text, hint) {
      const tokens = tokenise(text);
      const lang = await detectLanguage(text, hint);
      return { lang, ...judge(gather(tokens, pick(lexicons, lang, hint))), ...where(tokens) };
    },
  };
}

/** The text's own language, Italian (everybody borrows its words: bolletta, sfratto, ISEE) and the hinted one. */
function pick(lexicons: Map<string, Lexicon>, lang: string, hint: string | undefined): Lexicon[] {
  const langs = new Set([lang, 'it', ...(hint === undefined ? [] : [hint])]);
  return [...langs].flatMap((one) => lexicons.get(one) ?? []);
}
