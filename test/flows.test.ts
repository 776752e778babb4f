// Each flow machine as a graph: every state can be reached, every leaf says who helps, old answers still find their way.
// Whole roads are left to roads.test.ts, the words to catalogue.test.ts.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { getShortestPaths } from 'xstate/graph';
import { drawFlows } from '../bot/draw-flows.ts';
import { newState, readState } from '../bot/state.ts';
import { loadWords } from '../bot/words.ts';
import { FLOWS } from '../flows/index.ts';
import type { FlowId, Machine } from '../flows/index.ts';
import type { Choose, FlowInput, FlowMeta } from '../flows/setup.ts';
import { AREAS, NEEDS, SERVICES } from '../flows/types.ts';
import type { Answer } from '../flows/types.ts';
import { referralOf, walk } from '../flows/walk.ts';

const FLOW_IDS = Object.keys(FLOWS).filter((id): id is FlowId => id in FLOWS);
const FACTS = ['ask_followed', 'ask_for_whom', 'sensitive', 'client', 'relative', 'role', 'told'];
/** Of a request to the Punto Insieme: after violence none of it is asked. */
const FORM = ['punto_insieme', 'ask_age', 'hospital'];
const needs = Object.values(NEEDS).flat();
/** Only words answer it. */
const TOLD = ['relational.man'];
/** With room for questions and without; with each fact alone, with none, with all; with what only words tell, and without. */
const INPUTS: FlowInput[] = [0, 9].flatMap((asked) =>
  [[], ...FACTS.map((fact) => [fact]), FACTS, FORM].flatMap((facts) =>
    [[], TOLD].map((known) => ({ asked, pending: 0, known, facts })),
  ),
);

interface Drawn {
  type: string;
  ownEvents: readonly string[];
  always?: readonly unknown[] | undefined;
  meta?: FlowMeta;
}

function statesOf(machine: Machine): Record<string, Drawn> {
  return { ...machine.root.states };
}

function reached(machine: Machine, input: FlowInput): Set<string> {
  const types = Object.values(statesOf(machine)).flatMap(({ ownEvents }) => ownEvents);
  const events = [...new Set(types)].flatMap((type) =>
    (['person', 'words'] as const).map((by): Choose => ({ type: `choose.${type.replace('choose.', '')}`, by })),
  );
  const paths = getShortestPaths(machine, { events, input, stopWhen: (state) => state.status === 'done' });
  return new Set(paths.map(({ state }) => String(state.value)));
}

for (const id of FLOW_IDS)
  describe(`the flow ${id}`, () => {
    const machine: Machine = FLOWS[id];
    const states = Object.entries(statesOf(machine));
    const leaves = states.filter(([, node]) => node.type === 'final');

    it('reaches every state', () => {
      const found = new Set(INPUTS.flatMap((input) => [...reached(machine, input)]));
      const waiting = states.filter(([, node]) => (node.always ?? []).length === 0).map(([name]) => name);
      assert.deepEqual(
        waiting.filter((name) => !found.has(name)),
        [],
      );
    });

    it('comes to an end whatever the budget', () => {
      const ends = leaves.map(([name]) => name);
      for (const input of INPUTS) assert.ok([...reached(machine, input)].some((name) => ends.includes(name)));
    });

    it('has a question with at least two answers, or an open one, in every state that waits', () => {
      for (const [name, node] of states.filter(([, one]) => one.type !== 'final' && (one.always ?? []).length === 0))
        assert.ok(node.ownEvents.length > 1 || node.meta?.asks !== 'choice', name);
    });

    if (AREAS.some((area) => area === id))
      it('says at every leaf who can help', () => {
        for (const [name, { meta }] of leaves) {
          assert.ok(meta?.referral && meta.referral.services.length > 0, name);
          for (const service of meta.referral.services) assert.ok(SERVICES.includes(service), `${name}: ${service}`);
        }
      });
  });

describe('the needs', () => {
  for (const need of needs)
    it(`${need} has a leaf, also by itself`, () => {
      const leaves = AREAS.flatMap((area) => Object.values(statesOf(FLOWS[area])));
      assert.ok(leaves.some(({ meta }) => meta?.referral?.need === need));
      assert.equal(referralOf(need).need, need);
    });
});

