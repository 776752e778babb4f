// One reading out of two: what a remote decoder understood, on top of what the built-in one read by its rules and facts.
// Whether the remote one may be asked at all is left to bot/turn.ts.
import type { Decoded } from '../../bot/decoder/types.ts';
import type { Reading } from './labels.ts';

/** Below this a remote decoder is guessing: the built-in one's reading stands. */
const SURE = 0.5;

/**
 * Language, place and details stay the built-in's: they are read from the directory's facts, never invented. The remote
 * one may raise the urgency; an emergency that the built-in one saw stays one.
 */
export function join(own: Decoded, reading: Reading): Decoded {
  if (reading.confidence < SURE) return own;
  return { ...own, ...reading, urgency: own.urgency === 'emergency' ? own.urgency : reading.urgency };
}
