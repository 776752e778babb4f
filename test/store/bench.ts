// What the themes of the store's contract stand on: a store just opened, its place, and small steps of a test.
// Opening it on each engine is left to store-contract.ts.
import assert from 'node:assert/strict';
import type { CommitResult, Store, TurnCommit } from '../../bot/ports.ts';
import { after, aTurn } from '../store-samples.ts';

export interface Place {
  dataDir?: string;
  databaseUrl?: string;
}

export interface TestEngine {
  name: string;
  /** An empty store's place, different at each call. */
  fresh(): Promise<Place>;
  /** Asks the database directly, past the store. */
  query(place: Place, statement: string): Promise<unknown[]>;
}

/** Inside a test: the store of that test. */
export interface StoreBench {
  readonly store: Store;
  query(statement: string): Promise<unknown[]>;
}

export async function trail(store: Store, caseId = 'case-1'): Promise<string[]> {
  return (await store.caseEvents(caseId)).map(({ type, by }) => `${type} ${by}`);
}

export function activitiesOf(result: CommitResult): TurnActivities {
  return 'activities' in result ? result.activities : assert.fail(result.result);
}
type TurnActivities = Extract<CommitResult, { result: 'committed' }>['activities'];

/** As a turn does: load, make a new state out of the old one, commit, and again where another was first. */
export async function insist(store: Store, changes: Partial<TurnCommit>): Promise<void> {
  const turn = aTurn(changes);
  for (;;) {
    const { version = 0, state } = (await store.load(turn.conversationId))?.conversation ?? {};
    const next = [...(Array.isArray(state) ? state : []), turn.messageId];
    if ((await store.commit({ ...turn, expectedVersion: version, state: next })).result !== 'conflict') return;
  }
}

export async function claimOne(
  store: Store,
  seconds: number,
): Promise<Awaited<ReturnType<Store['outbox']['claim']>>[number]> {
  const claimed = await store.outbox.claim(after(seconds), 1, 60_000);
  return claimed[0] ?? assert.fail('nothing was claimed');
}
