// Makes a person's words safe to put in a mail: one line stays one line, nothing hidden, nothing endless.
// What the words say is left untouched; escaping for HTML is left to render.ts.

/** Controls, line and direction overrides, zero-width marks that hide or reorder text. Joiners stay: scripts need them. */
const HIDDEN = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
const BREAKS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
/** More than four marks on one letter is not a language. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** One line of at most `max` characters. */
export function line(text: string, max = 200): string {
  const flat = normal(text).replace(BREAKS, ' ').replace(/\s/g, ' ').replace(HIDDEN, '').replace(/ +/g, ' ').trim();
  return cut(flat, max);
}

/** Several lines, at most `max` characters in all; empty lines never pile up. */
export function block(text: string, max = 4000): string {
  const lines = normal(text)
    .replace(BREAKS, '\n')
    .split('\n')
    .map((one) => one.replaceAll('\t', ' ').replace(HIDDEN, '').trimEnd());
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    max,
  );
}

/** A lone address that can be neither a list, nor a header, nor a command: otherwise `undefined`. */
export function plainAddress(value: string): string | undefined {
  const ok = value.length <= 254 && /^[^\s@<>()[\],;:"\\\p{C}]{1,64}@[^\s@<>()[\],;:"\\\p{C}]+$/u.test(value);
  return ok ? value : undefined;
}

function normal(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(PILED_MARKS, '$1');
}

function cut(text: string, max: number): string {
  const letters = [...text];
  return letters.length <= max ? text : `${letters.slice(0, max).join('')}…`;
}
