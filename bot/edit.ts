// Words that were corrected after they were sent: what they are to the talk. A correction never makes a second request.
// Reading corrected words is left to the conversation, as all others are; seeing a correction to the channel.
import type { FloorHit } from './floor/types.ts';
import type { Incoming } from './message.ts';
import type { Store } from './ports.ts';
import { proceed } from './proceed.ts';
import { sentWords } from './sent.ts';
import type { ConversationState } from './state.ts';
import { reply } from './talk.ts';
import type { Talk } from './talk.ts';

/**
 * `words`: read as said now, because a danger is in them, or they were the last thing said. `late`: the talk has gone on
 * since. `nothing`: not a letter of it has changed, or it was erased.
 */
export type Edit = 'words' | 'late' | 'nothing';

/** The log tells what was last said; the turn asks before it begins. */
export async function readEdit(
  store: Pick<Store, 'activities'>,
  { conversationId, edits, text }: Incoming,
  hit: FloorHit | null,
): Promise<Edit> {
  if (edits === undefined) return 'words';
  const said = (await store.activities(conversationId, 0)).flatMap((one) => (one.from === 'user' ? [one] : []));
  const isIt = ({ messageId }: { messageId: string }): boolean =>
    messageId === edits || messageId.startsWith(`${edits}.`);
  const before = said.findLast(isIt);
  // Telegram also tells of a preview that came or went, with the same words.
  if (before?.text === text) return 'nothing';
  if (hit && !hit.maybe) return 'words';
  if (!before) return 'nothing';
  return said.at(-1) === before ? 'words' : 'late';
}

/**
 * What was already taken in somewhere cannot be taken back by its words: a name in a request, a message to a desk, a yes.
 * False where the corrected words are to be read.
 */
export function noteEdit(talk: Talk, edit: Edit, before: ConversationState | undefined): boolean {
  if (talk.incoming.edits === undefined || (talk.hit && !talk.hit.maybe)) return false;
  const taken = before?.request || ['request', 'case', 'confirm', 'floor'].includes(before?.asking.kind ?? '');
  const over = before?.asking.kind === 'result' && edit === 'words' && hasOpenRequest(talk);
  if (edit === 'words' && !taken && !over) return false;
  const text = sentWords(talk, 'edited');
  const { asking, offered, floor } = talk.state;
  if (floor || asking.kind !== 'flow') reply(talk, text, { choices: offered });
  else proceed(talk, text);
  return true;
}

function hasOpenRequest({ known }: Talk): boolean {
  return known.some(({ state }) => state !== 'draft');
}
