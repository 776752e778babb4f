// Two fears that keep people from asking: to be reported without a permit, to lose the children. What the law says, then on.
// Which phrases say so is a list in commands.json; danger always came first.
import type { Need } from '../flows/types.ts';
import { areaOf, walk } from '../flows/walk.ts';
import { isOpen } from './cases/person/state-words.ts';
import { tellStatus } from './cases/person/status.ts';
import type { Decoded } from './decoder/types.ts';
import { callLine } from './desk-lines.ts';
import { callLinks, comuneOf } from './human.ts';
import type { Link } from './message.ts';
import { allOf, plain } from './options.ts';
import { proceed } from './proceed.ts';
import type { Told } from './state.ts';
import { say, sentCases } from './talk.ts';
import type { Talk } from './talk.ts';

const FEARS = ['permit', 'children'] as const;
type Fear = (typeof FEARS)[number];
/** What the words of a fear are easily taken for. */
const NEED_OF: Record<Fear, Need> = { permit: 'integration', children: 'parenting_minors' };

/** With so few words beside the fear, nothing else was told. */
const FEW = 5;
/** There the person's own words go to the desk as they are. */
const OWN_WORDS = ['request.note', 'request.wishes', 'request.wishes_first'];

/** Answers the fear and goes on: with the need, where the words tell one too. `understand`: takes in what they tell. */
export function reassured(talk: Talk, understand: () => boolean): boolean {
  const { asking, told } = talk.state;
  if (talk.state.floor) return reassuredInFloor(talk);
  if (asking.kind === 'request' && OWN_WORDS.includes(asking.question)) return false;
  const fears = fearsIn(talk);
  if (fears.length === 0) return false;
  const { noticed } = talk.state;
  // Said once: who has read it and goes on with the need is not told again.
  if (!noticed.includes('reassured') || saysLittle(talk, fears)) for (const fear of fears) answer(talk, fear);
  // Not of what: nothing tells later what somebody was afraid of.
  if (!noticed.includes('reassured')) noticed.push('reassured');
  talk.decoded &&= beside(talk, talk.decoded, fears);
  if (talk.state.request || !understand()) goOn(talk);
  if (fears.includes('permit')) forget(talk, told);
  return true;
}

/**
 * In a danger a fear keeps people from calling: it is answered after the numbers, and nothing else is taken in or asked. The
 * buttons stay under the last bubble.
 */
export function reassuredInFloor(talk: Talk): boolean {
  const fears = fearsIn(talk);
  if (fears.length === 0) return false;
  const { told } = talk.state;
  const now = told?.text === talk.incoming.text.slice(0, told?.text.length);
  const shown = talk.replies.at(-1);
  const from = talk.replies.length;
  for (const fear of fears) answer(talk, fear);
  const last = talk.replies.at(-1);
  if (shown && last) [shown.choices, last.choices] = [[], shown.choices];
  for (const bubble of talk.replies.slice(from)) bubble.delicate = true;
  if (!talk.state.noticed.includes('reassured')) talk.state.noticed.push('reassured');
  if (fears.includes('permit')) forget(talk, now ? null : told);
  return true;
}

/** Of a cry that tells a fear as well, the fear is no need. */
export function withoutFears(talk: Talk): void {
  const fears = fearsIn(talk);
  if (fears.length > 0) talk.decoded &&= beside(talk, talk.decoded, fears);
}

function fearsIn(talk: Talk): Fear[] {
  return FEARS.filter((fear) => phrasesIn(talk, fear).length > 0);
}

/** Who has a request under way is told how it stands, instead of whom to turn to. */
function goOn(talk: Talk): void {
  const waits = !talk.state.request && walk(talk.state.answers).arrived && sentCases(talk).some(isOpen);
  if (waits) tellStatus(talk);
  else proceed(talk);
}

/** That somebody has no permit is never passed on or kept to learn from, not even in their own words. */
function forget({ state, unclear }: Talk, told: Told): void {
  state.told = told;
  if (state.doubt) state.doubt.told = null;
  if (state.split) state.split.told = null;
  unclear.length = 0;
}

function answer(talk: Talk, fear: Fear): void {
  const words = say(talk);
  if (talk.state.noticed.includes('minor')) {
    // Whose children are taken away is no fear of a child.
    if (fear === 'permit') push(talk, words('case:fear.permit_minor'), []);
    return;
  }
  const comune = comuneOf(talk);
  const desk = fear === 'permit' && comune ? talk.env.directory.desks('immigration_desk', comune)[0] : undefined;
  const lines = [
    words(`case:fear.${fear}`),
    ...(fear === 'permit' ? [words('case:fear.permit_here')] : []),
    ...(desk && comune ? [words('case:fear.permit_desk', { line: callLine(talk, desk, comune) })] : []),
  ];
  push(talk, lines.join('\n'), desk ? callLinks(talk, [desk]) : []);
}

function push(talk: Talk, text: string, links: Link[]): void {
  talk.replies.push({ kind: 'text', text, lang: talk.state.language, choices: [], links, case: null });
}

/** What the words tell beside the fear: never the fear itself taken for a need. */
function beside(talk: Talk, decoded: Decoded, fears: readonly Fear[]): Decoded {
  const feared = fears.map((fear) => NEED_OF[fear]);
  const [need = null, ...otherNeeds] = [...(decoded.need ? [decoded.need] : []), ...decoded.otherNeeds].filter(
    (one) => !feared.includes(one),
  );
  if (need !== null) {
    const likely = decoded.likely.filter((one) => !feared.includes(one.need));
    const answers = need === decoded.need ? decoded.answers : {};
    return { ...decoded, area: areaOf(need), secondaryArea: null, need, otherNeeds, likely, answers };
  }
  if (!saysLittle(talk, fears)) return decoded;
  return { ...decoded, area: 'unclear', secondaryArea: null, need: null, otherNeeds: [], likely: [], answers: {} };
}

/** Nothing to speak of stands beside the fear. */
function saysLittle(talk: Talk, fears: readonly Fear[]): boolean {
  const phrases = fears.flatMap((fear) => phrasesIn(talk, fear));
  const rest = phrases.reduce((text, phrase) => text.replace(` ${phrase} `, ' '), ` ${plain(talk.incoming.text)} `);
  return rest.trim().split(' ').filter(Boolean).length < FEW;
}

function phrasesIn({ incoming, env, state }: Talk, fear: Fear): string[] {
  const said = ` ${plain(incoming.text)} `;
  // "Chiamate la polizia!" is a fear only where nobody is in danger.
  const police = fear === 'permit' && !state.floor ? allOf('fear_police', env.words) : [];
  return [...allOf(`fear_${fear}`, env.words), ...police]
    .map(plain)
    .filter((phrase) => said.includes(` ${phrase} `))
    .toSorted((a, b) => b.length - a.length);
}
