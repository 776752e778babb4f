// Reads a text in every way the rules know: words, their meanings, things, evidence of the lexicon.
// Shared by decoding and training, so that the model meets in use what it met when it learnt.
import { createFindThings } from './concepts.ts';
import { gather } from './evidence.ts';
import { createFindMeanings } from './gloss.ts';
import type { Found } from './features.ts';
import { judge } from './judge.ts';
import { createLanguageDetector } from './language.ts';
import type { DetectLanguage } from './language.ts';
import { readLexicons } from './lexicon.ts';
import { tokenise } from './normalise.ts';
import type { Token } from './normalise.ts';

export interface Reading {
  lang: string;
  tokens: Token[];
  found: Found;
}

export type Read = (text: string, hint?: string) => Promise<Reading>;

/** Throws ConfigError, naming file and pattern, where the lexicon cannot be read. */
export function createRead(detectLanguage: DetectLanguage = createLanguageDetector()): Read {
  const lexicons = readLexicons();
  const findThings = createFindThings();
  const findMeanings = createFindMeanings();
  return async (text, hint) => {
    const tokens = tokenise(text);
    const lang = await detectLanguage(text, hint, tokens);
    // The text's own language, Italian (everybody borrows its words: bolletta, sfratto, ISEE) and the hinted one.
    const langs = [...new Set([lang, 'it', ...(hint === undefined ? [] : [hint])])];
    const evidence = gather(
      tokens,
      langs.flatMap((one) => lexicons.get(one) ?? []),
    );
    const judged = judge(evidence);
    return {
      lang,
      tokens,
      found: { evidence, judged, things: findThings(tokens, langs), meanings: findMeanings(tokens, langs) },
    };
  };
}
