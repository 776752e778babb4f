// Folds the log of a conversation into the frames of our own socket (widget/terse.ts says their form).
// Reading the log is left to direct-line-activity.ts.
import { isDeepStrictEqual } from 'node:util';
import type { Reply, StoredActivity } from '../../bot/message.ts';
import type { Logged } from './direct-line-activity.ts';
import { AT_REST } from './widget/terse.ts';
import type { Folded, Line, LogFrame } from './widget/terse.ts';

/** `own`: the number under which this very socket sent the message of that id. */
export function fold({ stored, watermark }: Logged, own: (id: string) => number | undefined): LogFrame {
  return { watermark, log: stored.map((activity) => foldOne(activity, own)) };
}

function foldOne(stored: StoredActivity, own: (id: string) => number | undefined): Line {
  const { seq } = stored;
  const at = Math.floor(stored.at.getTime() / 1000);
  if (stored.from === 'bot') return [seq, at, foldReply(stored.reply)];
  const n = own(stored.messageId);
  return n === undefined ? [seq, at, stored.messageId, stored.text] : [seq, at, n];
}

export function foldReply({ text, lang, ...rest }: Reply): Folded {
  const atRest = new Map(Object.entries(AT_REST));
  const said = Object.entries(rest).filter(([key, value]) => !isDeepStrictEqual(value, atRest.get(key)));
  return { ...Object.fromEntries(said), text, lang };
}
