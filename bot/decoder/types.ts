// What the decoder says of a text, and what it is asked. The seam behind which decoders are exchanged.
// What the conversation makes of it is left to bot/understand.ts.
import type { Area, ComuneId, Need, Urgency } from '../../flows/types.ts';

export interface Decoded {
  /** ISO 639-1 of the text; the hint where the text is too short to tell. */
  lang: string;
  area: Area | 'unclear';
  secondaryArea: Area | null;
  need: Need | null;
  /** Further needs found in the text, most urgent first, `need` not among them. */
  otherNeeds: Need[];
  /** Needs that the words may mean, likeliest first, each with its calibrated probability: told even where none is claimed. */
  likely: { need: Need; sure: number }[];
  urgency: Urgency;
  /** 0 to 1, calibrated: how likely the words speak of an emergency. The floor decides by itself, without it. */
  danger: number;
  /** `other`: the need is somebody else's. `client`: written by a professional. */
  forWhom: 'self' | 'other' | 'client' | 'unknown';
  /** Where the person in need lives or is now; `outside`: a place beyond the seven comuni. */
  comune: ComuneId | 'outside' | 'none';
  /** Frazione or other name that told the comune, as listed in the directory. */
  place?: string;
  /** A second place that may count: lives in `comune`, but is resident in (or comes from) outside. */
  residentElsewhere?: true;
  /** One name, several comuni: the person must say which. */
  ambiguousPlaces?: { name: string; comune: ComuneId }[];
  /** Details that answer a flow's question: `{ 'economic.cutoff': 'cut_frail' }`. Only what the words say. */
  answers: Record<string, string>;
  /** 0 to 1, of `need` (of `area` where need is null). */
  confidence: number;
}

export interface Decoder {
  /** Never throws; text of any length, in bounded time. `lang` is a hint. */
  decode(text: string, lang?: string): Promise<Decoded>;
}
