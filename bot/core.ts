// Joins what every channel shares: words, directory, calendar, decoder, store, turn, outbox. A composition root's helper.
// Which channels stand on it is left to main.ts (the server) and chat.ts (the terminal).
import { createRemoteDecoder } from '../adapters/decoder/remote.ts';
import type { Outcome } from '../adapters/decoder/remote.ts';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createMailer } from '../adapters/mail/mailer.ts';
import { openStore } from '../adapters/store/open.ts';
import type { Config } from './config.ts';
import { createDecoder } from './decoder/decoder.ts';
import { callLine } from './desk-lines.ts';
import { detectDanger } from './floor/detect.ts';
import { callLinks } from './human.ts';
import { ids } from './ids.ts';
import type { Log } from './log.ts';
import type { Reply, Turn } from './message.ts';
import { startOutboxWorker } from './outbox-worker.ts';
import type { ClaimedMail, Clock, Store } from './ports.ts';
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
  turn: Turn;
  outbox: ReturnType<typeof startOutboxWorker>;
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
  const env: Environment = { words: loadWords(), directory, calendar: createCalendar(directory), ids };
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
  const mailer = createMailer(config, log);
  const outbox = startOutboxWorker({
    outbox: store.outbox,
    mailer,
    clock,
    log,
    tell: (mail) => undelivered(env, store, clock, mail),
    onTold: (mail) => void announceCase(store, mail, hooks),
  });
  const committed = (conversationId: string, mails: number): void => {
    hooks.announce(conversationId);
    if (mails > 0) outbox.wake();
  };
  const queue = config.unclearQueue ? { queue: createQueue(env, log) } : {};
  const turn = createTurn({ env, store, decoder, ...stronger, ...queue, detectDanger, clock, log, committed });
  const close = async (): Promise<void> => {
    await outbox.stop();
    mailer.close();
    await store.close();
  };
  return { env, store, turn, outbox, mailer, close };
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

/** What a citizen reads when their request could not be delivered: the truth, and the number to call. */
async function undelivered(env: Environment, store: Store, clock: Clock, mail: ClaimedMail): Promise<Reply | null> {
  if (mail.kind !== 'request') return null;
  const made = await store.caseById(mail.caseId);
  const desk = made && env.directory.desk(made.deskId);
  if (!made || !desk) return null;
  const lang = env.words.languages.includes(made.details.language) ? made.details.language : 'it';
  const view = { env, at: clock(), state: { language: lang } };
  const text = env.words.say(lang)('common:case_undeliverable', {
    code: made.code ?? '',
    line: callLine(view, desk, made.comune),
  });
  return { kind: 'text', text, lang, choices: [], links: callLinks(view, [desk]), case: made.code };
}

async function announceCase(store: Store, mail: ClaimedMail, hooks: CoreHooks): Promise<void> {
  const made = await store.caseById(mail.caseId);
  if (made) hooks.announce(made.conversationId);
}
