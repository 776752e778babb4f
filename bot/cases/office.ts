// Carries out steps on cases outside a talk: the operator's page, the clock, returned mail. Loads, does, commits, again if another was first.
// What a step does is left to its caller; telling streams and channels afterwards to `committed`.
import { BussolaError } from '../errors.ts';
import { alertCoordinator } from '../mail/notes.ts';
import type { Clock, Store } from '../ports.ts';
import type { Environment } from '../talk.ts';
import { beginWork, finished, record } from './work.ts';
import type { CaseWork } from './work.ts';
import type { Case } from './types.ts';

const ATTEMPTS = 20;

export interface OfficeDeps {
  env: Environment;
  store: Store;
  clock: Clock;
  /** After a commit: conversations with something new, and whether mails wait. */
  committed: (conversationIds: string[], mails: number) => void;
}

/** `changed`: somebody was first since `version` was read; `refused`: the step may not happen now; `spent`: the nonce was used. */
export type ActResult = { result: 'done' | 'changed' | 'refused' | 'spent'; made: Case } | { result: 'gone' };

export interface Office {
  /**
   * `todo` changes the work and says whether the step may happen. Called again on a fresh case where another write came
   * between, unless `version` is given: then the caller is told. Rejects with `store_unavailable`.
   */
  act(
    caseId: string,
    todo: (work: CaseWork) => boolean,
    options?: { version?: number; nonce?: { value: string; until: Date } },
  ): Promise<ActResult>;
  /** The coordinator hears, once, that time does not go on for this case: nobody is reminded of it by itself any more. */
  giveUp(caseId: string): Promise<void>;
}

export function createOffice({ env, store, clock, committed }: OfficeDeps): Office {
  return {
    async act(caseId, todo, { version, nonce } = {}) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const made = await store.caseById(caseId);
        if (!made) return { result: 'gone' };
        if (version !== undefined && made.version !== version) return { result: 'changed', made };
        const parts = made.code === null ? [] : await store.casesByCode(made.code);
        const work = beginWork(env, made, clock(), parts);
        if (!todo(work)) return { result: 'refused', made };
        const change = finished(work);
        const done = await store.commitCase({ ...change, ...(nonce ? { nonce } : {}), at: work.at });
        if (done === 'spent') return { result: 'spent', made };
        if (done === 'conflict') continue;
        committed([...new Set(change.tells.map(({ conversationId }) => conversationId))], change.outbox.length);
        return { result: 'done', made: { ...work.made, version: made.version + 1 } };
      }
      throw new BussolaError('store_unavailable', 'The case is too busy: try again');
    },
    async giveUp(caseId) {
      const made = await store.caseById(caseId);
      if (!made || !env.coordinator) return;
      const events = await store.caseEvents(caseId);
      if (events.some(({ type, data }) => type === 'escalated' && data?.['reason'] === 'stuck')) return;
      const work = beginWork(env, made, clock());
      alertCoordinator(work, 'stuck');
      record(work, 'escalated', 'bot', { to: 'coordinator', reason: 'stuck' });
      // The case itself is left as it is: what is wrong with it may be what cannot be reckoned.
      await store.commitCase({ ...work.change, at: work.at });
      committed([], work.change.outbox.length);
    },
  };
}
