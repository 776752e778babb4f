// Words typed by the person, tried in order: danger, a button, a command, the request's question, a need, a place.
// What fits nothing is a misunderstanding: asked again twice, then a person is offered.
import { walk } from '../flows/walk.ts';
import { mergePlace, mergeWords, namedNeeds, tellsNeed, valuesOf, withAnswer } from './answers.ts';
import { anotherNeed, chooseById } from './choose.ts';
import { caseWords } from './cases/person/hear.ts';
import { settle } from './cases/person/rest.ts';
import { obey } from './commands.ts';
import { settleSplit, tellCorrection, tellSplit } from './correct.ts';
import { noteDoubt } from './doubt.ts';
import { floorWish } from './floor/leave.ts';
import type { FloorWish } from './floor/leave.ts';
import type { FloorHit } from './floor/types.ts';
import type { Choice } from './message.ts';
import { toldMinor } from './minor.ts';
import { misunderstood } from './misunderstood.ts';
import { isPhrase, likelyChoice, namedChoice, namedCommand, numbersNamed, plain } from './options.ts';
import { offTopic, proceed } from './proceed.ts';
import { reassured, reassuredInFloor, withoutFears } from './reassure.ts';
import { remember } from './remember.ts';
import { tellRequest } from './request-steps.ts';
import { calmBoundary } from './rude.ts';
import { slashCommand } from './slash.ts';
import { toSplit } from './split.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { understoodLine } from './understood.ts';

/** A text of up to so many words may name a button by one of them. */
const SHORT = 4;
const LONG = 2000;
const CLEAR = 0.6;

export interface Floor {
  danger(hit: FloorHit): void;
  mention(hit: FloorHit): void;
  /** Words that mean what a button of the floor says. */
  wish(wish: FloorWish): void;
  remind(): void;
}

export function listen(talk: Talk, seen: FloorHit | null, floor: Floor): void {
  const hit = seen?.heard && isOwnPhrase(talk) ? null : ofYoung(seen);
  const wish = wishOf(talk, hit);
  if (hit && !wish && (!isDoubt(talk, hit) || talk.state.floor)) {
    // What is written now is said to whoever answered, not to a desk.
    settle(talk);
    withoutFears(talk);
    remember(talk);
    floor.danger(hit);
    return void reassuredInFloor(talk);
  }
  if (hit && !wish) floor.mention(hit);
  const { words } = talk.env;
  const text = talk.incoming.text;
  const about = wish ? undefined : caseWords(talk, text);
  if (about) {
    floor.remind();
    talk.state.missed = 0;
    return about();
  }
  const choice = namedChoice(text, talk.state.offered, words);
  if (choice !== undefined) {
    if (!choice.startsWith('floor.')) floor.remind();
    return chooseById(talk, choice);
  }
  if (wish) return floor.wish(wish);
  floor.remind();
  const command = namedCommand(text, words);
  if (command !== undefined && obey(talk, command)) return void (talk.state.missed = 0);
  if (toldMinor(talk, text)) return void (talk.state.missed = 0);
  if (calmBoundary(talk, text)) return void (talk.state.missed = 0);
  if (isPhrase(plain(text), 'ask_appointment', words) && !talk.state.request) return chooseById(talk, 'human.request');
  if (reassured(talk, () => understand(talk, text))) return void (talk.state.missed = 0);
  if (tellSplit(talk, text)) return;
  if (severalByNumber(talk, text)) return;
  if (inRequest(talk, text)) return;
  if (tellCorrection(talk, text)) return;
  if (isOnlyHeard(talk)) return misunderstood(talk);
  if (understand(talk, text)) return void (talk.state.missed = 0);
  if (thanks(talk, text)) return void (talk.state.missed = 0);
  const slash = slashCommand(text, words);
  if (slash !== undefined && obey(talk, slash)) return void (talk.state.missed = 0);
  misunderstood(talk);
}

/** Of who is under 18 a doubtful sign is answered as a sure one: nobody asks a child twice. */
function ofYoung(seen: FloorHit | null): FloorHit | null {
  if (!seen?.maybe || !seen.minorWrites) return seen;
  const { maybe: _, ...sure } = seen;
  return sure;
}

