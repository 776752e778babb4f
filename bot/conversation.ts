// One step of the conversation: what was said and the state before, to the state after, the replies and the wishes.
// Pure: the clock, the words, the directory and the decoder's reading come in; nothing goes out by itself.
import type { Carried } from './carry/carried.ts';
import { offerPrivacy } from './carry/offer.ts';
import { announceWaiting, flushWaiting, offerTold } from './cases/apply.ts';
import type { Named } from './cases/person/named.ts';
import type { Decoded } from './decoder/types.ts';
import { goOn } from './cases/person/rest.ts';
import { isOpen } from './cases/person/state-words.ts';
import { tellStatus } from './cases/person/status.ts';
import { currentTime } from './cases/person/times.ts';
import { isOnlyCannot } from './floor/cannot.ts';
import { floorWish } from './floor/leave.ts';
import { keepViolence } from './floor/stands.ts';
import type { FloorHit } from './floor/types.ts';
import { chooseById } from './choose.ts';
import { noteEdit } from './edit.ts';
import type { Edit } from './edit.ts';
import { answerDanger, heed, mentionNumbers, offerWayOut, remind } from './danger.ts';
import { SURE } from './doubt.ts';
import { guardReplies } from './guard.ts';
import { listen } from './listen.ts';
import type { Incoming, Reply } from './message.ts';
import { offerOwnNumber } from './own-number.ts';
import { takePlace } from './place.ts';
import { answerSent, noteFile } from './sent.ts';
import type { OwnRecord } from './own-copy/record.ts';
import type { Case } from './ports.ts';
import { greet, greeting, proceed } from './proceed.ts';
import { newState, readComune } from './state.ts';
import type { ConversationState } from './state.ts';
import { leavesNoTrace } from './safe-contact/moment.ts';
import { reply, say, sentCases } from './talk.ts';
import type { Effects, Environment, Talk } from './talk.ts';
import type { Unclear } from './unclear.ts';
import { followLanguage, readLanguage } from './follow-language.ts';
import { offerLanguages } from './unwritten.ts';

/** From this likelihood on the numbers are offered in one line, beside the question whether it is violence. */
const LIKELY = 0.5;
/** How likely a need is taken to be that the words name beside a violence in doubt. */
const ALSO_NAMED = 0.1;

export interface Said {
  incoming: Incoming;
  /** Reading of the text; absent for a button, a start, a voice message. */
  decoded: Decoded | undefined;
  /** What the floor saw in the text. */
  hit: FloorHit | null;
  /** In a new conversation: the danger that the same person left open in another, within the hour. */
  pending?: FloorHit;
  /** A new chat that was opened with the link of a talk on Telegram. */
  carried?: Carried;
  /** Requests whose code the person names. */
  named?: Named[];
  /** All parts of the requests that may be passed on, of whichever conversation. */
  parts?: Case[];
  /** What they were told by itself since they last wrote. */
  told?: Reply[];
  /** All that is kept of them, once they said yes to a copy. */
  record?: OwnRecord;
  /** What corrected words are to the talk. */
  edit?: Edit;
  at: Date;
}

export interface Advance {
  state: ConversationState;
  effects: Effects;
  /** Words that were not understood, or wrongly. */
  unclear: Unclear[];
}

export function advance(env: Environment, before: ConversationState | undefined, cases: Case[], given: Said): Advance {
  const { incoming } = given;
  const heard = isGuess(env, before, given) || isCannot(env, before, cases, given) ? null : weighed(given, before);
  const kept = given.decoded && keepViolence(given.decoded, incoming.text, before, cases, env.words);
  const said = { ...given, decoded: kept, hit: heard };
  const state = before ? structuredClone(before) : begin(env, said);
  const read = { incoming, decoded: cautious(said), hit: said.hit };
  const talk: Talk = { env, at: said.at, ...read, ...looked(given), state, known: cases, unclear: [], ...noEffects() };
  takeTold(talk);
  if (said.decoded && said.decoded.danger >= LIKELY && isDoubtedViolence(said.decoded, said.hit)) offerNumbers(talk);
  const first = before === undefined;
  if (incoming.kind === 'start') start(talk, !first, given.carried);
  else if (incoming.kind === 'unsupported') unsupported(talk, first);
  else if (!noteEdit(talk, given.edit ?? 'words', before)) answer(talk, said.hit, first);
  offerTold(talk);
  // Whatever was written, somebody is waiting for a word.
  if (talk.replies.length === 0) proceed(talk);
  offerLanguages(talk, before?.noticed ?? []);
  offerWayOut(talk);
  offerPrivacy(talk);
  noteFile(talk);
  offerOwnNumber(talk, before);
  guardReplies(talk);
  const { replies, dropCases, events, outbox, cancelMails, cancelLetters, messages, tells, sheet, eraseLog } = talk;
  return {
    state: talk.state,
    unclear: talk.unclear,
    effects: {
      replies,
      cases: talk.cases,
      dropCases,
      events,
      outbox,
      cancelMails,
      cancelLetters,
      messages,
      tells,
      sheet,
      eraseLog,
    },
  };
}

