// Chooses which unclear words of a turn go to the not-understood queue, and what is left of them: redacted, of nobody.
// Gathering them is left to unclear.ts, taking names out of them to redact/, keeping them to the store.
import type { Decoded } from './decoder/types.ts';
import type { FloorHit } from './floor/types.ts';
import { messageOf } from './log.ts';
import type { Log } from './log.ts';
import type { UnclearPhrase } from './ports.ts';
import { saysSomething } from './redact/redact.ts';
import type { Redact } from './redact/redact.ts';
import type { ConversationState } from './state.ts';
import { speaksOfDanger } from './unclear.ts';
import type { Unclear } from './unclear.ts';

export interface Heard {
  unclear: readonly Unclear[];
  hit: FloorHit | null;
  decoded: Decoded | undefined;
  before: ConversationState | undefined;
  after: ConversationState;
  /** The person erases everything in this turn. */
  erased: boolean;
  at: Date;
}

export interface Queue {
  /** Made when the first phrase comes: most turns have none. */
  redact(): Promise<Redact>;
  uuid(): string;
  log: Log;
}

/** A message gives so many phrases at most. */
const MOST = 5;

/** Never throws: a phrase that cannot be redacted is not kept, and the turn goes on. */
export async function phrasesOf(heard: Heard, { redact, uuid, log }: Queue): Promise<UnclearPhrase[]> {
  if (heard.unclear.length === 0 || isCrisis(heard) || heard.erased) return [];
  try {
    const clean = await redact();
    const day = heard.at.toISOString().slice(0, 10);
    return heard.unclear.slice(0, MOST).flatMap(({ text, lang, why, said, corrected = null }) => {
      const left = clean(text);
      return saysSomething(left) ? [{ id: uuid(), day, lang, text: left, why, said, corrected }] : [];
    });
  } catch (error) {
    log.error('queue.not_kept', { error: messageOf(error) });
    return [];
  }
}

/** A danger seen now, even only likely, open before, or left just now: such words are nobody's material. */
function isCrisis({ hit, decoded, before, after }: Heard): boolean {
  const read = decoded !== undefined && speaksOfDanger(decoded);
  return hit !== null || read || Boolean(before?.floor) || Boolean(after.floor);
}
