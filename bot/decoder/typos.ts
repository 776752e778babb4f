// Writes a text as hurried thumbs would: letters lost, doubled, changed, exchanged. Always the same mistakes for the same text.
// Used to learn from (train.ts) and to measure with (bot/evaluate.ts).
import { createRandom } from '../random.ts';

/** One letter in ten of the words is lost, doubled, changed or exchanged with the next. */
export function withTypos(text: string): string {
  const random = createRandom(text.length * 7919 + 17);
  const letters = Array.from(text);
  for (let at = 0; at < letters.length - 1; at += 1) {
    if (!/\p{L}/u.test(letters[at] ?? '') || random() >= 0.1) continue;
    const kind = Math.floor(random() * 4);
    const [here = '', next = ''] = [letters[at], letters[at + 1]];
    if (kind === 0) letters[at] = '';
    else if (kind === 1) letters[at] = here + here;
    else if (kind === 2)
      letters[at] = /\p{Script=Latin}/u.test(here) ? 'aeinorst'.charAt(Math.floor(random() * 8)) : '';
    else [letters[at], letters[at + 1]] = [next, here];
  }
  return letters.join('');
}