/** What was looked up for this message. */
function looked({ named, parts, told, record }: Said): Pick<Talk, 'named' | 'parts' | 'told' | 'record'> {
  return { named: named ?? [], parts: parts ?? [], told: told ?? [], record };
}

/** The buttons under what was told by itself are those on offer, unless a request is being written. */
function takeTold(talk: Talk): void {
  const choices = talk.told.findLast((one) => one.choices.length > 0)?.choices;
  if (choices && !talk.state.request) talk.state.offered = choices;
}

/** In so few words the trained ear hears too little to stop everything. */
const FEW_WORDS = 6;
/** Below this the decoder, which has read the whole, makes the ear doubt. */
const UNLIKELY = 0.1;

/**
 * What the ear alone heard only offers its numbers in a short answer, or where the decoder sees no danger: an answer that is
 * taken for a cry stops whoever gave it. Signs are never doubted here. Who said to be a child stays one.
 */
function weighed({ hit, decoded, incoming }: Said, before: ConversationState | undefined): FloorHit | null {
  if (!hit) return null;
  const isShort = incoming.text.trim().split(/\s+/).length <= FEW_WORDS;
  const doubted = hit.heard === true && (isShort || (decoded !== undefined && decoded.danger < UNLIKELY));
  const told = before?.noticed.includes('minor') === true && !hit.minorWrites ? ofMinor(hit) : hit;
  return doubted ? { ...told, maybe: true } : told;
}

/** For a child violence is a child in danger, and the numbers are those for children. */
function ofMinor(hit: FloorHit): FloorHit {
  const [first, ...others] = hit.dangers.map((danger) => (danger === 'violence' ? 'child' : danger));
  return { ...hit, dangers: first ? [first, ...others] : hit.dangers, minorWrites: true, child: true };
}

/**
 * What the trained ear, no sign, hears in a language that it never learnt is a guess: such words are answered with the
 * languages that are read and with 112. Where that is not said, the guess stands.
 */
function isGuess({ words }: Environment, before: ConversationState | undefined, { decoded, hit }: Said): boolean {
  if (!hit?.heard || !decoded || before?.floor || before?.request) return false;
  return !words.floorLanguages.includes(decoded.lang);
}

/** What the ear makes of "domani non ce la faccio" where an appointment waits. Signs are never doubted, nor an open cry. */
function isCannot(
  { words }: Environment,
  before: ConversationState | undefined,
  cases: readonly Case[],
  { hit, incoming }: Said,
): boolean {
  if (!hit?.heard || before?.floor?.hit.dangers.includes('suicide')) return false;
  return cases.some((made) => currentTime(made) !== undefined) && isOnlyCannot(incoming.text, words);
}

/**
 * Whether somebody sleeps outside tonight is for the floor to say; where it saw nothing, the flow asks. That it is a man
 * who is hit is the floor's to see as well: nobody is ever asked.
 */
function cautious({ decoded, hit }: Said): Decoded | undefined {
  if (!decoded) return undefined;
  if (isDoubtedViolence(decoded, hit)) return { ...decoded, need: null, likely: withOthers(decoded) };
  if (hit?.afraid && decoded.need !== 'violence') return asked(decoded);
  const { 'housing.tonight': tonight, ...answers } = decoded.answers;
  if (hit && !hit.maybe && tonight !== undefined) answers['housing.tonight'] = tonight;
  if (hit?.man) answers['relational.man'] = 'yes';
  return { ...decoded, answers };
}

/** "This bill is killing me": violence as the decoder takes it, not quite surely, where the floor saw none, is asked about. */
function isDoubtedViolence({ need, likely, confidence }: Decoded, hit: FloorHit | null): boolean {
  return need === 'violence' && !hit && (likely.find((one) => one.need === need)?.sure ?? confidence) < SURE;
}

/** "When he drinks I am afraid": what was named and violence are asked about, neither is taken for granted. */
function asked(decoded: Decoded): Decoded {
  const named = decoded.need === null ? [] : [{ need: decoded.need, sure: LIKELY - ALSO_NAMED }];
  const others = decoded.likely.filter(({ need }) => need !== 'violence' && need !== decoded.need);
  const likely = [{ need: 'violence' as const, sure: LIKELY }, ...named, ...others];
  return { ...decoded, area: 'relational', need: null, likely };
}

