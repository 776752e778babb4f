// What of a text leaves the process: nothing of one or two words, little of long ones, no mail address, no long number.
// Names and streets in free text cannot be told apart surely: docs/privacy.md says so.

/** Shorter messages answer a question, greet, or give a name; the built-in decoder reads them as well. */
const FEWEST_WORDS = 3;
const LONGEST = 2000;

/** The text as it may be sent; undefined where it is not worth sending. */
export function minimise(text: string): string | undefined {
  const words = text.trim();
  // Han signs stand without spaces: a few of them may say much.
  const han = /\p{Script=Han}/u.test(words);
  if (!han && words.split(/\s+/).length < FEWEST_WORDS) return undefined;
  return words
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/[^\s@]{1,64}@[^\s@]+/g, '@')
    .replace(/\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b/gi, '#')
    .replace(/\+?\p{Nd}(?:[\s./()-]{0,2}\p{Nd}){8,}/gu, '#');
}
