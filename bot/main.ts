// The composition root of the server: reads the settings, joins every part, opens the channels, closes them in order.
// The only file that knows everybody; what each part does is left to it.
import { createPush } from '../adapters/botframework/push.ts';
import type { Push } from '../adapters/botframework/push.ts';
import { loadSdk } from '../adapters/botframework/sdk.ts';
import { loadBoundaries } from '../adapters/directory/boundaries.ts';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { startBounces } from '../adapters/mail/bounces.ts';
import { createMailViewer } from '../adapters/mail/viewer.ts';
import { createTelegram } from '../adapters/telegram/index.ts';
import type { Telegram } from '../adapters/telegram/index.ts';
import { createFeed } from '../adapters/web/feed.ts';
import { createMetrics, measureTurn } from '../adapters/web/metrics.ts';
import type { Metrics } from '../adapters/web/metrics.ts';
import { createPages } from '../adapters/web/pages/index.ts';
import { createServer } from '../adapters/web/server.ts';
import type { Server } from '../adapters/web/server.ts';
import { mayTell } from './cases/late.ts';
import { chatLost } from './cases/unreachable.ts';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import { createCore } from './core.ts';
import type { Core } from './core.ts';
import { ConfigError, DirectoryError } from './errors.ts';
import { detectDanger } from './floor/detect.ts';
import { startFreshness } from './fresh/ask.ts';
import { createLog, messageOf } from './log.ts';
import type { Log } from './log.ts';
import type { StoredActivity } from './message.ts';
import { once } from './once.ts';
import type { Clock } from './ports.ts';
import { startPurge } from './purge.ts';

/** What the core calls, though it is made after it. */
interface Pushed {
  telegram?: Telegram;
  botFramework?: Push;
  metrics?: Metrics;
}

export interface Running {
  port: number;
  routes: Server['routes'];
  close(): Promise<void>;
}

/** Opens everything; resolves with what closes it. Nothing stays open when it rejects. */
export async function start(config: Config, log: Log, clock: Clock = systemClock): Promise<Running> {
  const feed = createFeed();
  const pushed: Pushed = {};
  const announce = (conversationId: string): void => {
    feed.announce(conversationId);
    if (conversationId.startsWith('tg:')) void pushed.telegram?.deliver();
    if (conversationId.startsWith('bf:')) void pushed.botFramework?.deliver();
  };
  const core = await createCore(config, clock, log, {
    announce,
    remoteAsked: (outcome) => pushed.metrics?.remoteDecoder(outcome),
  });
  try {
    return await openChannels(config, log, clock, core, feed, pushed);
  } catch (error) {
    await core.close();
    throw error;
  }
}

/** The channels around the core; closing them closes the core after them. */
async function openChannels(
  config: Config,
  log: Log,
  clock: Clock,
  core: Core,
  feed: ReturnType<typeof createFeed>,
  pushed: Pushed,
): Promise<Running> {
  const { store, env } = core;
  const metrics = createMetrics(store.outbox, clock);
  pushed.metrics = metrics;
  const turn = measureTurn(core.turn, metrics);
  const later = {
    mayTell: (activity: StoredActivity, now: Date) => mayTell(store, activity, now),
    unreachable: (conversationId: string) => chatLost(store, core.office, conversationId),
  };
  const telegram =
    config.telegram &&
    createTelegram({
      config: config.telegram,
      publicUrl: config.publicUrl,
      turn,
      store,
      words: env.words,
      log,
      clock,
      comuneAt: loadBoundaries(),
      ...later,
    });
  if (telegram) pushed.telegram = telegram;
  const sdk = once(() => loadSdk(config.botFramework));
  const botFramework = createPush({ store, clock, log, sdk, ...later });
  pushed.botFramework = botFramework;
  const workers = openWorkers(config, log, clock, core);
  const server = createServer({
    config,
    turn,
    store,
    feed,
    directory: env.directory,
    words: env.words,
    log,
    clock,
    metrics,
    sdk,
    pages: await createPages({ ...env, config, clock }),
    urgent: (text) => detectDanger(text) !== null,
    plain: env,
    desk: { env, office: core.office, mailed: () => core.outbox.wake(), answered: () => workers.freshness.refresh() },
    ...(config.smtpUrl ? {} : { mails: createMailViewer(config.dataDir, env.words) }),
    ...(telegram && config.telegram?.mode === 'webhook'
      ? {
          telegram: (headers, body) =>
            telegram.webhook({ secret: one(headers['x-telegram-bot-api-secret-token']) }, body),
        }
      : {}),
  });
  const { port } = await server.listen();
  await telegram?.start();
  botFramework.start();
  const close = async (): Promise<void> => {
    await workers.stop();
    await telegram?.stop();
    await botFramework.stop();
    await server.close();
    await core.close();
  };
  return { port, close, routes: server.routes };
}

/** What goes on by itself, whoever writes: forgetting, asking desks about their facts, looking for mails that came back. */
function openWorkers(config: Config, log: Log, clock: Clock, core: Core) {
  const { store, env } = core;
  const shared = { store, clock, log };
  const purge = startPurge(store, clock, log);
  const freshness = startFreshness({ ...shared, env, checks: core.checks, wake: () => core.outbox.wake() });
  const bounces = startBounces({ ...shared, config, onBounce: () => core.sweeper.wake() });
  void freshness.run();
  const stop = async (): Promise<void> => {
    purge.stop();
    await Promise.all([freshness.stop(), bounces?.stop()]);
  };
  return { freshness, stop };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** The addresses to open, and which channels are off for want of a setting. */
function announceStart(config: Config, port: number): void {
  const base = `http://localhost:${port}`;
  const lines = [
    'Bussola',
    `  pagina dimostrativa   ${base}/?comune=porcari`,
    `  chat                  ${base}/chat/porcari`,
    `  senza JavaScript      ${base}/testo/porcari`,
    config.smtpUrl ? '  posta                 SMTP' : `  posta                 ${base}/posta  (SMTP_URL: -)`,
    `  sportelli             ${base}/s`,
    config.telegram ? `  Telegram              ${config.telegram.mode}` : '  Telegram              TELEGRAM_TOKEN: -',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  if (process.argv.includes('--check-config')) {
    createCalendar(loadDirectory());
    process.stdout.write('ok\n');
    return;
  }
  const { port, close } = await start(config, log);
  announceStart(config, port);
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('close failed', { error: messageOf(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

if (import.meta.main)
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof ConfigError || error instanceof DirectoryError ? 2 : 1;
  }
