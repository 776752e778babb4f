// Several needs in the order in which they are told: the most urgent first, as what is known of each makes it.
// How urgent a need is was decided by the flows; which of two alike weighs more by the decoder's own order.
import type { Answer, Need } from '../flows/types.ts';
import { mostUrgentFirst } from './answers.ts';
import { inOrderOfPressure } from './decoder/judge.ts';

export function urgentFirst(needs: readonly Need[], answers: readonly Answer[]): Need[] {
  return mostUrgentFirst(inOrderOfPressure([...needs]), answers);
}