/** A button's label or a command's phrase is no cry, whatever the trained ear takes it for. */
function isOwnPhrase({ incoming, state, env }: Talk): boolean {
  return (
    namedChoice(incoming.text, state.offered, env.words) !== undefined ||
    namedCommand(incoming.text, env.words) !== undefined
  );
}

/** In the middle of a request a name or "mai la sera" is what was asked for: only a sign stops it, the ear just offers numbers. */
function isDoubt(talk: Talk, hit: FloorHit): boolean {
  const asked = talk.state.request !== null || talk.state.asking.kind === 'case';
  return hit.maybe === true || (hit.heard === true && asked);
}

/**
 * Under the floor's answer no question of a request is put again before somebody goes on, and nothing at all is asked of
 * a child or a teenager.
 */
function isOnlyHeard({ state }: Talk): boolean {
  return state.floor !== null && (state.asking.kind === 'floor' || state.floor.hit.minorWrites);
}

/** So many words say for themselves that somebody is not safe. */
const PLAINLY = 3;

/** What is said to the floor while it waits. A sign of danger is louder; "no" and "male" answer only its own question. */
function wishOf({ incoming, state, env }: Talk, hit: FloorHit | null): FloorWish | undefined {
  if (!state.floor || (hit && !hit.heard && !hit.maybe)) return undefined;
  const wish = floorWish(incoming.text, env.words);
  const asked = state.offered.some(({ id }) => id === 'floor.safe_now');
  const plainly = incoming.text.trim().split(/\s+/).length >= PLAINLY;
  return wish === 'unsafe' && !asked && !plainly ? undefined : wish;
}

/** The buttons that a single shared word may choose: never those that leave the floor. */
function looseChoices({ state }: Talk): Choice[] {
  return state.offered.filter(({ id }) => id !== 'floor.continue' && id !== 'floor.safe_now');
}

function inRequest(talk: Talk, text: string): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'request' || !talk.state.request) return false;
  if (tellRequest(talk, asking.question, text)) return understoodIt(talk);
  const likely = likelyChoice(text, looseChoices(talk), talk.env.words);
  if (likely) chooseById(talk, likely);
  if (likely !== undefined || correctPlace(talk)) return understoodIt(talk);
  return asksAgain(talk);
}

function understoodIt(talk: Talk): true {
  talk.state.missed = 0;
  return true;
}

/** A few words that answer nothing of a request are no new need: what was asked is asked again. At the end everything may be told. */
function asksAgain(talk: Talk): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'request' || asking.question === 'request.summary') return false;
  if (plain(talk.incoming.text).split(' ').length > SHORT) return false;
  misunderstood(talk);
  return true;
}

/** "No aspetta, Porcari non Altopascio", in the middle of a request: the place changes, the rest stays. */
function correctPlace(talk: Talk): boolean {
  const { decoded, state } = talk;
  if (!decoded || decoded.comune === 'none' || valuesOf(state.answers, 'access.comune')[0] === decoded.comune)
    return false;
  state.answers = withAnswer(state.answers, { question: 'access.comune', values: [decoded.comune], by: 'words' });
  chooseById(talk, 'result.request');
  return true;
}

function understand(talk: Talk, text: string): boolean {
  const { decoded } = talk;
  const short = plain(text).split(' ').length <= SHORT;
  const likely = likelyChoice(text, looseChoices(talk), talk.env.words);
  if (short && likely && !tellsPlace(talk) && !(decoded?.need && asksNeed(talk))) {
    chooseById(talk, likely);
    return true;
  }
  if (toSplit(talk).length > 0) return false;
  if (decoded && mergeDecoded(talk)) return true;
  if (likely) {
    chooseById(talk, likely);
    return true;
  }
  if (decoded?.answers['triage.off_topic'] === 'yes' && !isPhrase(plain(text), 'nonsense', talk.env.words)) {
    offTopic(talk);
    return true;
  }
  return false;
}

/** "Grazie mille, mi avete salvato la vita": thanks with some words more, that say nothing else. */
function thanks(talk: Talk, text: string): boolean {
  const { env, state, decoded } = talk;
  const said = ` ${plain(text)} `;
  const has = (key: string, at: (phrase: string) => boolean): boolean =>
    env.words.list(state.language, `commands:${key}`).some((phrase) => at(` ${plain(phrase)} `));
  if (state.floor || decoded?.area !== 'unclear' || has('neither', (no) => said.includes(no))) return false;
  return has('thanks', (phrase) => said.startsWith(phrase)) && obey(talk, 'thanks');
}

