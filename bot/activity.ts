// The one file of bot/ that knows the Bot Framework: activities in, activities out, and the bot between them.
// Transport is left to the adapters; what is said to the turn.
import { ActionTypes, ActivityHandler, ActivityTypes, CardFactory } from 'botbuilder';
import type { Activity, CardAction } from 'botbuilder';
import type { Channel, Incoming, Link, Reply, StoredActivity, Turn } from './message.ts';

/** Keys of our own under `channelData`: what a plain activity cannot carry. */
export interface OurChannelData {
  bussola?: Omit<Reply, 'text' | 'lang'> & { seq: number };
  /** From the person's side: the tapped choice, and the page's comune. */
  choice?: string;
  comune?: string;
  clientActivityID?: string;
}

/** Direct Line's own form, long enough not to be tried out. */
const UNGUESSABLE = /^dl_[\w-]{12,}$/;

/** Runs each incoming activity as one turn and sends the stored replies, whatever the channel. */
export class BussolaBot extends ActivityHandler {
  constructor(turn: Turn) {
    super();
    this.onTurn(async (context, next) => {
      const incoming = toIncoming(context.activity);
      if (incoming) {
        const replies = (await turn(incoming)).flatMap((stored) => (stored.from === 'bot' ? [toActivity(stored)] : []));
        if (replies.length > 0) await context.sendActivities(replies);
      }
      await next();
    });
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
  const text = typeof activity.text === 'string' ? activity.text : '';
  const hasFile = text === '' && (activity.attachments?.length ?? 0) > 0;
  return {
    ...base,
    messageId: messageIdOf(data.clientActivityID ?? activity.id),
    kind: hasFile ? 'unsupported' : 'message',
    text,
    ...(data.choice ? { choice: data.choice } : {}),
  };
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

/** A stored reply as an activity: text and buttons for every client, the rest under `channelData.bussola`. */
export function toActivity(stored: StoredActivity & { from: 'bot' }): Partial<Activity> {
  const { text, lang, ...rest } = stored.reply;
  const data: OurChannelData = { bussola: { ...rest, seq: stored.seq } };
  const actions = rest.choices.map(({ label }): CardAction => ({
    type: ActionTypes.ImBack,
    title: label,
    value: label,
  }));
  return {
    type: ActivityTypes.Message,
    id: activityId(stored),
    timestamp: stored.at,
    text,
    textFormat: 'plain',
    locale: lang,
    ...(actions.length > 0 ? { suggestedActions: { actions, to: [] } } : {}),
    ...(rest.links.length > 0 ? { attachments: [CardFactory.heroCard('', [], rest.links.map(toCardAction))] } : {}),
    channelData: data,
  };
}

/** `<conversation>|0000007`: sortable, unique, and the same on every channel. */
export function activityId(stored: { conversationId: string; seq: number }): string {
  return `${stored.conversationId}|${String(stored.seq).padStart(7, '0')}`;
}

function toCardAction({ label, url }: Link): CardAction {
  return { type: ActionTypes.OpenUrl, title: label, value: url };
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
