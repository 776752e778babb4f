// The whole road: triage, the areas it names, access; from the answers to the next question or to the referrals.
// Pure: the answers are the state. Which desk a referral is left to the directory, the request to request.ts.
import { play } from './play.ts';
import type { Question } from './play.ts';
import { AREAS, COMUNI, NEEDS } from './types.ts';
import type { Answer, Area, ComuneId, ForWhom, Need, Referral, Urgency } from './types.ts';

/** The end of the road. */
export interface Arrival {
  /** Most urgent first; at least one. */
  referrals: [Referral, ...Referral[]];
  comune: ComuneId | 'outside';
  followed: 'first' | 'followed' | undefined;
  forWhom: ForWhom | undefined;
  /** The questions whose answers decided it, in order. */
  trail: string[];
}

/** On the way the referrals found so far are known: a danger among them does not wait for the end. */
export type Walk =
  { arrived: false; question: Question; trail: string[]; referrals: Referral[] } | { arrived: true; arrival: Arrival };

const NO_INPUT = { asked: 0, pending: 0, known: [], facts: [] };

export function walk(answers: readonly Answer[]): Walk {
  const known = answers.map((answer) => answer.question);
  const start = play('triage', answers, NO_INPUT);
  if (!start.done) return { arrived: false, question: start.question, trail: start.trail, referrals: [] };
  const areas = areasOf(answers);
  // "Several", and then none named (old answers may say so): asked again.
  if (areas.length === 0 && !start.referral)
    return walk(answers.filter(({ question }) => question !== 'triage.several'));
  const referrals: Referral[] = start.referral ? [start.referral] : [];
  const trail = [...start.trail];
  // A later question that the person answered has cost its turn: it must not make room for one more before it.
  const free = answers.filter(({ by }) => by !== 'person').map(({ question }) => question);
  let asked = start.asked;
  // Somebody with three kinds of trouble is heard whole by one person, not questioned on each.
  if (areas.length > 2) referrals.push(...areas.map((area) => manyNeeds(area, answers)));
  else
    for (const [index, area] of areas.entries()) {
      const pending = pendingAfter(areas.slice(index + 1), free);
      const played = play(area, answers, { asked, pending, known, facts: [] });
      trail.push(...played.trail);
      if (!played.done) return { arrived: false, question: played.question, trail, referrals };
      asked = played.asked;
      if (played.referral) referrals.push(played.referral);
    }
  referrals.push(...alsoNeeded(answers, referrals));
  return finish(answers, known, asked, trail, referrals);
}

function finish(answers: readonly Answer[], known: string[], asked: number, trail: string[], found: Referral[]): Walk {
  const [first, ...others] = found.toSorted((a, b) => rank(b.urgency) - rank(a.urgency));
  if (!first) throw new Error('a flow ended without a referral');
  const referrals: Arrival['referrals'] = [first, ...others];
  const played = play('access', answers, { asked, pending: 0, known, facts: accessFacts(referrals) });
  if (!played.done) return { arrived: false, question: played.question, trail: [...trail, ...played.trail], referrals };
  const comune = valueOf(answers, 'access.comune');
  const followed = valueOf(answers, 'access.followed');
  const forWhom = valueOf(answers, 'access.for_whom');
  const arrival: Arrival = {
    referrals: [adapt(first, followed), ...others.map((referral) => adapt(referral, followed))],
    comune: COMUNI.find((id) => id === comune) ?? 'outside',
    followed: followed === 'first' || followed === 'followed' ? followed : undefined,
    forWhom: (['self', 'relative', 'client'] as const).find((id) => id === forWhom),
    trail: [...trail, ...played.trail],
  };
  return { arrived: true, arrival };
}

/** The leaf of a need by itself, its further question answered only where that is known: for needs beside the main one. */
export function referralOf(need: Need, known: readonly Answer[] = []): Referral {
  const area = areaOf(need);
  const answers: Answer[] = [{ question: `${area}.need`, values: [need], by: 'words' }];
  const details = known.filter(({ question }) => question !== `${area}.need`);
  const input = { ...NO_INPUT, pending: 9, known: details.map(({ question }) => question) };
  const told = play(area, [...answers, ...details], input);
  if (told.done && told.referral) return told.referral;
  const direct = play(area, answers, { ...NO_INPUT, pending: 9 });
  const played = direct.done
    ? direct
    : play(area, [...answers, firstOption(direct.question)], { ...NO_INPUT, pending: 9 });
  if (played.done && played.referral) return played.referral;
  throw new Error(`the need ${need} has no leaf of its own`);
}

export function areaOf(need: Need): Area {
  const area = AREAS.find((candidate) => NEEDS[candidate].some((id) => id === need));
  if (!area) throw new Error(`${need} belongs to no area`);
  return area;
}

/** The areas that the answers name, in the order they were named. */
function areasOf(answers: readonly Answer[]): Area[] {
  const values = [...(answerTo(answers, 'triage.areas') ?? []), ...(answerTo(answers, 'triage.several') ?? [])];
  return [...new Set(values.flatMap((value) => AREAS.find((area) => area === value) ?? []))];
}

function firstOption(question: Question): Answer {
  // Of the options of a question that is always asked, the last one is the mildest.
  return { question: question.id, values: [question.options.at(-1) ?? ''], by: 'words' };
}

function manyNeeds(area: Area, answers: readonly Answer[]): Referral {
  const need = Object.values(NEEDS)
    .flat()
    .find((id) => id === valueOf(answers, `${area}.need`));
  if (need) return referralOf(need, answers);
  return { area, need: 'unclear', services: ['segretariato'], urgency: 'none', notes: [] };
}

function alsoNeeded(answers: readonly Answer[], found: readonly Referral[]): Referral[] {
  const named = (answerTo(answers, 'triage.also') ?? []).flatMap(
    (value) =>
      Object.values(NEEDS)
        .flat()
        .find((need) => need === value) ?? [],
  );
  return named
    .filter((need) => !found.some((referral) => referral.need === need))
    .map((need) => referralOf(need, answers));
}

function pendingAfter(areas: readonly Area[], free: readonly string[]): number {
  const questions = [...areas.map((area) => `${area}.need`), 'access.comune'];
  return questions.filter((question) => !free.includes(question)).length;
}

/** Which optional questions change this outcome. After an urgent need nothing optional is asked. */
function accessFacts(referrals: readonly Referral[]): string[] {
  if (referrals.some((referral) => referral.urgency !== 'none')) return [];
  const facts = ['ask_followed'];
  const forOthers: (Need | 'unclear')[] = ['elderly_care', 'disability', 'mental_health', 'addiction'];
  if (referrals.some((referral) => forOthers.includes(referral.need))) facts.push('ask_for_whom');
  return facts;
}

/** Pronto Badante is for those who meet frailty for the first time; who has a social worker is sent to that person. */
function adapt(referral: Referral, followed: string | undefined): Referral {
  if (followed !== 'followed') return referral;
  const services = referral.services.filter((service) => service !== 'pronto_badante');
  return { ...referral, services, notes: ['followed', ...referral.notes] };
}

function rank(urgency: Urgency): number {
  return ['none', 'urgent', 'emergency'].indexOf(urgency);
}

function answerTo(answers: readonly Answer[], question: string): string[] | undefined {
  return answers.find((answer) => answer.question === question)?.values;
}

function valueOf(answers: readonly Answer[], question: string): string | undefined {
  return answerTo(answers, question)?.at(-1);
}
