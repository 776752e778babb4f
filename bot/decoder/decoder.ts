// The built-in decoder: one text in, what it says out. Lexicon, rules and a learnt model, in process, the same every time.
// What is asked next is left to bot/; a danger to life is also, and first, the floor's.
import type { Comune, Frazione } from '../ports.ts';
import { combine } from './combine.ts';
import { featuresOf } from './features.ts';
import type { DetectLanguage } from './language.ts';
import { loadModel } from './model.ts';
import type { Model } from './model.ts';
import { createPlaces } from './places.ts';
import { createRead } from './read.ts';
import type { Decoder } from './types.ts';

export interface DecoderParts {
  frazioni: Frazione[];
  comuni: Comune[];
  detectLanguage?: DetectLanguage;
  model?: Model;
  /** False: the likeliest labels are told however unsure, as measurements want them. */
  abstain?: boolean;
}

/** Throws ConfigError, naming file and pattern, where the lexicon cannot be read. */
export async function createDecoder({
  frazioni,
  comuni,
  detectLanguage,
  model = loadModel(),
  abstain = true,
}: DecoderParts): Promise<Decoder> {
  const read = createRead(detectLanguage);
  const where = createPlaces(comuni, frazioni);
  return {
    async decode(text, hint) {
      const { lang, tokens, found } = await read(text, hint);
      const guess = model.guess(featuresOf(tokens, found));
      return { lang, ...combine(found, guess, model.header.thresholds, abstain), ...where(tokens) };
    },
  };
}
