// What time does to a case that is due: tells what waited for a safe moment; reminders and limits follow.
// When it is due is left to alarm.ts.
import { changeLife } from '../work.ts';
import type { CaseWork } from '../work.ts';

/** Does everything that is due. True also where nothing was: the alarm is then set anew. */
export function tick(work: CaseWork): boolean {
  const { waiting } = work.made.life;
  const now = waiting.filter(({ notBefore }) => Date.parse(notBefore) <= work.at.getTime());
  const conversationId = work.made.conversationId;
  work.change.tells.push(...now.map(({ reply }) => ({ conversationId, reply })));
  changeLife(work, { waiting: waiting.filter((one) => !now.includes(one)) });
  return true;
}
