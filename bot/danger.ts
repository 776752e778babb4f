// The floor inside the talk: answers a danger at once, keeps reminding, and is left only by two explicit actions.
// Seeing the danger is left to bot/floor/detect.ts, its words and numbers to bot/floor/answer.ts.
import type { Referral } from '../flows/types.ts';
import { easeCases } from './cases/person/crisis.ts';
import { dropDraft } from './draft.ts';
import { floorAnswer, floorCheck, floorMaybe, floorPerson, floorReminder } from './floor/answer.ts';
import type { FloorWords } from './floor/answer.ts';
import { isByMinor } from './floor/detect.ts';
import type { FloorWish } from './floor/leave.ts';
import type { Danger, FloorHit } from './floor/types.ts';
import { languageOfCry } from './follow-language.ts';
import { comuneOf, offerHuman } from './human.ts';
import type { PendingFloor } from './state.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { tellUnwritten } from './unwritten.ts';

/** Notes of a leaf that tell which danger a button named. */
const DANGER_OF_NOTE: Record<string, Danger> = {
  violence: 'violence',
  violence_man: 'violence',
  threats: 'violence',
  despair: 'suicide',
  child_danger: 'child',
  tonight: 'no_shelter',
};

/** A danger in the person's words: numbers first; what they were doing waits underneath. */
export function answerDanger(talk: Talk, hit: FloorHit): void {
  const { state } = talk;
  const before = state.floor;
  const language = languageOfCry(talk) ?? before?.language;
  // A request begun before it was known that a child writes goes: nothing more is asked of them.
  if (hit.minorWrites && state.request) dropDraft(talk);
  state.floor = {
    hit: before ? joined(hit, before.hit) : hit,
    step: 'shown',
    ...(language && language !== state.language ? { language } : {}),
  };
  // What is written now is said to whoever answered: no name, no note.
  if (state.asking.kind === 'request') state.asking = { kind: 'floor', question: state.asking.question };
  push(talk, floorAnswer(given(talk, hit)));
  easeCases(talk, hit);
}

/** A danger that is only likely: the numbers in one line, nothing stopped, nothing asked. */
export function mentionNumbers(talk: Talk, hit: FloorHit): void {
  push(talk, floorMaybe(given(talk, hit)));
}

/** A danger named by a button: the same numbers, once. True when they were given now. */
export function floorFor(talk: Talk, referrals: readonly Referral[]): boolean {
  const dangers = referrals.flatMap((referral) => referral.notes.flatMap((note) => DANGER_OF_NOTE[note] ?? []));
  const [first, ...others] = dangers;
  const told = talk.state.noticed.filter((notice) => notice.startsWith('floor.'));
  if (!first || dangers.every((danger) => told.includes(`floor.${danger}`))) return false;
  const child = referrals.some((referral) => referral.notes.includes('tonight_family'));
  // The numbers in full take the place of those in one line.
  talk.replies = talk.replies.filter(({ kind }) => kind !== 'floor');
  const man = referrals.some((referral) => referral.notes.includes('violence_man'));
  answerDanger(talk, {
    dangers: [first, ...others],
    // A child whose danger the floor did not see, or not surely, is still a child.
    minorWrites: isByMinor(talk.incoming.text) || talk.state.noticed.includes('minor'),
    child: child || first === 'child',
    ...(man ? { man } : {}),
  });
  return true;
}

/** A button of the floor. `go` moves the talk on where it was. */
export function chooseInFloor(talk: Talk, id: string, go: () => void): void {
  const { floor } = talk.state;
  if (id === 'floor.human') {
    if (!personForMinor(talk)) offerHuman(talk, say(talk)('common:human'), [goOn(talk)]);
    return;
  }
  if (!floor) return go();
  if (id !== 'floor.continue' && id !== 'floor.safe_now') return showAgain(talk, floor);
  stepOut(talk, floor, go);
}

/** The same, said in words. */
export function heed(talk: Talk, wish: FloorWish, go: () => void): void {
  const { floor } = talk.state;
  if (!floor) return go();
  if (wish === 'unsafe') return showAgain(talk, floor);
  stepOut(talk, floor, go, wish === 'safe');
}

