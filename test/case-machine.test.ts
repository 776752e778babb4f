// The life of a case as a graph: every state can be reached and left as it should be, and nothing that is over goes on by itself.
// What each step causes is left to the tests of the steps, how it reads to the transcripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { getShortestPaths } from 'xstate/graph';
import { sayItEnds } from '../bot/cases/clock/told.ts';
import * as desk from '../bot/cases/desk-steps.ts';
import type { ProposedTime } from '../bot/cases/desk-steps.ts';
import * as person from '../bot/cases/person-steps.ts';
import { beginWork, step } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import { CASE_STATES, CASE_STEPS, afterStep, caseLife, isOver } from '../flows/case.ts';
import type { CaseLifeState, CaseStep } from '../flows/case.ts';
import { aCase } from './store-samples.ts';
import { testEnvironment } from './support/environment.ts';

const events = CASE_STEPS.map((type) => ({ type }));
const paths = getShortestPaths(caseLife, { events });
const reached = new Map(paths.map(({ state, steps }) => [String(state.value), steps.length]));

const env = testEnvironment();
const PHONE = { kind: 'phone', value: '+393330000000', shown: '333 000 0000' } as const;
const NOW = new Date('2026-11-24T09:00:00Z');
const DAY = 86_400_000;
/** When an appointment made at `NOW` has been. */
const AFTERWARDS = new Date(NOW.getTime() + 5 * DAY);
const ANY_TIME = { start: NOW.toISOString(), end: new Date(NOW.getTime() + 20 * DAY).toISOString() };

const timeOf = ({ at }: CaseWork): ProposedTime => {
  const start = new Date(at.getTime() + 2 * DAY);
  return { start, end: new Date(start.getTime() + DAY / 48), how: 'office' };
};
const sequenceOf = ({ made }: CaseWork): number => made.life.appointment?.sequence ?? 0;

/** Who does it, as it is done. A mail that left, or did not, is the store's. */
const DO: Record<CaseStep, (work: CaseWork) => boolean> = {
  sent: (work) => step(work, 'sent'),
  fail: (work) => step(work, 'fail'),
  take: (work) => desk.take(work, 'Anna'),
  write: (work) => desk.write(work, 'Anna', 'Buongiorno'),
  propose: (work) => desk.propose(work, 'Anna', timeOf(work)),
  settle: (work) => desk.confirmPreferred(work, 'Anna', timeOf(work)),
  accept: (work) => person.acceptTime(work, sequenceOf(work)),
  decline: (work) => person.declineTime(work, sequenceOf(work)),
  met: (work) => desk.met(work, 'Anna'),
  not_met: (work) => desk.notMet(work, 'Anna'),
  close: (work) => desk.close(work, 'Anna', 'helped'),
  refuse: (work) => desk.refuse(work, 'Anna', 'not_competent', ''),
  ask_forward: (work) => desk.askForward(work, 'Anna', 'lucca-ufficio-casa'),
  deny_forward: (work) => person.denyForward(work),
  forward: (work) => desk.forward(work, 'Anna', 'lucca-ufficio-casa', [work.made]),
  withdraw: (work) => person.withdraw(work),
  expire: (work) => {
    sayItEnds(work, 'ended');
    return work.made.state === 'expired' && work.change.events.length > 0;
  },
  reopen: (work) => person.reopen(work),
};

describe('the life of a case', () => {
  it('reaches every state, and knows of no other', () => {
    assert.deepEqual([...reached.keys()].toSorted(), [...CASE_STATES].toSorted());
    assert.ok([...reached.values()].every((steps) => steps <= 5));
  });

  it('has no way that nobody can go: walked with what desks, people, mails and the clock do, each is gone', () => {
    const gone = new Set<string>();
    const seen = new Map([
      ['requested', aCase({ details: { ...aCase().details, contact: PHONE, preferred: [ANY_TIME] } })],
    ]);
    // What is found on the way is walked as well.
    for (const [state, made] of seen)
      for (const what of CASE_STEPS)
        for (const at of [NOW, AFTERWARDS]) {
          const work = beginWork(env, made, at);
          if (!DO[what](work)) continue;
          gone.add(`${state} ${what}`);
          if (!seen.has(work.made.state)) seen.set(work.made.state, work.made);
        }
    const drawn = CASE_STATES.flatMap((state) =>
      CASE_STEPS.filter((what) => afterStep(state, what)).map((what) => `${state} ${what}`),
    );
    assert.deepEqual([...gone].toSorted(), drawn.toSorted());
  });

  it('can be ended from every open state by the person and by the desk', () => {
    for (const state of CASE_STATES.filter((one) => !isOver(one))) {
      assert.equal(afterStep(state, 'withdraw'), 'withdrawn', state);
      assert.equal(afterStep(state, 'close'), 'closed', state);
      assert.equal(afterStep(state, 'refuse'), 'refused', state);
      assert.equal(afterStep(state, 'expire'), 'expired', state);
    }
  });

  it('goes on from what is over only where somebody asks for it', () => {
    const ways = (state: CaseLifeState): CaseStep[] => CASE_STEPS.filter((what) => afterStep(state, what));
    assert.deepEqual(ways('refused'), []);
    assert.deepEqual(ways('forwarded'), []);
    assert.deepEqual(ways('withdrawn'), []);
    assert.deepEqual(ways('closed'), ['reopen']);
    assert.deepEqual(ways('expired').toSorted(), ['propose', 'reopen', 'settle', 'take', 'withdraw']);
  });

  it('never takes back what a desk did because of a mail', () => {
    for (const state of CASE_STATES.filter((one) => !['requested', 'delivered', 'undeliverable'].includes(one))) {
      assert.equal(afterStep(state, 'sent'), undefined, state);
      assert.equal(afterStep(state, 'fail'), undefined, state);
    }
  });

  it('is drawn in the docs as it is', () => {
    const drawn = readFileSync(new URL('../docs/flows/case.md', import.meta.url), 'utf8');
    for (const state of CASE_STATES) assert.ok(drawn.includes(state), state);
  });
});
