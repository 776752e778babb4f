// Which stretch of its life a case is in, since when, and what time has already done in it. A new stretch begins anew.
// What is due in each is left to the plans beside.
import type { Case } from '../types.ts';

/** States in which a desk has been asked and has not answered: one stretch, whatever becomes of the mail. */
const WAITING = ['requested', 'delivered', 'undeliverable'];

/** States in which a desk has spoken and may fall silent. */
const SPEAKING = ['taken', 'moved', 'met', 'not_met', 'forward_asked'];

export function isWaiting({ state }: Pick<Case, 'state'>): boolean {
  return WAITING.includes(state);
}

/** Another desk, or another time of the appointment, is another stretch. */
export function phaseOf({ state, life }: Case): string {
  if (WAITING.includes(state)) return `waiting ${life.since ?? ''}`;
  return state === 'proposed' || state === 'confirmed' ? `${state} ${life.appointment?.sequence ?? 0}` : state;
}

/**
 * The case with its stretch up to date, and without words that were true of another and are still unread. `heard`: who has
 * just done something; of a desk the silence begins anew. A desk that is waited for is waited for since it was asked,
 * however late somebody looks.
 */
export function wind(made: Case, at: Date, heard?: 'desk' | 'person'): Case {
  const { clock, since } = made.life;
  const phase = phaseOf(made);
  if (clock?.phase === phase && !(heard === 'desk' && SPEAKING.includes(phase)))
    return heard ? { ...made, life: { ...made.life, clock: { ...clock, heard: at.toISOString() } } } : made;
  const again = clock !== undefined && !clock.phase.startsWith('waiting');
  const asked = isWaiting(made) && !again ? (since ?? made.requestedAt?.toISOString()) : undefined;
  const waiting = made.life.waiting.filter(({ stretch }) => stretch === undefined || stretch === phase);
  const next = { phase, from: asked ?? at.toISOString(), done: [] };
  return { ...made, life: { ...made.life, waiting, clock: next } };
}