/** What else the words name is offered beside it. */
function withOthers({ likely, otherNeeds }: Decoded): Decoded['likely'] {
  const more = otherNeeds.filter((other) => !likely.some(({ need }) => need === other));
  return [...likely, ...more.map((need) => ({ need, sure: ALSO_NAMED }))];
}

function begin(env: Environment, { incoming, pending, carried }: Said): ConversationState {
  const { language, languageFixed, comune } = incoming;
  const state = carried?.state ?? newState(readLanguage(env.words, language) ?? 'it', readComune(comune));
  if (languageFixed) state.languageChosen = true;
  if (pending && !state.floor) state.floor = { hit: pending, step: 'shown' };
  if (pending?.minorWrites && !state.noticed.includes('minor')) state.noticed.push('minor');
  return state;
}

function noEffects(): Effects {
  return {
    replies: [],
    cases: [],
    dropCases: [],
    events: [],
    outbox: [],
    cancelMails: [],
    cancelLetters: [],
    messages: [],
    tells: [],
    sheet: null,
    eraseLog: false,
  };
}

/** Opened for the first time: a greeting. Opened again: where the talk was, and the numbers if a danger is still open. */
function start(talk: Talk, again: boolean, carried: Carried | undefined): void {
  const comune = readComune(talk.incoming.comune);
  if (comune) talk.state.pageComune = comune;
  remind(talk);
  if (again && sentCases(talk).some(isOpen)) return tellAgain(talk);
  if (again && talk.state.answers.some(({ by }) => by !== 'page')) return proceed(talk, say(talk)('common:here_again'));
  if (carried?.state) {
    reply(talk, say(talk)('carry:resumed'));
    return proceed(talk);
  }
  if (carried) reply(talk, say(talk)('carry:gone'));
  greet(talk);
}

/**
 * Whoever has a request under way is told what waits for them and how it stands. In a danger, or where opening a page must
 * show nobody what it is about, only that there is something to read.
 */
function tellAgain(talk: Talk): void {
  const open = sentCases(talk).filter(isOpen);
  const careful = open.some(({ life, details }) => life.waiting.length > 0 && leavesNoTrace(details));
  reply(talk, say(talk)('common:here_again'));
  if (talk.state.floor || careful) {
    announceWaiting(talk);
    return goOn(talk);
  }
  flushWaiting(talk);
  tellStatus(talk);
}

/** `first`: nothing was said in this talk yet. */
function answer(talk: Talk, hit: FloorHit | null, first: boolean): void {
  const { incoming } = talk;
  const words = say(talk);
  if (!hit) flushWaiting(talk);
  // A button's own label raises nothing; other words sent along with a button are read first.
  const label = talk.state.offered.find(({ id }) => id === incoming.choice)?.label;
  const cries = hit !== null && !hit.maybe && incoming.text.trim() !== '' && incoming.text !== label;
  if (incoming.choice !== undefined && !cries) {
    remindUnlessFloor(talk, incoming.choice);
    return chooseById(talk, incoming.choice);
  }
  if (incoming.place) return placed(talk, incoming.place, first);
  if (incoming.sent && incoming.text.trim() === '') return unsupported(talk, first);
  if (first && incoming.text.trim() === '') return greet(talk);
  if (incoming.text.trim() === '') return reply(talk, words('common:empty'), { choices: talk.state.offered });
  // Numbers come before any word about languages, and what answers the floor's buttons tells none.
  if (!talk.state.floor || !floorWish(incoming.text, talk.env.words)) followLanguage(talk, hit !== null);
  listen(talk, hit, {
    danger: (seen) => answerDanger(talk, seen),
    mention: (seen) => mentionNumbers(talk, seen),
    wish: (wish) => heed(talk, wish, () => proceed(talk)),
    remind: () => remindUnlessFloor(talk, undefined),
  });
}

function offerNumbers(talk: Talk): void {
  if (talk.state.floor || talk.state.request) return;
  mentionNumbers(talk, { dangers: ['violence'], minorWrites: false, child: false, maybe: true });
}

/** The numbers come before every answer while a danger is open, but not before the floor's own answers. */
function remindUnlessFloor(talk: Talk, choice: string | undefined): void {
  if (!choice?.startsWith('floor.')) remind(talk);
}

function unsupported(talk: Talk, first: boolean): void {
  remind(talk);
  answerSent(talk, first);
}

function placed(talk: Talk, place: NonNullable<Incoming['place']>, first: boolean): void {
  remind(talk);
  if (first) reply(talk, greeting(talk));
  takePlace(talk, place);
}
