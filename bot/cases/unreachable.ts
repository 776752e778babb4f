// The person can no longer be written to where they wrote: they blocked the bot, or are gone. The desk is told, to reach them otherwise.
// How a channel finds that out is left to its adapter, that they are back to apply.ts.
import { isOver } from '../../flows/case.ts';
import { noteToDesk } from '../mail/notes.ts';
import type { Store } from '../ports.ts';
import { lifeState } from './life.ts';
import type { Office } from './office.ts';
import { changeLife, record } from './work.ts';
import type { CaseWork } from './work.ts';

/** For all open cases of that conversation; may be called again. Rejects with `store_unavailable`. */
export async function chatLost(store: Pick<Store, 'load'>, office: Office, conversationId: string): Promise<void> {
  const loaded = await store.load(conversationId);
  for (const { id } of loaded?.cases ?? []) await office.act(id, (work) => loseChat(work, conversationId));
}

/** Once, until they write again. What waits to be told stays: they may come back, or name the code elsewhere. */
function loseChat(work: CaseWork, conversationId: string): boolean {
  const { made } = work;
  const life = lifeState(made.state);
  if (made.conversationId !== conversationId || made.life.chatLost !== undefined) return false;
  if (life === undefined || isOver(life)) return false;
  changeLife(work, { chatLost: work.at.toISOString() });
  record(work, 'chat_lost', 'bot');
  noteToDesk(work, 'chat_lost');
  return true;
}
