// What a desk does in a test, by the same steps as its page: `take Anna`, `propose Anna 2026-12-01T09:30 office`.
// The page itself, its links and its digits are left to the desk's own tests.
import assert from 'node:assert/strict';
import { askForward, close, confirmPreferred, forward, met, notMet } from '../../bot/cases/desk-steps.ts';
import { OUTCOMES, propose, REFUSALS, refuse, take, write } from '../../bot/cases/desk-steps.ts';
import type { CaseWork } from '../../bot/cases/work.ts';
import { readRomeTime } from '../../bot/clock.ts';
import type { Core } from '../../bot/core.ts';
import { readSpans } from '../../bot/mail/dates.ts';
import type { Case } from '../../bot/ports.ts';

const HALF_HOUR = 30 * 60_000;

type Do = (work: CaseWork, by: string, rest: string, siblings: readonly Case[]) => boolean;

const ACTS: Record<string, Do> = {
  take: (work, by) => take(work, by),
  write: (work, by, text) => write(work, by, text),
  propose: (work, by, rest) => propose(work, by, timeOf(rest)),
  /** The first half hour of what the person had said they can. */
  confirm: (work, by) => {
    const start = readSpans(work.made.details.preferred)[0]?.start ?? work.at;
    return confirmPreferred(work, by, { start, end: new Date(start.getTime() + HALF_HOUR), how: 'office' });
  },
  refuse: (work, by, rest) => {
    const [code = '', ...words] = rest.split(' ');
    const reason = REFUSALS.find((one) => one === code) ?? assert.fail(`no such reason: ${code}`);
    return refuse(work, by, reason, words.join(' '));
  },
  forward: (work, by, to, siblings) =>
    work.made.life.mayForward ? forward(work, by, to, siblings) : askForward(work, by, to),
  met: (work, by) => met(work, by),
  not_met: (work, by) => notMet(work, by),
  close: (work, by, code) =>
    close(work, by, OUTCOMES.find((one) => one === code) ?? assert.fail(`no such outcome: ${code}`)),
};

/** `<verb> <who> <the rest>`. What became of it: `done`, `refused`, `spent`, `gone`. */
export async function deskAct(core: Core, made: Case, line: string, nonce?: string): Promise<string> {
  const [verb = '', by = '', ...rest] = line.split(' ');
  const act = ACTS[verb] ?? assert.fail(`a desk cannot ${verb}`);
  const siblings = await core.store.casesByCode(made.code ?? '');
  const once = nonce ? { nonce: { value: nonce, until: new Date('2099-01-01T00:00:00Z') } } : {};
  const { result } = await core.office.act(made.id, (work) => act(work, by, rest.join(' '), siblings), once);
  return result;
}

/** `2026-12-01T09:30 office`: half an hour. */
function timeOf(text: string): { start: Date; end: Date; how: 'office' | 'phone' } {
  const [at = '', how = ''] = text.split(' ');
  const start = readRomeTime(at) ?? assert.fail(`not a time: ${at}`);
  return { start, end: new Date(start.getTime() + HALF_HOUR), how: how === 'phone' ? 'phone' : 'office' };
}
