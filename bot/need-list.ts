// Several needs in a few words, each once, as the person said them.
// Which desk answers for which is left to desks.ts.
import type { Need } from '../flows/types.ts';
import type { Say } from './words.ts';

export function needsInWords(needs: readonly { need: Need | 'unclear' }[], words: Say): string {
  return [...new Set(needs.map(({ need }) => words(`needs:${need}`)))].join('; ');
}
