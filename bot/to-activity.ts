// A stored reply as a Bot Framework activity: what each channel draws, and what its text must say instead.
// How a card is laid out is left to adaptive-card.ts, what comes in to activity.ts.
import { ActionTypes, ActivityTypes, CardFactory, InputHints } from 'botbuilder';
import type { Activity, CardAction } from 'botbuilder';
import { adaptiveCard, headOf } from './adaptive-card.ts';
import type { Choice, Link, Reply, StoredActivity } from './message.ts';

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

/** The `label` of an activity that answers a choice which no longer counts. */
export const STALE = 'stale_choice';

/** Channels that draw cards. Of these, Teams shows an activity's text beside its card whatever the card says. */
const DRAW_CARDS = ['directline', 'webchat', 'emulator', 'msteams'];
/** Channels whose `channelData` is ours to use: on the others it is the channel's own message. */
const OURS = ['directline', 'webchat', 'emulator'];
/** How many suggested actions a channel shows; on one that is not here, none. */
const BUTTONS = new Map([
  ['directline', 100],
  ['webchat', 100],
  ['emulator', 100],
  ['telegram', 100],
  ['kik', 20],
  ['line', 13],
  ['facebook', 13],
  ['msteams', 6],
]);

/** A stored reply as an activity. Where a channel draws no cards or buttons, the text has all of them. */
export function toActivity(stored: StoredActivity & { from: 'bot' }, channelId = 'directline'): Partial<Activity> {
  const { text, lang, links, choices } = stored.reply;
  const buttons = choices.length <= (BUTTONS.get(channelId) ?? 0) ? choices : [];
  const cards = DRAW_CARDS.includes(channelId);
  const onCard = stored.reply.card !== undefined && channelId === 'msteams';
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
    ...(stored.reply.stale ? { label: STALE } : {}),
    ...(buttons.length > 0 ? { suggestedActions: { actions: buttons.map(toButton), to: [] } } : {}),
    ...(cards ? attached(stored.reply, channelId) : {}),
    ...(OURS.includes(channelId) ? { channelData: ourData(stored) } : {}),
    // Direct Line has no voice of its own and sends each byte to somebody's telephone.
    ...(channelId === 'directline' ? {} : { speak: text, inputHint: hintOf(choices) }),
  };
}

/** The card where there is one, else the links as buttons. */
function attached(reply: Reply, channelId: string): Partial<Activity> {
  const { card, links, text } = reply;
  if (card) {
    const headed = channelId === 'msteams';
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
