// What goes in and out of the conversation, in no channel's own form.
// How a channel shows or carries it is left to that channel's adapter.
import type { ComuneId } from '../flows/types.ts';

export const CHANNELS = ['web', 'telegram', 'terminal', 'botframework'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A button: `id` is stable and language-free, at most 60 bytes of `a-z0-9_.:-`; `label` is what the person reads. */
export interface Choice {
  id: string;
  label: string;
}

/** A link: `tel:`, `mailto:` or `https:` only, always from content or directory, never from a person's words. */
export interface Link {
  label: string;
  url: string;
}

/** A desk as the person sees it, for channels that can lay it out. All of it is in the reply's `text` as well. */
export interface Card {
  title: string;
  /** Its id in the directory. */
  desk?: string;
  organization: string;
  what: string;
  /** The answers that decided it; `choice` is the id that reopens that question. */
  reasons: { label: string; choice: string }[];
  phones: { shown: string; url: string }[];
  email?: { shown: string; url: string };
  address?: { shown: string; mapUrl: string };
  hours?: string;
  opening?: string;
  bring: string[];
  how: string[];
  /** How fresh the facts are, with the date. */
  freshness: string;
  /** The desk has not answered for long whether they still hold: to be seen at a glance. */
  stale?: true;
  also: { name: string; desk?: string; line: string; phone?: { shown: string; url: string } }[];
}

/** One bubble of the bot. `text` is plain text with line breaks and is complete by itself. */
export interface Reply {
  kind: 'text' | 'card' | 'floor';
  text: string;
  lang: string;
  choices: Choice[];
  links: Link[];
  /** The code of the case this bubble is about, for example `PRC-7F3K2`. */
  case: string | null;
  card?: Card;
  /** Everything said before this bubble was forgotten: a screen that still shows it clears it. */
  erased?: true;
  /** More than one of the choices may be taken, one after the other. */
  multi?: true;
  /** Told by itself, not in answer: a desk's message, a reminder. */
  told?: true;
  /** For nobody else's eyes: a channel that can keep it from being passed on does. So is all that the floor says. */
  delicate?: true;
  /** The choice that was tapped no longer counts; the talk goes on where it was. */
  stale?: true;
  /** A way to be reached is asked for from here on, or no longer: a channel that can hand over its user's own number offers it. */
  phone?: 'asked' | 'done';
}

/** One thing that arrived from a person. */
export interface Incoming {
  channel: Channel;
  conversationId: string;
  /** Unique inside the conversation; the same id is the same message, whoever repeats it. */
  messageId: string;
  /** `start`: the person opened the chat; `unsupported`: voice, photo, sticker, file. */
  kind: 'start' | 'message' | 'unsupported';
  text: string;
  /** Id of the choice that was tapped, when the channel knows it. */
  choice?: string;
  /** Who writes, on channels where one person may open many conversations: an id nobody else can guess. */
  person?: string;
  /** What was sent instead of words. With `contact`, `text` is the person's own number, and is read only where one is asked for. */
  sent?: 'voice' | 'file' | 'sticker' | 'contact';
  /** The person showed where they are: that comune, or `elsewhere`, beyond the seven. Never the coordinates. */
  place?: ComuneId | 'elsewhere';
  /** The message that these words correct; `messageId` then begins with it and a dot. */
  edits?: string;
  /** BCP 47 language the channel reports (page, Telegram settings); a first guess. */
  language?: string;
  /** The language was asked for: words in another do not change it. */
  languageFixed?: true;
  /** Comune of the page; a first guess. Unknown ids are ignored. */
  comune?: string;
  /** With `start` on the web: what the page had behind its `#c=`, to go on with a talk begun on Telegram. */
  carry?: string;
  /** What the channel wants back when it replays this message (Direct Line's channelData). Plain JSON. */
  payload?: unknown;
}

/** A message as it is kept: the log of a conversation is a list of these, `seq` from 1 without holes. */
export type StoredActivity = { conversationId: string; seq: number; at: Date } & (
  { from: 'bot'; reply: Reply } | { from: 'user'; messageId: string; text: string; payload?: unknown }
);

/** One turn: everything that follows from one incoming message, already committed when it resolves. */
export type Turn = (incoming: Incoming) => Promise<StoredActivity[]>;
