// Gulpease, the readability index made for Italian (Lucisano and Piemontese, 1988): 0 very hard, 100 very easy.
// Unstable on a few words: which texts are worth a score is left to who asks.

/** The words that are read: placeholders, addresses and figures are none. */
export function wordsIn(text: string): string[] {
  return withoutFigures(text).match(/\p{L}+/gu) ?? [];
}

/** 89 - 10 * letters / words + 300 * sentences / words, between 0 and 100. */
export function gulpease(text: string): number {
  const words = wordsIn(text);
  if (words.length === 0) return 100;
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const sentences = withoutFigures(text)
    .split(/[.!?…\n]+/)
    .filter((part) => /\p{L}/u.test(part)).length;
  const score = 89 - (10 * letters) / words.length + (300 * sentences) / words.length;
  return Math.min(100, Math.max(0, score));
}

function withoutFigures(text: string): string {
  return text.replace(/\{\{\w+\}\}|https?:\/\/\S+|\d+/g, ' ');
}
