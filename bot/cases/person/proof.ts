// How somebody shows that a request of another conversation is theirs: three characters of the way to be reached that they left.
// Three wrong tries close the request to everybody but its own conversation for a day. What is said is left to code-talk.ts.
import type { Case } from '../types.ts';
import type { CaseWork } from '../work.ts';
import { changeLife } from '../work.ts';

const MOST_WRONG = 3;
const DAY = 86_400_000;
const CHARACTERS = 3;

/** What was typed, as far as it can be a proof: `067`, `mar`. `undefined`: it is something else. */
export function readProof(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  if (digits.length >= CHARACTERS && digits.length <= 15) return digits.slice(-CHARACTERS);
  const [word, ...others] = text.trim().toLowerCase().split(/\s+/);
  if (word === undefined || others.length > 0 || word.length < CHARACTERS) return undefined;
  return word.length === CHARACTERS || word.includes('@') ? word.slice(0, CHARACTERS) : undefined;
}

/** A case without a way to be reached is nobody's to prove. */
export function proves({ details: { contact } }: Case, proof: string): boolean {
  if (!contact) return false;
  if (contact.kind === 'email') return contact.value.toLowerCase().slice(0, CHARACTERS) === proof;
  return contact.value.replace(/\D/g, '').slice(-CHARACTERS) === proof;
}

export function isLocked({ life }: Case, at: Date): boolean {
  return life.lockedUntil !== undefined && at < new Date(life.lockedUntil);
}

export function countWrong(work: CaseWork): boolean {
  const wrong = (work.made.life.wrongProofs ?? 0) + 1;
  if (wrong < MOST_WRONG) changeLife(work, { wrongProofs: wrong });
  else changeLife(work, { wrongProofs: 0, lockedUntil: new Date(work.at.getTime() + DAY).toISOString() });
  return true;
}

/** It goes on in this conversation: what waited to be told is told there, and nowhere else. */
export function moveHere(
  work: CaseWork,
  { conversationId, channel }: Pick<Case, 'conversationId' | 'channel'>,
): boolean {
  const { wrongProofs: _, lockedUntil: __, chatLost: ___, ...life } = work.made.life;
  work.made = { ...work.made, conversationId, channel, life: { ...life, waiting: [] } };
  return true;
}
