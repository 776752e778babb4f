// `node bot/decoder/train-language.ts`: learns how languages look, from the corpus, and writes model/language.bin.
// Scripts that belong to one language need no learning: language.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { checksum, readCorpus } from './corpus.ts';
import type { Row } from './corpus.ts';
import { LANGUAGE_BUCKETS, languageFeatures } from './language-features.ts';
import { LANGUAGE_TABLE, LANGUAGES, scriptOf } from './language.ts';
import type { LanguageHeader } from './language.ts';
import { learn } from './learn.ts';
import { tokenise } from './normalise.ts';
import { romanise } from './romanise.ts';
import { packTable } from './table.ts';

const OPTIONS = { epochs: 6, rate: 0.3, l2: 1e-5, seed: 20261122 };

/** The bytes of the table; the same rows give the same bytes. */
export function trainLanguage(rows: readonly Row[]): Buffer {
  const written = rows.flatMap(({ text, lang }) => [
    { text, lang },
    ...(lang === 'uk' || lang === 'ru' ? [{ text: romanise(text, lang), lang }] : []),
  ]);
  const examples = written.flatMap(({ text, lang }) => {
    const tokens = tokenise(text);
    const told = scriptOf(tokens);
    const label = LANGUAGES.findIndex((one) => one === lang);
    return told === 'latin' || told === 'cyrillic' ? [{ features: languageFeatures(tokens), label }] : [];
  });
  const header: LanguageHeader = { corpus: checksum(rows), rows: rows.length };
  return packTable([learn(examples, LANGUAGES.length, OPTIONS)], header, LANGUAGE_BUCKETS);
}

if (import.meta.main) {
  const bytes = trainLanguage(readCorpus().train);
  mkdirSync(new URL('.', LANGUAGE_TABLE), { recursive: true });
  writeFileSync(LANGUAGE_TABLE, bytes);
  process.stdout.write(`languages: ${bytes.length} bytes\n`);
}
