// The one file of bot/ that knows the Bot Framework: activities in, activities out, and the bot between them.
// Transport is left to the adapters; what is said to the turn.
import {
  ActionTypes,
  ActivityHandler,
  ActivityTypes,
  CardFactory,
  Channels,
  InputHints,
  StatusCodes,
} from 'botbuilder';
import type { Activity, CardAction, InvokeResponse } from 'botbuilder';
import { adaptiveCard, headOf } from './adaptive-card.ts';
import type { Channel, Choice, Incoming, Link, Reply, StoredActivity, Turn } from './message.ts';

/** Keys of our own under `channelData`: what a plain activity cannot carry. */
export interface OurChannelData {
  bussola?: Omit<Reply, 'text' | 'lang'> & { seq: number };
  /** From the person's side: the tapped choice, and the page's comune. */
  choice?: string;
  comune?: string;
  clientActivityID?: string;
  /** What Web Chat and the Emulator show in place of `text`: the rest of it is on the card. */
  messageBack?: { displayText: string };
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

/** Channels that draw cards. Of these, Teams shows an activity's text beside its card whatever the card says. */
const DRAW_CARDS = ['directline', 'webchat', 'emulator', 'msteams'];
/** Channels whose `channelData` is ours to use: on the others it is the channel's own message. */
const OURS = ['directline', 'webchat', 'emulator'];
/** How many suggested actions a channel shows; on one that is not here, none. */
const BUTTONS = new Map(
  Object.entries({ directline: 100, webchat: 100, emulator: 100, telegram: 100, kik: 20, line: 13, facebook: 13 }),
).set('msteams', 6);

/** A stored reply as an activity. Where a channel draws no cards or buttons, the text has all of them. */
export function toActivity(
  stored: StoredActivity & { from: 'bot' },
  channelId: string = Channels.Directline,
): Partial<Activity> {
  const { text, lang, links, choices } = stored.reply;
  const buttons = choices.length <= (BUTTONS.get(channelId) ?? 0) ? choices : [];
  const cards = DRAW_CARDS.includes(channelId);
  const onCard = stored.reply.card !== undefined && channelId === String(Channels.Msteams);
  const written = [
    onCard ? '' : text,
    ...(cards ? [] : linkLines(text, links)),
    ...(buttons === choices ? [] : choiceLines(choices)),
  ];
  return {
    type: ActivityTypes.Message,
    id: activityId(stored),
    timestamp: stored.at,
    text: written.filter((line) => line !== '').join('\n'),
    textFormat: 'plain',
    locale: lang,
    ...(buttons.length > 0 ? { suggestedActions: { actions: buttons.map(toButton), to: [] } } : {}),
    ...(cards ? attached(stored.reply, channelId) : {}),
    ...(OURS.includes(channelId) ? { channelData: ourData(stored) } : {}),
    // Direct Line has no voice of its own and sends each byte to somebody's telephone.
    ...(channelId === String(Channels.Directline) ? {} : { speak: text, inputHint: hintOf(choices) }),
  };
}

/** The card where there is one, else the links as buttons. */
function attached(reply: Reply, channelId: string): Partial<Activity> {
  const { card, links, text } = reply;
  if (card) {
    const headed = channelId === String(Channels.Msteams);
    const attachments = [CardFactory.adaptiveCard(adaptiveCard({ ...reply, card }, { headed }))];
    return headed ? { attachments, summary: headOf(text) } : { attachments };
  }
  return links.length > 0 ? { attachments: [CardFactory.heroCard('', [], links.map(toCardAction))] } : {};
}

function ourData(stored: StoredActivity & { from: 'bot' }): OurChannelData {
  const { text, lang: _, ...rest } = stored.reply;
  return {
    bussola: { ...rest, seq: stored.seq },
    ...(rest.card ? { messageBack: { displayText: headOf(text) } } : {}),
  };
}

function hintOf(choices: Choice[]): InputHints {
  return choices.length > 0 ? InputHints.ExpectingInput : InputHints.AcceptingInput;
}

function toButton({ label }: Choice): CardAction {
  return { type: ActionTypes.ImBack, title: label, value: label };
}

/** Numbers and addresses are in the text already. */
function linkLines(text: string, links: Link[]): string[] {
  return links.flatMap(({ label, url }) => (/^https?:/.test(url) && !text.includes(url) ? [`${label}: ${url}`] : []));
}

function choiceLines(choices: Choice[]): string[] {
  return choices.map(({ label }) => `- ${label}`);
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
