// Cuts a long text into messages that Telegram accepts, where a reader would pause.
// What else a message carries is left to render.ts.

/** Telegram's limit, in UTF-16 units (Telegram counts characters, so this is never too much). */
export const MAX_TEXT = 4096;

/** The text in pieces of at most `max` units: cut at a paragraph, else a line, a sentence, a word, else between characters. */
export function splitText(text: string, max: number = MAX_TEXT): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const at = cutPoint(rest, max);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') pieces.push(rest);
  return pieces;
}

/** A cut in the first half would leave a stub: the next kind of pause is tried instead. */
function cutPoint(text: string, max: number): number {
  const head = text.slice(0, max);
  for (const pause of [/\n\s*\n/g, /\n/g, /[.!?…]\s/g, /\s/g]) {
    const last = [...head.matchAll(pause)].at(-1);
    if (last && last.index >= max / 2) return last.index + last[0].length;
  }
  return isHighSurrogate(text.charCodeAt(max - 1)) ? max - 1 : max;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The last paragraph, else the last line, apart from what stands before it. One part where there is nothing before. */
export function splitAtEnd(text: string): [string, string?] {
  for (const pause of ['\n\n', '\n']) {
    const at = text.lastIndexOf(pause);
    if (at > 0) return [text.slice(0, at).trimEnd(), text.slice(at).trim()];
  }
  return [text];
}
