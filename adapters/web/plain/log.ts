// Reads the log of a talk as the plain pages show it: the newest exchange, what came before, which buttons are on offer.
// How each of them looks is left to bubble.ts and page.ts.
import type { Reply, StoredActivity } from '../../../bot/message.ts';
import type { Say, Words } from '../../../bot/words.ts';

/** From the person's last word on; all of it where they have said nothing yet. */
export function newest(log: StoredActivity[]): StoredActivity[] {
  return log.slice(beginning(log));
}

export function earlier(log: StoredActivity[]): StoredActivity[] {
  return log.slice(0, beginning(log));
}

function beginning(log: StoredActivity[]): number {
  return Math.max(
    0,
    log.findLastIndex(({ from }) => from === 'user'),
  );
}

/** What a button on offer says, as the chat sends it; `undefined`: it is not on offer. */
export function labelOf(shown: StoredActivity[], choice: string, say: Say): string | undefined {
  const replies = repliesOf(shown);
  const label = replies.flatMap(({ choices }) => choices).find(({ id }) => id === choice)?.label;
  if (label !== undefined) return label;
  const reason = replies.flatMap(({ card }) => card?.reasons ?? []).find((one) => one.choice === choice)?.label;
  return reason === undefined ? undefined : say('widget:chat.changeReason', { reason });
}

export function repliesOf(log: StoredActivity[]): Reply[] {
  return log.flatMap((activity) => (activity.from === 'bot' ? [activity.reply] : []));
}

/** The language the talk is in now, where a whole page can be said in it. */
export function languageOfTalk(log: StoredActivity[], words: Words, before: string): string {
  const last = repliesOf(log).at(-1)?.lang;
  return last !== undefined && words.languages.includes(last) ? last : before;
}
