// What a conversation was told by itself since the person last wrote: what they write next may answer it.
// Whether it does is left to hear.ts.
import type { Reply } from '../../message.ts';
import type { Case, Store } from '../../ports.ts';

/**
 * In order; empty where something else was asked after it. Only where there is a request: nobody else is told anything.
 * Rejects with `store_unavailable`.
 */
export async function toldSince(store: Store, conversationId: string, cases: readonly Case[]): Promise<Reply[]> {
  if (!cases.some(({ state }) => state !== 'draft')) return [];
  const log = await store.activities(conversationId, 0);
  const after = log.slice(log.findLastIndex(({ from }) => from === 'user') + 1);
  const bubbles = after.flatMap((one) => (one.from === 'bot' ? [one.reply] : []));
  const told = bubbles.filter((one) => one.told);
  const last = bubbles.at(-1);
  const ids = told.flatMap(({ choices }) => choices.map(({ id }) => id));
  const stands = last?.told || last?.choices.length === 0 || last?.choices.some(({ id }) => ids.includes(id));
  return stands ? told : [];
}
