// Puts together what the lexicon reads and what the model holds likely: what is claimed, and how surely.
// Both are left to judge.ts and model.ts; where the person lives to places.ts.
import { AREAS } from '../../flows/types.ts';
import type { Area, Need } from '../../flows/types.ts';
import { answersOf, readAnswers } from './answers.ts';
import type { Evidence } from './evidence.ts';
import type { Found } from './features.ts';
import { CLEAR, ENOUGH, inOrderOfPressure, nothing, settle } from './judge.ts';
import type { Judged } from './judge.ts';
import { HEADS } from './labels.ts';
import type { Head } from './labels.ts';
import { areaOf, isNeed } from './lexicon.ts';
import type { Guess, Thresholds } from './model.ts';

const EMERGENCY = HEADS.urgency.indexOf('emergency');
/** Needs shown beside the first, at most. */
const MOST_OTHERS = 3;
/** Of the needs that may be meant: so many are told, none less likely than this. */
const MOST_LIKELY = 4;
const LEAST_LIKELY = 0.05;

export function areaOfLabel(label: string): Area | 'unclear' {
  return isNeed(label) ? areaOf(label) : 'unclear';
}

/** The area whose needs together are likeliest, or that nothing is told. */
export function likeliestArea(need: Float64Array): { area: Area | 'unclear'; sure: number } {
  const sums = new Map<Area | 'unclear', number>();
  for (const [at, label] of HEADS.need.entries())
    sums.set(areaOfLabel(label), (sums.get(areaOfLabel(label)) ?? 0) + (need[at] ?? 0));
  return [...sums].map(([area, sure]) => ({ area, sure })).reduce((a, b) => (b.sure > a.sure ? b : a));
}

/** Below the thresholds nothing is claimed; without `abstain` the likeliest is told, however unsure. */
export function combine(found: Found, learnt: Guess, chosen: Thresholds, abstain: boolean): Judged {
  const guess = weighed(found, learnt);
  return {
    ...claim(found, guess, chosen, abstain),
    likely: likelyNeeds(guess.need),
    danger: round(guess.urgency[EMERGENCY] ?? 0),
  };
}

function claim(found: Found, guess: Guess, chosen: Thresholds, abstain: boolean): Judged {
  const { evidence, judged } = found;
  const { area, sure } = likeliestArea(guess.need);
  if (area === 'unclear')
    return { ...nothing(evidence), urgency: urgencyOf(guess, chosen), confidence: round(abstain ? 1 - sure : sure) };
  if (abstain && sure < chosen.area) return { ...nothing(evidence), confidence: round(1 - sure) };
  const best = likeliestNeed(guess.need, area);
  const likely = guess.need[HEADS.need.indexOf(best)] ?? 0;
  const need = abstain && likely < chosen.need ? null : best;
  const forWhom = judged.forWhom === 'client' ? 'client' : likeliestWhom(guess.whom);
  const others = othersOf(found, guess, chosen, area, need, abstain);
  const needs = settle(evidence).filter(({ score }) => score >= ENOUGH);
  return {
    area,
    secondaryArea: others.map(areaOf).find((other) => other !== area) ?? null,
    need,
    otherNeeds: inOrderOfPressure(others),
    likely: [],
    danger: 0,
    urgency: urgencyOf(guess, chosen),
    forWhom,
    answers: readAnswers(evidence, needs, forWhom),
    confidence: round(need === null ? sure : likely),
  };
}

/** In so few words a pattern that fits is the whole sentence; in more words it is one voice among many. */
const FEW_WORDS = 7;
const FADE = 3;
/** Of a need one of whose details was read too, in however many words. */
const DETAILED = 0.45;
/** Where the model is less sure than this, a clear pattern weighs so much in however many words. */
const DOUBT = 0.5;
const IN_DOUBT = 0.2;
/** A clear pattern of danger, in however many words. */
const OF_DANGER = 0.35;

