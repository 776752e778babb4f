// The Bot Framework's side of the conversation: activities in, one turn each, and the bot between them.
// Activities out are left to to-activity.ts, transport to the adapters, what is said to the turn.
import { ActivityHandler, ActivityTypes, StatusCodes } from 'botbuilder';
import type { Activity, InvokeResponse } from 'botbuilder';
import type { Channel, Incoming, Turn } from './message.ts';
import { toActivity } from './to-activity.ts';
import type { OurChannelData } from './to-activity.ts';

/** Direct Line's own form, long enough not to be tried out. */
const UNGUESSABLE = /^dl_[\w-]{12,}$/;

/** Runs each incoming activity as one turn and sends the stored replies, whatever the channel. */
export class BussolaBot extends ActivityHandler {
  constructor(turn: Turn) {
    super();
    this.onTurn(async (context, next) => {
      const incoming = toIncoming(context.activity);
      if (incoming) {
        const { channelId } = context.activity;
        const replies = (await turn(incoming)).flatMap((stored) =>
          stored.from === 'bot' ? [toActivity(stored, channelId)] : [],
        );
        if (replies.length > 0) await context.sendActivities(replies);
      }
      await next();
    });
  }

  /** Our cards only open addresses: whatever is asked this way is none of ours. */
  protected override async onInvokeActivity(): Promise<InvokeResponse> {
    return { status: StatusCodes.NOT_IMPLEMENTED };
  }
}

/** `undefined` for what is not for the conversation: typing, read receipts, the bot's own joining. */
function toIncoming(activity: Partial<Activity>): Incoming | undefined {
  const conversationId = activity.conversation?.id;
  if (!conversationId) return undefined;
  const data = readChannelData(activity.channelData);
  const base = {
    channel: toChannel(activity.channelId),
    conversationId,
    ...personOf(activity),
    ...(activity.locale ? { language: activity.locale } : {}),
    ...(data.comune ? { comune: data.comune } : {}),
    ...(activity.channelData === undefined ? {} : { payload: activity.channelData as unknown }),
  };
  if (activity.type === ActivityTypes.ConversationUpdate) {
    const joined = activity.membersAdded?.some((member) => member.id !== activity.recipient?.id);
    return joined ? { ...base, messageId: 'start', kind: 'start', text: '' } : undefined;
  }
  if (activity.type !== ActivityTypes.Message) return undefined;
  const posted = readPosted(activity.value);
  const text = typeof activity.text === 'string' ? activity.text : (posted.text ?? '');
  const choice = data.choice ?? posted.choice;
  const hasFile = text === '' && (activity.attachments?.length ?? 0) > 0;
  return {
    ...base,
    messageId: messageIdOf(data.clientActivityID ?? activity.id),
    kind: hasFile ? 'unsupported' : 'message',
    text,
    ...(choice ? { choice } : {}),
  };
}

/** What a button of a card sent: words, or the id of a choice. */
function readPosted(value: unknown): { text?: string; choice?: string } {
  if (typeof value === 'string') return { text: value };
  const { choice } = readChannelData(value);
  return choice ? { choice } : {};
}

/** On the web only an id that cannot be guessed tells a person; elsewhere the channel vouches for its ids. */
function personOf({ channelId, from }: Partial<Activity>): { person?: string } {
  const id = from?.id;
  if (!id || channelId === 'telegram') return {};
  const chosenByClient = channelId === 'directline' || channelId === 'webchat';
  return !chosenByClient || UNGUESSABLE.test(id) ? { person: id } : {};
}

/** A client may name its message as it likes, but not as the start of the conversation. */
function messageIdOf(given: string | undefined): string {
  return given === undefined ? crypto.randomUUID() : given === 'start' ? 'start.' : given;
}

function toChannel(channelId: string | undefined): Channel {
  if (channelId === 'directline') return 'web';
  return channelId === 'telegram' ? 'telegram' : 'botframework';
}

function readChannelData(data: unknown): OurChannelData {
  const found: OurChannelData = {};
  if (typeof data !== 'object' || data === null) return found;
  for (const key of ['choice', 'comune', 'clientActivityID'] as const) {
    const value: unknown = Reflect.get(data, key);
    if (typeof value === 'string' && value.length <= 200) found[key] = value;
  }
  return found;
}