describe('the diagrams of docs/flows', () => {
  const folder = new URL('../docs/flows/', import.meta.url);
  const drawn = drawFlows(loadWords());

  it('are one for each flow', () => {
    assert.deepEqual(readdirSync(folder).toSorted(), [...drawn.keys()].toSorted());
  });

  for (const [name, text] of drawn)
    it(`${name} is what npm run flows:draw writes`, () => {
      assert.equal(readFileSync(new URL(name, folder), 'utf8'), text);
    });
});

describe('old answers', () => {
  const question = (...answers: [string, ...string[]][]): string | undefined => {
    const step = walk(answers.map(([id, ...values]): Answer => ({ question: id, values, by: 'person' })));
    return step.arrived ? undefined : step.question.id;
  };

  it('to a question that is gone are passed over', () => {
    assert.equal(question(['economic.gone', 'yes'], ['triage.areas', 'economic']), 'economic.need');
    assert.equal(question(['gone.at_all', 'x']), 'triage.areas');
  });

  it('with an option that is gone are asked again', () => {
    assert.equal(question(['triage.areas', 'gardening']), 'triage.areas');
    assert.equal(question(['triage.areas', 'economic'], ['economic.need', 'gone']), 'economic.need');
    assert.equal(
      question(['triage.areas', 'housing'], ['housing.need', 'rent'], ['access.comune', 'atlantis']),
      'access.comune',
    );
    assert.equal(question(['triage.areas']), 'triage.areas');
  });

  it('of another version are kept and replayed', () => {
    const kept = {
      ...newState('it', null),
      flowVersion: 0,
      answers: [{ question: 'triage.areas', values: ['health'], by: 'words' }],
    };
    const state = readState(JSON.parse(JSON.stringify(kept)));
    const step = walk(state?.answers ?? []);
    assert.equal(step.arrived ? '' : step.question.id, 'health.need');
  });

  it('of any shape lead to a question or to an arrival, never to an error', () => {
    const real = FLOW_IDS.flatMap((id) =>
      Object.entries(statesOf(FLOWS[id])).flatMap(([state, { ownEvents }]) =>
        ownEvents.map((type) => ({ question: `${id}.${state}`, value: type.replace('choose.', '') })),
      ),
    );
    const by = fc.constantFrom('person' as const, 'words' as const, 'page' as const);
    const once = fc.constantFrom(...real).map(({ question, value }) => ({ question, values: [value] }));
    const odd = fc.record({
      question: fc.oneof(fc.constantFrom('triage.also', ...real.map(({ question }) => question)), fc.string()),
      values: fc.array(fc.oneof(fc.constantFrom(...real.map(({ value }) => value)), fc.string()), { maxLength: 4 }),
    });
    const answer = fc
      .tuple(fc.oneof({ weight: 3, arbitrary: once }, odd), by)
      .map(([one, who]) => ({ ...one, by: who }));
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 40 }), (answers) => {
        const step = walk(answers);
        assert.ok(step.arrived || step.question.options.length > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('that chose several areas and named none are asked again', () => {
    const step = question(['triage.areas', 'several'], ['triage.several', 'done']);
    assert.equal(step, 'triage.several');
  });
});

describe('violence', () => {
  const violence = (...more: Answer[]): string[] => {
    const named = { question: 'relational.need', values: ['violence'], by: 'words' } as const;
    const area = { question: 'triage.areas', values: ['relational'], by: 'words' } as const;
    const at = { question: 'access.comune', values: ['lucca'], by: 'page' } as const;
    const step = walk([area, named, at, ...more].map((one) => ({ ...one, values: [...one.values] })));
    return step.arrived ? step.arrival.referrals.flatMap(({ services }) => services) : [step.question.id];
  };
  const man = (value: string): Answer => ({ question: 'relational.man', values: [value], by: 'words' });

  it('is sent to the centre for women, and nobody is asked who they are', () => {
    assert.equal(violence()[0], 'anti_violence_centre');
    assert.deepEqual(violence(man('no')), violence());
  });

  it('of a man is sent to who answers men, and to no centre for women', () => {
    assert.deepEqual(violence(man('yes')), ['violence_1522', 'segretariato', 'emergency_112']);
    assert.deepEqual(referralOf('violence', [man('yes')]).services, violence(man('yes')));
  });
});
