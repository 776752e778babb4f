// What time does to a case that is due: everything at once, also after a long standstill, but to each only the latest of it.
// What is due is left to plan.ts and alarm.ts, how each thing is done to acts.ts.
import { tellWaiting } from '../tell.ts';
import { changeLife } from '../work.ts';
import type { CaseWork } from '../work.ts';
import { act } from './acts.ts';
import { readyAt } from './alarm.ts';
import type { Audience, Due, Line } from './due.ts';
import { audienceOf } from './due.ts';
import { seeToLost } from './lost.ts';
import { wind } from './phase.ts';
import { planOf } from './plan.ts';

/** Always true: also where nothing was due the alarm is to be set anew, and it is then later than now, or never. */
export function tick(work: CaseWork): boolean {
  work.made = wind(work.made, work.at);
  seeToLost(work);
  tellWaiting(work);
  const due = planOf(work.env, work.made).flatMap((line) => dueOf(work, line));
  markDone(work, due);
  for (const one of chosen(due)) act(work, one);
  return true;
}

/** All of a line that can be done now. */
function dueOf(work: CaseWork, line: Line): Due[] {
  const found: Due[] = [];
  for (const due of line) {
    const ready = readyAt(work.made, due, work.at);
    if (ready && ready > work.at) break;
    if (ready) found.push(due);
  }
  return found;
}

/** For each the last that was due; an end instead of all else. */
function chosen(due: Due[]): Due[] {
  const inOrder = due
    .map((one) => ({ one, at: one.at().getTime() }))
    .toSorted((a, b) => rank(a.one) - rank(b.one) || a.at - b.at)
    .map(({ one }) => one);
  const last = inOrder.at(-1);
  if (last?.act === 'expire' || last?.act === 'end') return [last];
  const byAudience = new Map<Audience, Due>(inOrder.map((one) => [audienceOf(one), one]));
  return [...byAudience.values()];
}

/** What ends a case comes last, a check-in before everything that the person needs to know. */
function rank(due: Due): number {
  if (due.act === 'expire' || due.act === 'end') return 2;
  return due.act === 'check' ? 0 : 1;
}

/** Also what was not told because something later was: it is not told after it. */
function markDone(work: CaseWork, due: Due[]): void {
  const { clock, checks } = work.made.life;
  const done = due.filter((one) => one.act !== 'check').map(({ id }) => id);
  if (clock && done.length > 0) changeLife(work, { clock: { ...clock, done: [...clock.done, ...done] } });
  const asked = due.filter((one) => one.act === 'check').map(({ after = 0 }) => after);
  if (checks && asked.length > 0) changeLife(work, { checks: { ...checks, asked: [...checks.asked, ...asked] } });
}
