// One step of a case outside a turn, in one transaction: by the operator's page, by the clock.
// What a step changes is left to bot/cases; loading again after a conflict to the caller.
import type { Kysely } from 'kysely';
import type { Log } from '../../bot/log.ts';
import type { CaseCommit, CaseCommitResult } from '../../bot/ports.ts';
import { addEvents, addMessages, CaseConflict, writeCases } from './case-write.ts';
import { append } from './delivery.ts';
import { cancelLetters, cancelMails, enqueue } from './enqueue.ts';
import { forgetMails } from './erase.ts';
import { isInTheWay, isUniqueViolation, persistently, unavailable } from './failures.ts';
import { spend } from './nonces.ts';
import type { Tables } from './schema.ts';

/** Nothing is written on `conflict` (also where another case took the code and part) or `spent`. */
export async function commitCase(db: Kysely<Tables>, commit: CaseCommit, log: Log): Promise<CaseCommitResult> {
  return await orConflict<CaseCommitResult>(
    () => db.transaction().execute((trx) => write(trx, commit)),
    () => {
      log.warn('store.case_conflict');
      return 'conflict';
    },
  );
}

/** Runs a transaction, persistently; `refused` answers where somebody else was first. Throws `store_unavailable`. */
export async function orConflict<T>(work: () => Promise<T>, refused: () => T): Promise<T> {
  try {
    return await persistently(work);
  } catch (error) {
    if (error instanceof CaseConflict || isInTheWay(error) || isUniqueViolation(error)) return refused();
    throw unavailable(error);
  }
}

/** Conversations, mails, cases: locked in this order everywhere, so that no two writers wait for each other. */
async function write(trx: Kysely<Tables>, commit: CaseCommit): Promise<CaseCommitResult> {
  const { at } = commit;
  if (!(await spend(trx, commit.nonce))) return 'spent';
  for (const { conversationId, reply } of commit.tells) await append(trx, conversationId, reply, at);
  await cancelMails(trx, commit.cancelMails, at);
  await forgetMails(trx, commit.events, at);
  await cancelLetters(trx, commit.cancelLetters, at);
  await writeCases(trx, commit.cases, at);
  await addEvents(trx, commit.events);
  await enqueue(trx, commit.outbox, at);
  await addMessages(trx, commit.messages);
  return 'committed';
}
