// Where a number is asked for, a channel that can hand over its user's own offers that beside typing it; afterwards no more.
// What the channel shows for it is its adapter's; reading the number is left to contact.ts.
import { currentDraft } from './draft.ts';
import { asksNumber } from './sent.ts';
import type { ConversationState } from './state.ts';
import type { Talk } from './talk.ts';

/** Marks the bubble that begins or ends it. Only Telegram's clients can; the other channels are left as they are. */
export function offerOwnNumber(talk: Talk, before: ConversationState | undefined): void {
  if (talk.incoming.channel !== 'telegram') return;
  const was = before !== undefined && asksNumber(before);
  const now = asksNumber(talk.state);
  const [first] = talk.replies;
  const last = talk.replies.at(-1);
  if (now && !was && last && isOwn(talk)) last.phone = 'asked';
  if (was && !now && first) first.phone = 'done';
}

/** Not where the number of somebody else is asked for. */
function isOwn(talk: Talk): boolean {
  return talk.state.asking.kind !== 'request' || currentDraft(talk)?.details.thirdParty?.call !== 'person';
}
