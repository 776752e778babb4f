// What a cry for help changes on the requests that the person has under way: nobody asks them later how it went; after
// violence nothing is mailed, and nothing that comes by itself says at first what it is about. No desk reads a word of it.
// The answer to the cry itself is left to bot/danger.ts, when a machine may write to bot/safe-contact.
import type { FloorHit } from '../../floor/types.ts';
import { rulesFor } from '../../safe-contact/moment.ts';
import { currentDraft } from '../../draft.ts';
import { saveCase, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { actOn } from '../apply.ts';
import { announcement } from '../tell.ts';
import type { CaseWork } from '../work.ts';
import { changeLife } from '../work.ts';
import { isOpen } from './state-words.ts';

/** Whoever reads along may live in the same house. */
function isAtHome({ dangers }: Pick<FloorHit, 'dangers'>): boolean {
  return dangers.includes('violence') || dangers.includes('child');
}

/** Whether such a danger was answered in this talk. */
export function wasAtHome({ state }: Pick<Talk, 'state'>): boolean {
  return state.noticed.includes('floor.violence') || state.noticed.includes('floor.child');
}

/** Once the numbers were given. */
export function easeCases(talk: Talk, hit: FloorHit): void {
  for (const made of sentCases(talk)) {
    actOn(talk, made.id, (work) => {
      const dropped = dropChecks(work);
      // What is over is written about no more, except where it was to be asked how it went.
      const concerns = dropped || isOpen(made) || made.state === 'advised';
      return (concerns && isAtHome(hit) && keepQuiet(work)) || dropped;
    });
  }
  const draft = currentDraft(talk);
  const safe = draft?.details.safe;
  // How to be reached was said before the danger was known; where it is said later, request-safe.ts knows.
  if (!draft || !safe || !isAtHome(hit)) return;
  const rules = { ...safe.rules, noMail: true as const };
  saveCase(talk, { ...draft, details: { ...draft.details, safe: { ...safe, copyByMail: false, rules } } });
}

function dropChecks(work: CaseWork): boolean {
  const { checks, ...life } = work.made.life;
  if (!checks) return false;
  work.made = { ...work.made, life };
  return true;
}

function keepQuiet(work: CaseWork): boolean {
  const { details, life } = work.made;
  const rules = rulesFor(details);
  if (rules.neutral) return false;
  const safe = { anyTime: true, copyByMail: true, ...details.safe, rules: { ...rules, neutral: true as const } };
  work.made = { ...work.made, details: { ...details, safe } };
  // What already waits for a moment to be said whole is only announced then.
  changeLife(work, { waiting: life.waiting.map((one) => ({ announce: announcement(work), ...one })) });
  work.change.cancelLetters.push(work.made.id);
  return true;
}
