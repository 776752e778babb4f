// The labels of a text as floor and decoder tell them together, for `npm run decode`, the measurements and the bench.
// In a conversation the floor answers by itself, before anything is decoded: turn.ts.
import type { Area, Need } from '../flows/types.ts';
import type { Decoded } from './decoder/types.ts';
import { detectDanger, likelihoodOfDanger } from './floor/detect.ts';
import type { Danger } from './floor/types.ts';

const NEED_OF: Record<Danger, { area: Area; need: Need }> = {
  suicide: { area: 'health', need: 'mental_health' },
  medical: { area: 'health', need: 'medical_access' },
  violence: { area: 'relational', need: 'violence' },
  child: { area: 'relational', need: 'parenting_minors' },
  no_shelter: { area: 'housing', need: 'homelessness' },
};

/** From here on a need that was read stands, whatever danger was heard beside it. */
const SURE = 0.35;
/** From here on floor and decoder together, each doubting alone, make an emergency of it. */
const TOGETHER = 0.17;
/** How much the ear's word counts of both; the decoder has read the whole. */
const OF_EAR = 0.35;

/** Labels as the floor and the decoder tell them together. In a conversation the floor answers by itself, before anything is decoded. */
export function withDanger(decoded: Decoded, text: string): Decoded {
  const hit = detectDanger(text);
  const seen = hit !== null && !hit.heard && !hit.maybe;
  const likely = together(likelihoodOfDanger(text), decoded.danger);
  if (!seen && likely < TOGETHER) return decoded.urgency === 'emergency' ? { ...decoded, urgency: 'urgent' } : decoded;
  const raised: Decoded = { ...decoded, urgency: 'emergency' };
  if (hit === null) return raised;
  const danger = hit.dangers.includes('suicide') ? 'suicide' : hit.dangers[0];
  const { area, need } = NEED_OF[danger];
  if (decoded.need === need) return raised;
  const stands = decoded.need !== null && decoded.confidence >= SURE;
  if (stands && !(seen && danger === 'suicide')) return raised;
  const cause = decoded.area === 'unclear' || decoded.area === area ? null : decoded.area;
  const forWhom = decoded.forWhom === 'unknown' ? 'self' : decoded.forWhom;
  return { ...raised, area, need, forWhom, secondaryArea: cause, confidence: Math.max(SURE, decoded.confidence) };
}

/** Both probabilities in one, in evidence: two that half believe outweigh one that does not. */
function together(ear: number, decoder: number): number {
  const evidence = (one: number): number => {
    const bounded = Math.min(0.999, Math.max(0.001, one));
    return Math.log(bounded / (1 - bounded));
  };
  return 1 / (1 + Math.exp(-(OF_EAR * evidence(ear) + (1 - OF_EAR) * evidence(decoder))));
}
