// Plays answers through one machine: to the first question without an answer, or to the end.
// Pure. Which machine comes after which is left to walk.ts.
import { initialTransition, transition } from 'xstate';
import type { AnyMachineSnapshot } from 'xstate';
import { FLOWS } from './index.ts';
import type { FlowId, Machine } from './index.ts';
import type { Asks, Choose, FlowInput, FlowMeta } from './setup.ts';
import type { Answer, Referral } from './types.ts';

/** A question that waits for the person. */
export interface Question {
  /** `<flow>.<state>`: the key of its words too. */
  id: string;
  flow: FlowId;
  state: string;
  asks: Asks;
  /** Its options: the edges that lead out of it now, in the order they were written. */
  options: string[];
}

export type Played =
  | { done: false; question: Question; asked: number; trail: string[] }
  | { done: true; state: string; referral: Referral | undefined; asked: number; trail: string[] };

/** `trail` lists the questions passed, in order. An answer that the machine does not know stops it at that question. */
export function play(flow: FlowId, answers: readonly Answer[], input: FlowInput): Played {
  const machine: Machine = FLOWS[flow];
  const trail: string[] = [];
  let [snapshot] = initialTransition(machine, input);
  while (snapshot.status === 'active') {
    const question = questionAt(flow, machine, snapshot);
    const answer = answers.find((candidate) => candidate.question === question.id);
    const next = answer && answerWith(machine, snapshot, answer);
    if (!next) return { done: false, question, asked: snapshot.context.asked, trail };
    trail.push(question.id);
    snapshot = next;
  }
  const state = String(snapshot.value);
  return { done: true, state, referral: metaOf(snapshot).referral, asked: snapshot.context.asked, trail };
}

function answerWith(machine: Machine, from: ReturnType<typeof initialTransition<Machine>>[0], answer: Answer) {
  const start = from.value;
  let snapshot = from;
  for (const value of answer.values) {
    const event: Choose = { type: `choose.${value}`, by: answer.by };
    if (snapshot.value !== start || !snapshot.can(event)) return undefined;
    [snapshot] = transition(machine, snapshot, event);
  }
  return snapshot.value === start ? undefined : snapshot;
}

function questionAt(flow: FlowId, machine: Machine, snapshot: AnyMachineSnapshot): Question {
  const state = String(snapshot.value);
  const events: string[] = machine.root.states[state]?.ownEvents ?? [];
  const options = events
    .filter((type) => snapshot.can({ type, by: 'person' }))
    .map((type) => type.replace('choose.', ''));
  return { id: `${flow}.${state}`, flow, state, asks: metaOf(snapshot).asks ?? 'choice', options };
}

function metaOf(snapshot: AnyMachineSnapshot): FlowMeta {
  return Object.values<FlowMeta>(snapshot.getMeta())[0] ?? {};
}
