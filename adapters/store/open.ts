// The store, opened: SQLite under the data folder, or PostgreSQL where an address is given; the same to whoever uses it.
// Each of its verbs is left to the file of its name.
import { BussolaError } from '../../bot/errors.ts';
import type { Log } from '../../bot/log.ts';
import type { Store } from '../../bot/ports.ts';
import { commitCase } from './case-commit.ts';
import { caseById, caseEvents, caseFigures, caseMessages, casesByCode, dueCases, openCases } from './case-read.ts';
import { commit } from './commit.ts';
import { contacts } from './contacts.ts';
import { delivered, isDue, undeliverable, undelivered } from './delivery.ts';
import { decideProposal, deskChecks, proposals, saveDeskCheck } from './desk-checks.ts';
import { guarded } from './failures.ts';
import { lease, release } from './leases.ts';
import { migrate } from './migrations.ts';
import { createOutbox } from './outbox.ts';
import { pendingFloor } from './pending-floor.ts';
import { openPostgres } from './postgres.ts';
import { purge } from './purge.ts';
import { activities, load, seen } from './read.ts';
import type { Handle } from './schema.ts';
import { sheet } from './sheets.ts';
import { openSqlite } from './sqlite.ts';
import { dropUnclear, listUnclear } from './unclear.ts';

interface StoreOptions {
  /** Folder of the SQLite file; made if missing. Not used where `databaseUrl` is given. */
  dataDir?: string | undefined;
  /** `postgres://…` */
  databaseUrl?: string | undefined;
  log: Log;
  /** For what an earlier release wrote: what is too old to begin with. */
  now?: Date;
}

/** Opens the store and brings its schema up to date. Throws `store_unavailable`, as every verb of the store does. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { log, now = new Date() } = options;
  const handle = await guarded(async () => openHandle(options));
  const { db } = handle;
  try {
    await guarded(() => migrate(handle, now));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    load: (conversationId) => guarded(() => load(db, conversationId, log)),
    seen: (conversationId, messageId) => guarded(() => seen(db, conversationId, messageId, log)),
    commit: (turn) => guarded(() => commit(handle, turn, log)),
    pendingFloor: (person, now) => guarded(() => pendingFloor(db, person, now)),
    activities: (conversationId, afterSeq) => guarded(() => activities(db, conversationId, afterSeq, log)),
    sheet: (code, now) => guarded(() => sheet(db, code, now)),
    caseById: (id) => guarded(() => caseById(db, id)),
    casesByCode: (code) => guarded(() => casesByCode(db, code, log)),
    openCases: (deskId) => guarded(() => openCases(db, deskId, log)),
    dueCases: (now, limit) => guarded(() => dueCases(db, now, limit, log)),
    caseEvents: (caseId) => guarded(() => caseEvents(db, caseId)),
    caseMessages: (caseId) => guarded(() => caseMessages(db, caseId)),
    commitCase: (change) => guarded(() => commitCase(db, change, log)),
    contacts: (from, to) => guarded(() => contacts(db, from, to)),
    caseFigures: (from, to) => guarded(() => caseFigures(db, from, to, log)),
    deskChecks: () => guarded(() => deskChecks(db)),
    saveDeskCheck: (check, also) => guarded(() => saveDeskCheck(db, check, also)),
    proposals: () => guarded(() => proposals(db)),
    decideProposal: (id, state, at) => guarded(() => decideProposal(db, id, state, at)),
    isDue: (conversationId, seq, now) => guarded(() => isDue(db, conversationId, seq, now)),
    undelivered: (channel, now, limit) => guarded(() => undelivered(db, channel, now, limit, log)),
    delivered: (conversationId, seq, at) => guarded(() => delivered(db, conversationId, seq, at)),
    undeliverable: (conversationId, seq, nextAt, error) =>
      guarded(() => undeliverable(db, conversationId, seq, nextAt, error)),
    lease: (name, holder, now, forMs) => guarded(() => lease(db, name, holder, now, forMs)),
    release: (name, holder) => guarded(() => release(db, name, holder)),
    outbox: createOutbox(handle, log),
    listUnclear: () => guarded(() => listUnclear(db)),
    dropUnclear: (ids) => guarded(() => dropUnclear(handle, ids)),
    purge: (idleBefore, now) => purge(handle, idleBefore, now),
    check: () => guarded(() => check(handle)),
    close: () => db.destroy(),
  };
}

function openHandle({ dataDir, databaseUrl, log }: StoreOptions): Handle {
  if (databaseUrl) return openPostgres(databaseUrl, log);
  if (dataDir) return openSqlite(dataDir);
  throw new BussolaError('store_unavailable', 'The store has no place: give a data folder or a database address');
}

/** Writes a mark, so that a full disk or a read-only file system shows. */
async function check({ db }: Handle): Promise<void> {
  const value = Date.now();
  await db
    .insertInto('meta')
    .values({ key: 'checked', value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