/** At an open question a need named in words says more than the button it resembles. */
function asksNeed({ state }: Talk): boolean {
  return state.asking.kind === 'flow' && /^triage\.|\.need$/.test(state.asking.question);
}

/** Takes what the words say; false where they say nothing new. */
function mergeDecoded(talk: Talk): boolean {
  const { decoded, state, incoming } = talk;
  if (!decoded) return false;
  if (decoded.ambiguousPlaces && decoded.comune === 'none') askWhichPlace(talk);
  const asking = state.asking.kind === 'flow' ? state.asking.question : undefined;
  // After the card a further need must be heard clearly: "sì, ho due bambini" is none.
  if (asking === undefined && tellsNeed(decoded) && decoded.confidence < CLEAR) return false;
  const before = JSON.stringify(state.answers);
  const needsBefore = namedNeeds(state.answers);
  if (asking === undefined && tellsNeed(decoded) && bringsNeed(talk)) anotherNeed(talk);
  state.answers = mergeWords(state.answers, decoded, asking);
  state.answers = mergePlace(state.answers, decoded);
  if (JSON.stringify(state.answers) === before) return decoded.ambiguousPlaces !== undefined && finishPlace(talk);
  if (state.split && decoded.need) settleSplit(talk, decoded.need);
  noteDoubt(talk, needsBefore);
  if (tellsNeed(decoded)) state.told = { text: incoming.text.slice(0, 1000), lang: decoded.lang };
  if (decoded.ambiguousPlaces && finishPlace(talk)) return true;
  const long = incoming.text.length > LONG ? `${say(talk)('common:too_long')}\n` : '';
  proceed(talk, long + understoodLine(talk, needsBefore));
  return true;
}

/** After the card: words about a need not yet heard begin a further one. */
function bringsNeed(talk: Talk): boolean {
  const { decoded, state } = talk;
  return decoded?.need !== null && decoded?.need !== undefined && !namedNeeds(state.answers).includes(decoded.need);
}

function tellsPlace(talk: Talk): boolean {
  return talk.decoded !== undefined && (talk.decoded.comune !== 'none' || talk.decoded.ambiguousPlaces !== undefined);
}

/** Homonymous places: which one, each with its comune. */
function askWhichPlace(talk: Talk): void {
  if (walk(talk.state.answers).arrived) return;
  talk.state.asking = talk.state.asking.kind === 'flow' ? talk.state.asking : { kind: 'place' };
}

function finishPlace(talk: Talk): boolean {
  const places = talk.decoded?.ambiguousPlaces ?? [];
  if (places.length === 0) return false;
  const words = say(talk);
  const { directory } = talk.env;
  const choices = places.map(({ name, comune }, index) => {
    const of = directory.comune(comune).name;
    const label = name === of ? of : words('access:comune.place', { name, comune: of });
    return { id: `place.${comune}.${index}`, label };
  });
  const sameName = new Set(places.map(({ name }) => name)).size === 1;
  const question = sameName || places.some(({ name }) => directory.comuni().every((one) => one.name !== name));
  reply(talk, words(question ? 'access:comune.ambiguous' : 'access:comune.ask_nowhere'), { choices });
  return true;
}

/** "1 e 3" where several areas may be chosen, at the first question too. */
function severalByNumber(talk: Talk, text: string): boolean {
  const road = walk(talk.state.answers);
  if (road.arrived || road.question.flow !== 'triage') return false;
  const options = road.question.options;
  const areas = numbersNamed(text, options.length).flatMap((index) => options[index] ?? []);
  if (areas.length < 2 || areas.some((area) => ['several', 'unsure', 'done'].includes(area))) return false;
  const asked = { question: 'triage.areas', values: ['several'], by: 'words' } as const;
  talk.state.answers = withAnswer(talk.state.answers, { ...asked, values: [...asked.values] });
  talk.state.answers = withAnswer(talk.state.answers, {
    question: 'triage.several',
    values: [...new Set([...areas, 'done'])],
    by: 'person',
  });
  proceed(talk);
  return true;
}
