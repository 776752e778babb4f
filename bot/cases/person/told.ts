// What a conversation was told by itself since the person last wrote: what they write next may answer it.
// Whether it does is left to hear.ts.
import type { Reply } from '../../message.ts';
import type { Case, Store } from '../../ports.ts';

/** In order. Only where there is a request: nobody else is told anything. Rejects with `store_unavailable`. */
export async function toldSince(store: Store, conversationId: string, cases: readonly Case[]): Promise<Reply[]> {
  if (!cases.some(({ state }) => state !== 'draft')) return [];
  const log = await store.activities(conversationId, 0);
  const last = log.findLastIndex(({ from }) => from === 'user');
  return log.slice(last + 1).flatMap((one) => (one.from === 'bot' && one.reply.told ? [one.reply] : []));
}
