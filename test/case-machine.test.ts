// The life of a case as a graph: every state can be reached and left as it should be, and nothing that is over goes on by itself.
// What each step causes is left to the tests of the steps, how it reads to the transcripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { getShortestPaths } from 'xstate/graph';
import { CASE_STATES, CASE_STEPS, afterStep, caseLife, isOver } from '../flows/case.ts';
import type { CaseLifeState, CaseStep } from '../flows/case.ts';

const events = CASE_STEPS.map((type) => ({ type }));
const paths = getShortestPaths(caseLife, { events });
const reached = new Map(paths.map(({ state, steps }) => [String(state.value), steps.length]));

describe('the life of a case', () => {
  it('reaches every state, and knows of no other', () => {
    assert.deepEqual([...reached.keys()].toSorted(), [...CASE_STATES].toSorted());
    assert.ok([...reached.values()].every((steps) => steps <= 5));
  });

  it('uses every step somewhere', () => {
    for (const step of CASE_STEPS)
      assert.ok(
        CASE_STATES.some((state) => afterStep(state, step)),
        step,
      );
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
    const ways = (state: CaseLifeState): CaseStep[] => CASE_STEPS.filter((step) => afterStep(state, step));
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
