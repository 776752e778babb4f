// Takes one activity of somebody whose right to write is proved: form, limits, turn. The same by POST and by socket.
// Proving that right is left to direct-line.ts and terse-socket.ts.
import type { IncomingHttpHeaders } from 'node:http';
import { BussolaError } from '../../bot/errors.ts';
import { messageOf } from '../../bot/log.ts';
import type { Log } from '../../bot/log.ts';
import type { Incoming, Reply, StoredActivity } from '../../bot/message.ts';
import { activityId } from '../../bot/to-activity.ts';
import { StoreAway } from '../../bot/trouble.ts';
import type { Words } from '../../bot/words.ts';
import { readActivity } from './direct-line-activity.ts';
import { glance } from './glance.ts';
import { HttpError, headerOf, languageOf } from './http.ts';
import type { Limiter, Limits } from './limits.ts';
import { randomId } from './tokens.ts';
import type { Claims } from './tokens.ts';
import type { WebAdapter } from './web-adapter.ts';

export interface AcceptDeps {
  adapter: WebAdapter;
  limits: Limits;
  /** True for words that are answered though many came before them. */
  urgent: (text: string) => boolean;
  words: Words;
  log: Log;
}

/** An activity as it was sent; `headers` of the request, or of the one that opened the socket. */
export interface Posted {
  body: unknown;
  bytes: number;
  headers: IncomingHttpHeaders;
  /** Seconds until the address may ask again; absent on a socket, which makes no requests. */
  wait?: number;
}

/** Refused because nothing could be kept; what is said meanwhile, with its numbers to call. */
export class Unkept extends HttpError {
  readonly meanwhile: Reply;
  constructor(meanwhile: Reply) {
    super(503, 'ServiceUnavailable', meanwhile.text, { 'retry-after': '5' });
    this.meanwhile = meanwhile;
  }
}

/** The id under which it is in the log, once it is committed. Throws HttpError. */
export type Accept = (claims: Claims, posted: Posted) => Promise<string>;

export function createAccept(deps: AcceptDeps): Accept {
  return async (claims, { body, bytes, headers, wait = 0 }) => {
    const activity = readActivity(body, bytes, claims, headerOf(headers, 'idempotency-key'));
    // Typing, events and the like are allowed, and are nothing the conversation waits for.
    if (activity.type !== 'message') return `${claims.conv}|${activity.type}-${randomId()}`;
    const much = wait > 0 || deps.limits.messages.wait(claims.conv) > 0;
    if (deps.urgent(glance(activity.text ?? '', much))) admit(deps, headers, deps.limits.cries, claims.conv);
    else if (wait > 0) throw tooMany(deps, headers, wait);
    else admit(deps, headers, deps.limits.messages, claims.conv);
    const stored = await take(deps, headers, () => deps.adapter.process(activity, pageOf(claims)));
    return idOf(stored, claims);
  };
}

/** The id under which the person's own message is in the log. */
function idOf(stored: StoredActivity[], claims: Pick<Claims, 'conv'>): string {
  const said = stored.find((activity) => activity.from === 'user') ?? stored[0];
  return said ? activityId(said) : `${claims.conv}|${randomId()}`;
}

export function pageOf(claims: Pick<Claims, 'comune'>): Pick<Incoming, 'comune'> {
  return claims.comune === undefined ? {} : { comune: claims.comune };
}

/** Throws HttpError 429 where `key` has asked too often. */
export function admit(
  deps: Pick<AcceptDeps, 'words'>,
  headers: IncomingHttpHeaders,
  limiter: Limiter,
  key: string | undefined,
): void {
  const seconds = key === undefined ? 0 : limiter.take(key);
  if (seconds > 0) throw tooMany(deps, headers, seconds);
}

/** Says the number that answers whatever happens here. */
export function tooMany(
  { words }: Pick<AcceptDeps, 'words'>,
  headers: IncomingHttpHeaders,
  seconds: number,
): HttpError {
  const message = words.say(languageOf(headers))('pages:too_many');
  return new HttpError(429, 'TooManyRequests', message, { 'retry-after': String(seconds) });
}

/** Whatever fails, the person reads one calm sentence with a number that answers without us. */
export async function take<T>(
  { words, log }: Pick<AcceptDeps, 'words' | 'log'>,
  headers: IncomingHttpHeaders,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof BussolaError ? error.code : 'unexpected';
    log.error('turn failed', { channel: 'web', code, error: messageOf(error) });
    if (error instanceof StoreAway) throw new Unkept(error.meanwhile);
    const message = words.say(languageOf(headers))('pages:trouble');
    throw code === 'store_unavailable'
      ? new HttpError(503, 'ServiceUnavailable', message, { 'retry-after': '5' })
      : new HttpError(500, 'InternalServerError', message);
  }
}