/** To a minor in danger who asks for a person: who answers children now, and no form. False where nobody such asks. */
export function personForMinor(talk: Talk): boolean {
  const { floor } = talk.state;
  if (!floor?.hit.minorWrites) return false;
  push(talk, floorPerson(given(talk, floor.hit)));
  return true;
}

/**
 * Two explicit steps end it: the first looks back gently, the second leaves. `safe`: they have just said that they are safe,
 * and are not asked it once more.
 */
function stepOut(talk: Talk, floor: PendingFloor, go: () => void, safe = false): void {
  if (floor.step === 'check') {
    talk.state.floor = null;
    // To a child: who listens to children. The flows, which speak to adults, only if they still wish to go on.
    if (floor.hit.minorWrites) return push(talk, floorPerson(given(talk, floor.hit)));
    // Answered so far in their own language, which the talk does not go on in: said before it goes on.
    if (floor.language && !talk.env.words.languages.includes(floor.language)) tellUnwritten(talk, floor.language);
    return go();
  }
  floor.step = 'check';
  // Without a roof, the way on is the help itself: nothing stands before it, and the numbers go along.
  if (floor.hit.dangers.every((danger) => danger === 'no_shelter')) return go();
  push(talk, floorCheck(given(talk, floor.hit), safe));
}

/** Seen again whole, the numbers begin anew: so do the two steps. */
function showAgain(talk: Talk, floor: PendingFloor): void {
  floor.step = 'shown';
  push(talk, floorAnswer(given(talk, floor.hit)));
}

/** While a danger is not declared over, every other answer is preceded by the numbers, in one line. */
export function remind(talk: Talk): void {
  const { floor } = talk.state;
  if (floor) push(talk, floorReminder(given(talk, floor.hit)));
}

/** While the numbers go on being shown, the last bubble always holds the first of the two steps that end it. */
export function offerWayOut(talk: Talk): void {
  const last = talk.replies.at(-1);
  if (!talk.state.floor || !last || last.kind === 'floor') return;
  if (last.choices.some(({ id }) => id.startsWith('floor.'))) return;
  const label = talk.env.words.say(floorLanguage(talk))('floor:leave');
  last.choices = [...last.choices, { id: 'floor.continue', label }];
  talk.state.offered = last.choices;
}

function goOn(talk: Talk): { id: string; label: string } {
  return { id: talk.state.floor ? 'floor.continue' : 'command.continue', label: say(talk)('common:go_on') };
}

function given(talk: Talk, hit: FloorHit): FloorWords {
  if (!hit.maybe) note(talk, hit);
  const comune = comuneOf(talk);
  const { directory, calendar, words } = talk.env;
  const language = talk.state.floor ? floorLanguage(talk) : (languageOfCry(talk) ?? talk.state.language);
  const talkLanguage = talk.state.language;
  return { hit, at: talk.at, language, talkLanguage, directory, calendar, words, ...(comune ? { comune } : {}) };
}

function floorLanguage({ state }: Talk): string {
  return state.floor?.language ?? state.language;
}

/** Numbers given whole are not given again by a button that names the same danger. */
function note({ state }: Talk, { dangers, minorWrites }: FloorHit): void {
  if (minorWrites && !state.noticed.includes('minor')) state.noticed.push('minor');
  for (const danger of dangers) if (!state.noticed.includes(`floor.${danger}`)) state.noticed.push(`floor.${danger}`);
}

function push(talk: Talk, bubble: Talk['replies'][number]): void {
  talk.replies.push(bubble);
  talk.state.offered = bubble.choices;
}

function joined(now: FloorHit, before: FloorHit): FloorHit {
  const more = before.dangers.filter((danger) => !now.dangers.includes(danger));
  return {
    dangers: [...now.dangers, ...more],
    minorWrites: now.minorWrites || before.minorWrites,
    child: now.child || before.child,
    ...(now.exploited || before.exploited ? { exploited: true } : {}),
    ...(now.man || before.man ? { man: true } : {}),
  };
}
