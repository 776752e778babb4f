// "Non chiamatemi il pomeriggio", after a request was sent: from now on, for every request of the talk that is open.
// What the words allow is left to bot/safe-contact; when they are heard to hear.ts.
import { withWish } from '../../request-safe.ts';
import { rulesInWords } from '../../safe-contact/in-words.ts';
import { isTimeWish, isWayWish } from '../../safe-contact/notice.ts';
import { noteToDesk } from '../../mail/notes.ts';
import { say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { may } from '../life.ts';
import type { Case } from '../types.ts';
import type { CaseWork } from '../work.ts';
import { record } from '../work.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';

const LONGEST = 500;

/** Ways are named for this alone; times also in answer to a desk, so they count where nobody has just asked for one. */
export function namesWish(talk: Talk, text: string): boolean {
  const open = sentCases(talk).filter(isOpen);
  if (open.length === 0) return false;
  const { language } = talk.state;
  const awaits = talk.told.length > 0 || open.some(({ state }) => state === 'proposed' || state === 'confirmed');
  return isWayWish(text, language) || (!awaits && isTimeWish(text, language));
}

/** Wherever it is said: the rules only grow stricter, and to loosen them the desk is asked. */
export function tellWish(talk: Talk, text: string): void {
  const wish = text.trim().slice(0, LONGEST);
  const open = sentCases(talk).filter(isOpen);
  const [changed] = open.flatMap(
    (made) => actOn(talk, made.id, (work) => keep(work, withWish(talk, made, wish))) ?? [],
  );
  const words = say(talk);
  const rule = rulesInWords(changed?.details.safe?.rules ?? {}, words, talk.state.language);
  const line = words('safe:read_back', { wishes: wish, rule });
  finish(talk, words('safe:changed', { line }), { case: changed?.code ?? null });
}

function keep(work: CaseWork, safe: NonNullable<Case['details']['safe']>): boolean {
  if (!may(work.made, 'withdraw')) return false;
  work.made = { ...work.made, details: { ...work.made.details, safe } };
  record(work, 'contact_changed', 'person', { kind: 'safe' });
  // What still waits was written under the rules of before.
  work.change.cancelLetters.push(work.made.id);
  noteToDesk(work, 'wishes');
  return true;
}
