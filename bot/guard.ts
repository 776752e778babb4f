// Replies for nobody else's eyes: in a talk about violence, or of whoever must be reached with care, also the card and the request.
// Which talks these are was decided by the sheet of paper's rule; keeping them from being passed on is the channel's.
import { namedNeeds } from './answers.ts';
import { currentDraft } from './draft.ts';
import { isSensitive } from './safe-contact/moment.ts';
import { isDelicate } from './sheet/shown.ts';
import type { Talk } from './talk.ts';

/** Every reply that shows a card, asks for a request or reads it back; numbers elsewhere can still be passed on. */
export function guardReplies(talk: Talk): void {
  if (!isGuarded(talk)) return;
  talk.replies = talk.replies.map((bubble) => ({ ...bubble, delicate: true }));
}

function isGuarded(talk: Talk): boolean {
  const { answers } = talk.state;
  const named = namedNeeds(answers).map((need) => ({ need }));
  const asked = currentDraft(talk)?.details;
  const delicate = isSensitive({ needs: named }) || (asked !== undefined && isSensitive(asked));
  // Of an open danger the notice tells which it is: who has no roof tonight may pass the number on.
  return isDelicate({ ...talk, state: { ...talk.state, floor: null } }, { delicate });
}
