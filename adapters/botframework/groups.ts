// Groups: says once that this is not a private place, and a number. Reads nothing else; there is no turn, and nothing is kept.
// Private talks are left to the bot; groups of Telegram to its own adapter.
import { randomUUID } from 'node:crypto';
import type { Activity, TurnContext } from 'botbuilder';
import type { Clock, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';

export interface GroupDeps {
  words: Words;
  store: Pick<Store, 'lease' | 'release'>;
  clock: Clock;
}

/** Who was not there then may read it again after so long. */
const SAID_FOR_MS = 90 * 24 * 3_600_000;
/** As Teams has them; other channels set `isGroup`. */
const SHARED = ['groupChat', 'channel'];

/** True where others read along, and words or new members came: whatever else comes is for nobody. */
export function isForGroup({ type, conversation, membersAdded = [] }: Partial<Activity>): boolean {
  const shared = conversation?.isGroup === true || SHARED.includes(conversation?.conversationType ?? '');
  return shared && (type === 'message' || (type === 'conversationUpdate' && membersAdded.length > 0));
}

/** Rejects where the channel did not take it: it is then said at the next message. */
export async function sayInGroup({ words, store, clock }: GroupDeps, context: TurnContext): Promise<void> {
  const { conversation, locale } = context.activity;
  const name = `botframework.group.${conversation.id}`;
  // Each asks as somebody else: whoever comes first says it, here or in another process.
  const holder = randomUUID();
  if (!(await store.lease(name, holder, clock(), SAID_FOR_MS).catch(() => true))) return;
  const base = locale?.toLowerCase().split('-')[0];
  const lang = words.languages.find((known) => known === base) ?? 'it';
  try {
    await context.sendActivity({ type: 'message', text: words.say(lang)('channels:group'), locale: lang });
  } catch (thrown) {
    await store.release(name, holder).catch(() => {});
    throw thrown;
  }
}
