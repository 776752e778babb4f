// What stands between the parts of a list, in the language that the list is in.
// The word before the last of them is left to the words.

/** `part`: between short things; `group`: between things that have commas of their own. */
const ARABIC = { part: '، ', group: '؛ ' };
const LATIN = { part: ', ', group: '; ' };

export function listed(parts: readonly string[], language: string, between: 'part' | 'group'): string {
  return parts.join((language === 'ar' ? ARABIC : LATIN)[between]);
}
