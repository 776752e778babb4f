// How somebody shows that a request of another conversation is theirs: three characters of the way to be reached that they left.
// Three wrong tries close it to all but its own conversation for a day. Who knows somebody well knows these characters too:
// what could hurt them is opened by none, and what is merely followed elsewhere is not taken over. What is said: code-talk.ts.
import { rulesFor } from '../../safe-contact/moment.ts';
import type { Reply } from '../../message.ts';
import { languageOf, sayTo, tellFirstChat } from '../tell.ts';
import type { Case } from '../types.ts';
import type { CaseWork } from '../work.ts';
import { changeLife, record } from '../work.ts';

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

/**
 * Somebody near may be the danger: violence, or any wish of when and how to be written to. No proof opens it anywhere else;
 * so the line that tells the first chat of a move needs no safe moment.
 */
export function isGuarded({ details }: Case): boolean {
  return Object.keys(rulesFor(details)).length > 0 || details.needs.some(({ need }) => need === 'violence');
}

/** Followed in another conversation than the one it was made in: taking it back, changing or copying it is not for there. */
export function isGuest({ life, conversationId }: Pick<Case, 'life' | 'conversationId'>): boolean {
  return life.madeIn !== undefined && life.madeIn !== conversationId;
}

/**
 * It goes on in this conversation, and what waited to be told is told there. `line`: whom to call, said where it went on so
 * far to whoever did not want that; false: it was said already.
 */
export function moveHere(
  work: CaseWork,
  { conversationId, channel }: Pick<Case, 'conversationId' | 'channel'>,
  line: string | false,
): boolean {
  const { made } = work;
  const { wrongProofs: _, lockedUntil: __, chatLost: ___, madeIn = made.conversationId, ...life } = made.life;
  if (line !== false) tellFirstChat(work, notice(work, line));
  record(work, 'followed_elsewhere', 'person');
  const guest = madeIn === conversationId ? {} : { madeIn };
  work.made = { ...made, conversationId, channel, life: { ...life, ...guest, waiting: [] } };
  return true;
}

/** Back to where it was made. */
export function giveBack(work: CaseWork): boolean {
  const { madeIn, ...life } = work.made.life;
  if (madeIn === undefined) return false;
  work.made = { ...work.made, conversationId: madeIn, life };
  return true;
}

function notice(work: CaseWork, line: string): Reply {
  const { code } = work.made;
  const text = sayTo(work)('case:code.elsewhere', { code: code ?? '', line });
  return { kind: 'text', text, lang: languageOf(work), choices: [], links: [], case: code };
}
