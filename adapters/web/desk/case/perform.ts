// Does a step on the case as its operator saw it, once: not where a person or a colleague was first, nor twice for one press of a button.
// Writes by the clock or the mail in between bother nobody: the step is then done on the case as it is.
import { LONGEST_REPLY } from '../../../../bot/cases/desk-steps.ts';
import { noChange } from '../../../../bot/cases/change.ts';
import type { CaseWork } from '../../../../bot/cases/work.ts';
import { block } from '../../../../bot/mail/clean.ts';
import type { CaseEvent, CaseEventType } from '../../../../bot/ports.ts';
import type { Passed } from '../kit/guard.ts';
import type { Kit } from '../kit/kit.ts';
import type { Action } from './actions.ts';
import type { Opened } from './open.ts';
import { actsOf } from './words.ts';

const ATTEMPTS = 5;

/** `changed`: somebody was first; `refused`: it may not happen now. */
export type Performed = 'done' | 'changed' | 'refused';

export async function perform(
  kit: Kit,
  { made, events }: Opened,
  passed: Passed<Action>,
  todo: (work: CaseWork) => boolean,
): Promise<Performed> {
  let [now, trail] = [made, events];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (String(actsOf(trail).length) !== passed.form.get('seen')) return secondPress(kit, passed, trail);
    const { result } = await kit.office.act(now.id, todo, { version: now.version, nonce: passed.nonce });
    if (result === 'done' || result === 'refused') return result;
    const fresh = await kit.store.caseById(now.id);
    if (!fresh) return 'changed';
    [now, trail] = [fresh, await kit.store.caseEvents(now.id)];
    if (result === 'spent') return secondPress(kit, passed, trail);
  }
  return 'changed';
}

const DOES: Partial<Record<Action, CaseEventType[]>> = {
  take: ['taken'],
  write: ['desk_wrote'],
  propose: ['proposed', 'moved'],
  settle: ['confirmed'],
  met: ['met'],
  not_met: ['not_met'],
  close_sure: ['closed'],
  refuse_sure: ['refused'],
  forward_sure: ['forwarded', 'forward_asked'],
};

/** The same form sent twice did it the first time: said only where that very thing is the last that happened. */
async function secondPress(kit: Kit, passed: Passed<Action>, trail: CaseEvent[]): Promise<Performed> {
  const last = actsOf(trail).at(-1);
  const same = last?.data?.['by'] === passed.by && DOES[passed.action]?.includes(last.type);
  if (!last || !same || !(await isSpent(kit, passed))) return 'changed';
  if (passed.action !== 'write') return 'done';
  const messages = await kit.store.caseMessages(last.caseId);
  return messages.at(-1)?.text === block(passed.form.get('text') ?? '', LONGEST_REPLY) ? 'done' : 'changed';
}

async function isSpent(kit: Kit, { nonce }: Passed<Action>): Promise<boolean> {
  return (await kit.store.commitCase({ ...noChange(), nonce, at: kit.clock() })) === 'spent';
}
