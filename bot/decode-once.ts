// Reads the same words once, however often a turn must begin again: a decoder far away is not asked twice.
// Lives as long as one turn; nothing of the words is kept beyond it.
import type { Decoded, Decoder } from './decoder/types.ts';

export function decodeOnce(decoder: Decoder): Decoder {
  const read = new Map<string, Promise<Decoded>>();
  return {
    decode(text, lang) {
      const key = JSON.stringify([text, lang]);
      const decoded = read.get(key) ?? decoder.decode(text, lang);
      read.set(key, decoded);
      return decoded;
    },
  };
}
