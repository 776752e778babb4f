// `/api/messages`: every Bot Framework channel, and the Emulator, through the SDK's own CloudAdapter, loaded when first used.
// Without credentials it serves this machine only. What is said is left to the bot.
import type { Activity } from 'botbuilder';
import { BussolaBot } from '../../bot/activity.ts';
import { BussolaError } from '../../bot/errors.ts';
import type { Config } from '../../bot/config.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Turn } from '../../bot/message.ts';
import { isLoopback } from '../web/caller.ts';
import { HttpError, headerOf, isRecord, json } from '../web/http.ts';
import type { Route, WebRequest } from '../web/http.ts';

export interface MessagesDeps {
  config: Pick<Config, 'botFramework'>;
  turn: Turn;
  log: Log;
}

type Process = (authorization: string, activity: Partial<Activity>) => Promise<void>;

export function messageRoutes(deps: MessagesDeps): Route[] {
  let loaded: Promise<Process> | undefined;
  return [
    {
      method: 'post',
      path: '/api/messages',
      kind: 'api',
      async handle(request) {
        const activity = readActivity(request, deps.config.botFramework === undefined);
        const process = await (loaded ??= load(deps));
        await process(headerOf(request.headers, 'authorization') ?? '', activity).catch((error: unknown) => {
          throw refuse(error, deps.log);
        });
        return json(200, {});
      },
    },
  ];
}

async function load({ config, turn }: MessagesDeps): Promise<Process> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  class Adapter extends CloudAdapter {
    // Its own `process` prints errors with their cause to the console and sends their message to the caller.
    async handle(authorization: string, activity: Activity, bot: BussolaBot): Promise<void> {
      await this.processActivity(authorization, activity, (context) => bot.run(context));
    }
  }
  const given = config.botFramework;
  const settings = given
    ? {
        MicrosoftAppId: given.appId,
        MicrosoftAppPassword: given.appPassword,
        MicrosoftAppType: given.appType,
        MicrosoftAppTenantId: given.tenantId,
      }
    : {};
  const adapter = new Adapter(new ConfigurationBotFrameworkAuthentication(settings));
  // Whatever channel stands behind Bot Framework, answers go back through it and nothing is pushed by ours.
  const bot = new BussolaBot((incoming) =>
    turn({ ...incoming, channel: 'botframework', conversationId: `bf:${incoming.conversationId}` }),
  );
  return (authorization, activity) => adapter.handle(authorization, activity as Activity, bot);
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
