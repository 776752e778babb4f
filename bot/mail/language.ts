// The language a person is written to: the one of their case, as far as it is spoken here.
// What is said in it is left to the words.
import type { Case } from '../ports.ts';
import type { Environment } from '../talk.ts';

export function writtenLanguage({ words }: Pick<Environment, 'words'>, { details }: Case): string {
  return words.languages.includes(details.language) ? details.language : 'it';
}
