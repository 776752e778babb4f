// Activities of Direct Line, both ways: what a page may send, checked field by field, and the log as it is served.
// Tokens and routes are left to direct-line.ts.
import { ActivityTypes } from 'botbuilder';
import type { Activity } from 'botbuilder';
import type { StoredActivity } from '../../bot/message.ts';
import type { Store } from '../../bot/ports.ts';
import { activityId, toActivity } from '../../bot/to-activity.ts';
import { HttpError, isRecord } from './http.ts';
import type { Claims } from './tokens.ts';

/** Direct Line's own promise is 256 KB; larger than this is not a person writing. */
const MAX_ACTIVITY_BYTES = 150 * 1024;
const BOT = { id: 'bussola', name: 'Bussola', role: 'bot' };

/** A page with the activities after `watermark`, as polling and streams serve it. */
export interface ActivitySet {
  activities: Partial<Activity>[];
  watermark: string;
}

/**
 * The activity the bot will see: only fields a page may set, with sender, conversation and channel of our own.
 * Throws HttpError 400 naming the field.
 */
export function readActivity(
  body: unknown,
  bytes: number,
  claims: Claims,
  retryKey: string | undefined,
): Partial<Activity> {
  if (bytes > MAX_ACTIVITY_BYTES)
    throw bad('MessageSizeTooBig', `The activity is larger than ${MAX_ACTIVITY_BYTES} bytes`);
  if (!isRecord(body)) throw bad('BadArgument', 'The body is not an activity');
  const type = text(body, 'type', 40);
  if (!type) throw bad('MissingProperty', 'The activity has no "type"');
  const value = body['value'];
  const said = text(body, 'text') ?? (typeof value === 'string' ? value : undefined);
  const id = text(body, 'id', 200) ?? retryKey?.slice(0, 200);
  const locale = text(body, 'locale', 35);
  const attachments = readAttachments(body['attachments']);
  return {
    ...addressed(claims),
    type,
    ...(said === undefined ? {} : { text: said }),
    ...(id === undefined ? {} : { id }),
    ...(locale === undefined ? {} : { locale }),
    ...(attachments === 0 ? {} : { attachments: [{ contentType: 'application/octet-stream' }] }),
    ...readChannelData(body),
  };
}

/** The person opened the chat: the bot greets. */
export function startActivity(claims: Claims): Partial<Activity> {
  return {
    ...addressed(claims),
    type: ActivityTypes.ConversationUpdate,
    membersAdded: [{ id: claims.user, name: '' }],
    ...(claims.locale ? { locale: claims.locale } : {}),
  };
}

function addressed(claims: Claims): Partial<Activity> {
  return {
    channelId: 'directline',
    conversation: { id: claims.conv, isGroup: false, conversationType: 'personal', name: '' },
    from: { id: claims.user, name: '', role: 'user' },
    recipient: BOT,
    timestamp: new Date(),
  };
}

/** Kept as it came, for the client to know its own by, but for the key under which we ourselves speak. */
function readChannelData(body: Record<string, unknown>): { channelData: Record<string, unknown> } | undefined {
  const data = body['channelData'] ?? undefined;
  if (data === undefined) return undefined;
  if (!isRecord(data)) throw bad('BadArgument', '"channelData" is not an object');
  for (const key of ['choice', 'comune', 'clientActivityID']) text(data, key, 200);
  const { bussola: _, ...own } = data;
  return { channelData: own };
}

function readAttachments(attachments: unknown): number {
  if (attachments === undefined || attachments === null) return 0;
  if (!Array.isArray(attachments)) throw bad('BadArgument', '"attachments" is not a list');
  return attachments.length;
}

/** `null` counts as absent: clients write it so. */
function text(body: Record<string, unknown>, field: string, longest = Infinity): string | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined || (typeof value === 'string' && value.length <= longest)) return value;
  throw bad(
    'BadArgument',
    `"${field}" is not a string${longest < Infinity ? ` of at most ${longest} characters` : ''}`,
  );
}

function bad(code: string, message: string): HttpError {
  return new HttpError(400, code, message);
}

/** The log as it is stored, and where it ends. */
export interface Logged {
  stored: StoredActivity[];
  watermark: string;
}

/**
 * The log after `watermark`. Anything that is not a watermark of this conversation (absent, `null`, garbage, later than
 * the end) counts as none: the client gets everything and drops what it knows by id.
 */
export async function loggedAfter(
  store: Pick<Store, 'activities'>,
  conversationId: string,
  watermark: string | null,
): Promise<Logged> {
  const seq = watermark !== null && /^\d{1,9}$/.test(watermark) ? Number(watermark) : 0;
  // One earlier than asked: its presence proves that the watermark is not from the future.
  const found = await store.activities(conversationId, Math.max(0, seq - 1));
  const known = found.length > 0 || seq === 0 ? found : await store.activities(conversationId, 0);
  const end = known.at(-1)?.seq ?? 0;
  return { stored: end < seq ? known : known.filter((stored) => stored.seq > seq), watermark: String(end) };
}

/** The same in Direct Line's form. */
export async function activitiesAfter(
  store: Pick<Store, 'activities'>,
  claims: Pick<Claims, 'conv' | 'user'>,
  watermark: string | null,
): Promise<ActivitySet> {
  const logged = await loggedAfter(store, claims.conv, watermark);
  return inDirectLine(logged, claims);
}

export function inDirectLine({ stored, watermark }: Logged, { user }: Pick<Claims, 'user'>): ActivitySet {
  return { activities: stored.map((one) => serve(one, user)), watermark };
}

function serve(stored: StoredActivity, user: string): Partial<Activity> {
  const place = {
    channelId: 'directline',
    conversation: { id: stored.conversationId, isGroup: false, conversationType: 'personal', name: '' },
  };
  if (stored.from === 'bot') return { ...place, from: BOT, ...toActivity(stored) };
  return {
    ...place,
    type: ActivityTypes.Message,
    id: activityId(stored),
    timestamp: stored.at,
    from: { id: user, name: '', role: 'user' },
    text: stored.text,
    ...(stored.payload === undefined ? {} : { channelData: stored.payload }),
  };
}
