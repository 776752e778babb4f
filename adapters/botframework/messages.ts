// `/api/messages`: every Bot Framework channel, and the Emulator. Without credentials it serves this machine only.
// What is said is left to the bot, the protocol to the SDK (sdk.ts), later answers to push.ts.
import type { Activity, InvokeResponse } from 'botbuilder';
import { BussolaBot } from '../../bot/activity.ts';
import { BussolaError } from '../../bot/errors.ts';
import type { Config } from '../../bot/config.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { StoredActivity, Turn } from '../../bot/message.ts';
import type { Clock, Store } from '../../bot/ports.ts';
import type { Words } from '../../bot/words.ts';
import { MeanwhileTold, StoreAway } from '../../bot/trouble.ts';
import { isLoopback } from '../web/caller.ts';
import { HttpError, headerOf, isRecord, json } from '../web/http.ts';
import type { Route, WebAnswer, WebRequest } from '../web/http.ts';
import { isForGroup, sayInGroup } from './groups.ts';
import type { Address } from './push.ts';
import { claimReplies } from './reply-claims.ts';
import type { ReplyClaims } from './reply-claims.ts';
import type { Listener, Sdk } from './sdk.ts';

export interface MessagesDeps {
  config: Pick<Config, 'botFramework'>;
  turn: Turn;
  store: Pick<Store, 'delivered' | 'isDue' | 'lease' | 'release'>;
  words: Words;
  clock: Clock;
  log: Log;
  sdk(): Promise<Sdk>;
}

export function messageRoutes(deps: MessagesDeps): Route[] {
  const told = new MeanwhileTold();
  return [
    {
      method: 'post',
      path: '/api/messages',
      kind: 'api',
      async handle(request) {
        const activity = readActivity(request, deps.config.botFramework === undefined);
        const authorization = headerOf(request.headers, 'authorization') ?? '';
        try {
          const sdk = await deps.sdk();
          return await answer(deps, { sdk, told, authorization }, activity);
        } catch (error) {
          throw refuse(error, deps.log);
        }
      },
    },
  ];
}

interface With {
  sdk: Sdk;
  told: MeanwhileTold;
  authorization: string;
}

async function answer(
  deps: MessagesDeps,
  { sdk, told, authorization }: With,
  activity: Partial<Activity>,
): Promise<WebAnswer> {
  if (isForGroup(activity)) return answered(await sdk.process(authorization, activity, inGroup(deps)));
  let sent: StoredActivity[] = [];
  const unkept: StoreAway[] = [];
  const inBody = activity.deliveryMode === 'expectReplies';
  const claims = claimReplies(deps.store, deps.clock);
  const address: Address = { reference: sdk.referenceOf(activity) };
  // Whatever channel stands behind Bot Framework, its conversations are ours under a name of their own.
  const bot = new BussolaBot(async (incoming) => {
    const conversationId = `bf:${incoming.conversationId}`;
    const asked = { ...incoming, channel: 'botframework' as const, conversationId, payload: address };
    const stored = await deps.turn(asked).catch((error: unknown) => {
      if (!(error instanceof StoreAway)) throw error;
      unkept.push(error);
      const first = inBody || told.begin(conversationId, incoming.messageId, error);
      return first ? [{ conversationId, seq: 0, at: deps.clock(), from: 'bot' as const, reply: error.meanwhile }] : [];
    });
    if (unkept.length > 0) return stored;
    told.over(conversationId);
    const replies = stored.filter(({ from }) => from === 'bot');
    // Who asks for the replies in the body has not got them, however often they were given.
    sent = inBody ? replies : await taken(claims, replies);
    return sent;
  });
  try {
    const instead = await sdk.process(authorization, activity, bot);
    // Said, and not kept: whoever delivers the message again may. In a refusal's body nobody would look for words.
    if (unkept.length > 0 && !inBody) throw unkept[0];
    for (const { conversationId, seq } of sent) await deps.store.delivered(conversationId, seq, deps.clock());
    return answered(instead);
  } finally {
    await claims.letGo();
  }
}

const inGroup = (deps: MessagesDeps): Listener => ({ run: (context) => sayInGroup(deps, context) });

function answered(instead: InvokeResponse | undefined): WebAnswer {
  return json(instead?.status ?? 200, instead?.body ?? {});
}

/** Channels deliver a message again when the answer was slow: what was sent, or is being sent, is not sent twice. */
async function taken(claims: ReplyClaims, replies: StoredActivity[]): Promise<StoredActivity[]> {
  const mine: StoredActivity[] = [];
  for (const reply of replies) if (await claims.take(reply)) mine.push(reply);
  return mine;
}

function readActivity(request: WebRequest, open: boolean): Partial<Activity> {
  const { body } = request;
  if (open && !request.caller.local)
    throw new HttpError(403, 'Forbidden', 'No Bot Framework credentials are set: only this machine may call');
  if (!isRecord(body)) throw new HttpError(400, 'BadArgument', 'The body is not an activity');
  for (const field of ['type', 'channelId', 'serviceUrl'])
    if (typeof body[field] !== 'string') throw new HttpError(400, 'BadArgument', `"${field}" is not a string`);
  for (const field of ['conversation', 'from', 'recipient'])
    if (!isRecord(body[field]) || typeof body[field]['id'] !== 'string')
      throw new HttpError(400, 'BadArgument', `"${field}" has no "id"`);
  const serviceUrl = String(body['serviceUrl']);
  // Replies go to the address the message names: without credentials nobody vouches for it.
  if (open && !isLocalAddress(serviceUrl)) throw new HttpError(403, 'Forbidden', '"serviceUrl" is not on this machine');
  return body;
}

function isLocalAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const name = hostname.replace(/^\[|\]$/g, '');
  return /^https?:$/.test(protocol) && (name === 'localhost' || isLoopback(name));
}

function refuse(error: unknown, log: Log): HttpError {
  const code = error instanceof BussolaError ? error.code : 'unexpected';
  const status = isRecord(error) && typeof error['statusCode'] === 'number' ? error['statusCode'] : 500;
  if (status === 401 || status === 403) return new HttpError(401, 'Unauthorized', 'The token was not accepted');
  log.error('turn failed', { channel: 'botframework', code, error: messageOf(error) });
  return code === 'store_unavailable'
    ? new HttpError(503, 'ServiceUnavailable', 'The store does not answer', { 'retry-after': '5' })
    : new HttpError(500, 'InternalServerError', 'Something went wrong here');
}