/** What the lexicon reads in few words is believed; the more words, the more the model decides. */
function weighed(found: Found, learnt: Guess): Guess {
  const { evidence, judged } = found;
  const plain = judged.answers['triage.off_topic'] !== undefined || evidence.signs.has('thanks');
  if (judged.need === null && !plain) return learnt;
  const clear = judged.need !== null && isClear(evidence, judged.need);
  const doubts = clear && Math.max(...learnt.need) < DOUBT;
  const grave = clear && judged.urgency === 'emergency';
  const share = Math.max(shareOf(found), grave ? OF_DANGER : 0, doubts ? IN_DOUBT : 0);
  const mixed = (head: Head, label: string): Float64Array =>
    learnt[head].map((value, at) => value * (1 - share) + (HEADS[head][at] === label ? share : 0));
  return {
    need: mixed('need', judged.need ?? 'unclear'),
    urgency: mixed('urgency', judged.urgency),
    whom: mixed('whom', judged.forWhom === 'client' ? 'other' : judged.forWhom),
    second: mixed('second', judged.secondaryArea ?? 'none'),
  };
}

function shareOf({ evidence, judged }: Found): number {
  const few = Math.min(1, FEW_WORDS / Math.max(1, evidence.tokens.length)) ** FADE;
  if (judged.need === null) return few * 0.7;
  if (!isClear(evidence, judged.need)) return (few * judged.confidence) / 3;
  return Math.max(few * (0.5 + judged.confidence / 2), answersOf(judged.need, judged.answers) ? DETAILED : 0);
}

/** A pattern that is enough by itself was found, not only words that hint. */
function isClear({ needs }: Evidence, need: Need): boolean {
  return needs.some((one) => one.need === need && one.score >= CLEAR);
}

function likeliestNeed(need: Float64Array, area: Area): Need {
  let best: Need | undefined;
  let most = -1;
  for (const [at, label] of HEADS.need.entries())
    if (isNeed(label) && areaOf(label) === area && (need[at] ?? 0) > most) [best, most] = [label, need[at] ?? 0];
  return best ?? 'income';
}

function likelyNeeds(need: Float64Array): Judged['likely'] {
  return HEADS.need
    .flatMap((label, at) => (isNeed(label) ? [{ need: label, sure: round(need[at] ?? 0) }] : []))
    .filter(({ sure }) => sure >= LEAST_LIKELY)
    .sort((a, b) => b.sure - a.sure)
    .slice(0, MOST_LIKELY);
}

function urgencyOf({ urgency }: Guess, { emergency }: Thresholds): Judged['urgency'] {
  const [none = 0, urgent = 0] = urgency;
  const danger = urgency[EMERGENCY] ?? 0;
  if (danger >= emergency && danger > urgent) return 'emergency';
  return urgent > none ? 'urgent' : 'none';
}

function likeliestWhom(whom: Float64Array): 'self' | 'other' | 'unknown' {
  return HEADS.whom[whom.indexOf(Math.max(...whom))] ?? 'unknown';
}

/** A second need is named where its area is likely to be meant too; one that the lexicon reads needs less. */
function othersOf(
  { evidence, judged }: Found,
  guess: Guess,
  chosen: Thresholds,
  area: Area,
  need: Need | null,
  talking: boolean,
): Need[] {
  const named = [...(judged.need === null ? [] : [judged.need]), ...judged.otherNeeds].filter((one) => one !== need);
  const isMeant = (one: Need): boolean => {
    // In a talk a need that the words name clearly is never dropped: it is shown, and can be taken back in one tap.
    if (talking && isClear(evidence, one)) return true;
    if (talking && need === null) return false;
    if (areaOf(one) === area) return (guess.need[HEADS.need.indexOf(one)] ?? 0) >= SAME_AREA;
    return likelihood(guess, areaOf(one)) >= chosen.second / 2;
  };
  const others = named.filter(isMeant);
  for (const second of AREAS) {
    if (second === area || likelihood(guess, second) < chosen.second) continue;
    if (others.some((one) => areaOf(one) === second)) continue;
    const read = evidence.needs.filter((one) => areaOf(one.need) === second).sort((a, b) => b.score - a.score)[0];
    others.push(read?.need ?? likeliestNeed(guess.need, second));
  }
  return others.slice(0, MOST_OTHERS);
}

/** Within one area the model learns one need only: another is kept when it is not far behind. */
const SAME_AREA = 0.08;

function likelihood({ second }: Guess, area: Area): number {
  return second[HEADS.second.indexOf(area)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
