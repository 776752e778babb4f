// The languages a text may be in, by its script and by how its words look: at once, the same every time, without fastText.
// Which of them the bot answers in is left to language.ts.
import { readFileSync } from 'node:fs';
import { languageFeatures } from './language-features.ts';
import { LANGUAGE_TABLE, LANGUAGES, scriptOf } from './language.ts';
import type { LanguageHeader } from './language.ts';
import type { Token } from './normalise.ts';
import { unpackTable } from './table.ts';

const MOST = 2;

/** The two likeliest, and Italian, from which everybody borrows. Throws where the table cannot be read. */
export function createLikelyLanguages(): (tokens: readonly Token[]) => string[] {
  const table = unpackTable<LanguageHeader>(readFileSync(LANGUAGE_TABLE), 'npm run train');
  return (tokens) => {
    const script = scriptOf(tokens);
    if (script !== 'latin' && script !== 'cyrillic') return [script, 'it'];
    const sums = table.sums(languageFeatures(tokens));
    const ranked = LANGUAGES.map((lang, at) => ({ lang, sum: sums[at] ?? 0 })).sort((a, b) => b.sum - a.sum);
    return [...new Set([...ranked.slice(0, MOST).map(({ lang }) => lang), 'it'])];
  };
}
