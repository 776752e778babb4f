// What the safety floor can find in a text.
// Which numbers and words answer it is left to bot/floor/answer.ts.
export const DANGERS = ['medical', 'violence', 'child', 'suicide', 'no_shelter'] as const;

/** `no_shelter`: nowhere to sleep tonight. */
export type Danger = (typeof DANGERS)[number];

export interface FloorHit {
  /** Every danger found, most pressing first. */
  dangers: [Danger, ...Danger[]];
  /** The one who writes says or shows to be under 18. */
  minorWrites: boolean;
  /** A child is involved (in danger, or without shelter). */
  child: boolean;
  /** Somebody is made to work, held, or kept without documents by whom they work for. */
  exploited?: true;
  /** The one who is hit is a man, as far as the words tell: no centre for women is named. */
  man?: true;
  /** Afraid of whom they live with, as they say it: asked about, though something else may be named. */
  afraid?: true;
  /** Heard by the trained ear, where no sign was seen. */
  heard?: true;
  /** Only likely: the numbers are offered in one line and the talk goes on. */
  maybe?: true;
}

/** Deterministic, synchronous, in any language it knows, whatever the language guess. Never throws. */
export type DetectDanger = (text: string) => FloorHit | null;
