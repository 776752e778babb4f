// All that is kept of one conversation, as it is kept: read from the store when the person asks for their copy.
// How it is said is left to words.ts, asking first to show.ts.
import type { Case, CaseEvent, CaseMessage, Store } from '../ports.ts';

export interface OwnRecord {
  /** What the person wrote, in order; a tapped button is no words of theirs. */
  said: { at: Date; text: string }[];
  cases: { made: Case; events: CaseEvent[]; messages: CaseMessage[] }[];
}

/** Rejects with `store_unavailable`. */
export async function readRecord(store: Store, conversationId: string, cases: readonly Case[]): Promise<OwnRecord> {
  const log = await store.activities(conversationId, 0);
  const said = log.flatMap((one) =>
    one.from === 'user' && one.text.trim() !== '' ? [{ at: one.at, text: one.text }] : [],
  );
  const full = cases.map(async (made) => ({
    made,
    events: await store.caseEvents(made.id),
    messages: await store.caseMessages(made.id),
  }));
  return { said, cases: await Promise.all(full) };
}
