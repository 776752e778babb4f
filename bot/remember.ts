// What the words of a cry say of need and place: kept for after the numbers, so that nobody has to tell it twice.
// The cry itself is the floor's.
import { mergeWords } from './answers.ts';
import type { Decoded } from './decoder/types.ts';
import { SURE } from './doubt.ts';
import type { FloorHit } from './floor/types.ts';
import type { Talk } from './talk.ts';

/** Even while the numbers are shown, what the words say of the need is not lost. */
export function remember(talk: Talk): void {
  const { decoded, state, incoming } = talk;
  if (!decoded || state.request) return;
  state.answers = mergeWords(state.answers, withDanger(decoded, talk.hit), undefined);
  state.told = { text: incoming.text.slice(0, 1000), lang: decoded.lang };
}

/** Violence that the floor heard, in words whose need was not clear, is the need: nobody who cried is asked what about. */
function withDanger(decoded: Decoded, hit: FloorHit | null): Decoded {
  // The flows speak to adults: of what a child cries only the place is kept.
  if (hit?.minorWrites)
    return { ...decoded, area: 'unclear', secondaryArea: null, need: null, otherNeeds: [], answers: {} };
  if (hit?.dangers[0] !== 'violence' || hit.maybe || hit.exploited || hasClearNeed(decoded)) return decoded;
  return { ...decoded, area: 'relational', secondaryArea: null, need: 'violence', otherNeeds: [] };
}

function hasClearNeed({ need, likely, confidence }: Decoded): boolean {
  return need !== null && (likely.find((one) => one.need === need)?.sure ?? confidence) >= SURE;
}
