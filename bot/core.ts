// Joins what every channel shares: words, directory, calendar, decoder, store, turn, outbox. A composition root's helper.
// Which channels stand on it is left to main.ts (the server) and chat.ts (the terminal).
import { createRemoteDecoder } from '../adapters/decoder/remote.ts';
import type { Outcome } from '../adapters/decoder/remote.ts';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createMailer } from '../adapters/mail/mailer.ts';
import { openStore } from '../adapters/store/open.ts';
import { loadSecret } from '../adapters/web/tokens.ts';
import { createCarryLinks } from './carry/token.ts';
import { startSweeper } from './cases/clock/sweeper.ts';
import type { Sweeper } from './cases/clock/sweeper.ts';
import { mayGo } from './cases/late.ts';
import { createOffice } from './cases/office.ts';
import type { Office } from './cases/office.ts';
import type { Config } from './config.ts';
import { createDecoder } from './decoder/decoder.ts';
import { detectDanger } from './floor/detect.ts';
import { loadChecks, replaceChecks } from './fresh/checks.ts';
import { ids } from './ids.ts';
import type { Log } from './log.ts';
import { createLinks } from './links.ts';
import type { Turn } from './message.ts';
import { startOutboxWorker } from './outbox-worker.ts';
import type { Clock, DeskCheck, Store } from './ports.ts';
import type { Queue } from './queue.ts';
import { createRedact } from './redact/redact.ts';
import type { Redact } from './redact/redact.ts';
import { readLists } from './redact/words.ts';
import type { Environment } from './talk.ts';
import { createTurn } from './turn.ts';
import { loadWords } from './words.ts';

export interface Core {
  env: Environment;
  store: Store;
  /** What `env.freshness` reads. */
  checks: Map<string, DeskCheck>;
  turn: Turn;
  outbox: ReturnType<typeof startOutboxWorker>;
  /** Steps on cases from outside a talk. */
  office: Office;
  /** The clock of the cases. */
  sweeper: Sweeper;
  mailer: ReturnType<typeof createMailer>;
  close(): Promise<void>;
}

export interface CoreHooks {
  /** A conversation has new activities: from a turn, or from a mail that was given up. */
  announce: (conversationId: string) => void;
  /** A remote decoder was asked, or would have been. */
  remoteAsked?: (outcome: Outcome) => void;
}

/** Throws DirectoryError, ConfigError or `store_unavailable`; nothing is left open then. */
export async function createCore(config: Config, clock: Clock, log: Log, hooks: CoreHooks): Promise<Core> {
  const directory = loadDirectory();
  const checks = new Map<string, DeskCheck>();
  const secret = loadSecret(config);
  const carry = createCarryLinks(secret, config.publicUrl);
  const env: Environment = {
    words: loadWords(),
    directory,
    calendar: createCalendar(directory),
    ids,
    links: createLinks(secret, config.publicUrl),
    ...(carry ? { carry } : {}),
    coordinator: config.coordinator,
    freshness: (deskId) => checks.get(deskId),
  };
  const decoder = await createDecoder({ comuni: directory.comuni(), frazioni: directory.frazioni() });
  const stronger = config.decoder && {
    stronger: createRemoteDecoder({
      endpoint: config.decoder,
      builtIn: decoder,
      clock,
      log,
      asked: (outcome) => hooks.remoteAsked?.(outcome),
    }),
  };
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log });
  try {
    replaceChecks(checks, await loadChecks(store, directory));
  } catch (error) {
    await store.close();
    throw error;
  }
  const mailer = createMailer(config, log);
  const outbox = startOutboxWorker({
    outbox: store.outbox,
    mailer,
    clock,
    log,
    mayGo: (mail, now) => mayGo(store, mail, now),
    onDead: () => sweeper.wake(),
  });
  const committed = (conversationId: string, mails: number): void => {
    hooks.announce(conversationId);
    if (mails > 0) outbox.wake();
  };
  const office = createOffice({
    env,
    store,
    clock,
    committed: (conversationIds, mails) => {
      for (const id of conversationIds) hooks.announce(id);
      if (mails > 0) outbox.wake();
    },
  });
  const sweeper = startSweeper({ store, office, clock, log });
  const queue = config.unclearQueue ? { queue: createQueue(env, log) } : {};
  const turn = createTurn({ env, store, decoder, ...stronger, ...queue, detectDanger, clock, log, committed });
  const close = async (): Promise<void> => {
    await sweeper.stop();
    await outbox.stop();
    mailer.close();
    await store.close();
  };
  return { env, store, checks, turn, outbox, office, sweeper, mailer, close };
}

/** The words by which names are known are read once, when the first phrase is to be kept. */
function createQueue({ directory, ids }: Environment, log: Log): Queue {
  let made: Promise<Redact> | undefined;
  const make = async (): Promise<Redact> =>
    createRedact({ comuni: directory.comuni(), frazioni: directory.frazioni(), lists: await readLists() });
  const redact = (): Promise<Redact> =>
    (made ??= make().catch((error: unknown) => {
      // The next phrase tries again.
      made = undefined;
      throw error;
    }));
  return { redact, uuid: ids.uuid, log };
}
