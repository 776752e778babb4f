// Brings a desk's later answer to a person on a Bot Framework channel: what was committed outside their own turns.
// Answers within a turn are left to messages.ts; what must be sent, and what has been, to the store.
import type { ConversationReference } from 'botbuilder';
import type { May } from '../../bot/cases/late.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { StoredActivity } from '../../bot/message.ts';
import { PUT_OFF } from '../../bot/ports.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import { toActivity } from '../../bot/to-activity.ts';
import { isRecord } from '../web/http.ts';
import { claimReplies } from './reply-claims.ts';
import type { Sdk } from './sdk.ts';

type BotActivity = StoredActivity & { from: 'bot' };

const BATCH = 50;
const LOOK_EVERY_MS = 60_000;
const AGAIN_AFTER_MS = 300_000;
/** A turn still at work sends its own replies; those of one that died are late by this much. */
const TURN_TAKES_MS = 60_000;

export interface PushDeps {
  store: Pick<Store, 'activities' | 'undelivered' | 'isDue' | 'delivered' | 'undeliverable' | 'lease' | 'release'>;
  clock: Clock;
  log: Log;
  sdk(): Promise<Sdk>;
  /** Asked right before each try of what nobody had asked for: it may be late, and the moment no longer safe. */
  mayTell?: (activity: StoredActivity, now: Date) => Promise<May>;
  /** Nothing will arrive in that conversation any more; may be called again for the same one. */
  unreachable?: (conversationId: string) => Promise<void>;
}

export interface Push {
  /** Looks now, then each minute. */
  start(): void;
  /** Sends what is due; calls that come while it runs make it look again. Never rejects. */
  deliver(): Promise<void>;
  stop(): Promise<void>;
}

export function createPush(deps: PushDeps): Push {
  const { store, clock, log } = deps;
  const claims = claimReplies(store, clock);
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const state = { again: false, stopped: false };

  async function run(): Promise<void> {
    try {
      do {
        state.again = false;
        const due = await store.undelivered('botframework', clock(), BATCH);
        for (const activity of due)
          if (activity.from === 'bot' && isFree(activity) && !state.stopped) await claimed(activity);
      } while (state.again && !state.stopped);
    } catch (error) {
      log.warn('push failed', { channel: 'botframework', error: messageOf(error) });
    }
  }

  function isFree({ reply, at }: BotActivity): boolean {
    return reply.told === true || clock().getTime() - at.getTime() > TURN_TAKES_MS;
  }

  async function claimed(activity: BotActivity): Promise<void> {
    try {
      if (await claims.take(activity)) await settle(activity);
    } finally {
      await claims.letGo();
    }
  }

  async function settle(activity: BotActivity): Promise<void> {
    const { conversationId, seq } = activity;
    const may = (await deps.mayTell?.(activity, clock())) ?? 'now';
    if (may !== 'now') return store.undeliverable(conversationId, seq, may === 'never' ? null : may, PUT_OFF);
    const sent = await send(activity);
    if (sent === 'sent') {
      state.again = true;
      return store.delivered(conversationId, seq, clock());
    }
    // Before it counts as settled: a crash between the two tells it twice rather than never.
    if (sent === 'gone') await deps.unreachable?.(conversationId);
    const nextAt = sent === 'later' ? new Date(clock().getTime() + AGAIN_AFTER_MS) : null;
    return store.undeliverable(conversationId, seq, nextAt, sent);
  }

  async function send(activity: BotActivity): Promise<'sent' | Fate> {
    const reference = referenceIn(await store.activities(activity.conversationId, 0));
    if (!reference) return 'gone';
    try {
      await (await deps.sdk()).push(reference, toActivity(activity, reference.channelId));
      return 'sent';
    } catch (error) {
      const code = fateOf(error);
      log[code === 'later' ? 'warn' : 'error']('push refused', {
        channel: 'botframework',
        code,
        error: messageOf(error),
      });
      return code;
    }
  }

  const deliver = async (): Promise<void> => {
    state.again = true;
    running ??= run().finally(() => (running = undefined));
    return running;
  };
  return {
    start() {
      timer = setInterval(() => void deliver(), LOOK_EVERY_MS).unref();
      void deliver();
    },
    deliver,
    async stop() {
      state.stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** `gone`: the person is no longer there; `rejected`: the channel will never take these words. */
type Fate = 'gone' | 'rejected' | 'later';

function fateOf(error: unknown): Fate {
  const status = isRecord(error) ? error['statusCode'] : undefined;
  if (status === 403 || status === 404) return 'gone';
  return status === 400 || status === 413 ? 'rejected' : 'later';
}

/** What a message of theirs is kept with, so that they can be answered later; it goes when the conversation is forgotten. */
export interface Address {
  reference: Partial<ConversationReference>;
}

function referenceIn(log: StoredActivity[]): Partial<ConversationReference> | undefined {
  const last = log.findLast((stored) => stored.from === 'user');
  const payload = last?.from === 'user' ? last.payload : undefined;
  return isAddress(payload) ? payload.reference : undefined;
}

function isAddress(payload: unknown): payload is Address {
  const reference = isRecord(payload) ? payload['reference'] : undefined;
  return isRecord(reference) && typeof reference['serviceUrl'] === 'string' && isRecord(reference['conversation']);
}
