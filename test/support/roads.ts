// Walks every road through the flows: answers each question with each of its options, until somebody can help.
// What must be true of a road's end is left to the tests.
import type { Question } from '../../flows/play.ts';
import type { Answer } from '../../flows/types.ts';
import { walk } from '../../flows/walk.ts';
import type { Arrival } from '../../flows/walk.ts';

export interface Road {
  answers: Answer[];
  arrival: Arrival;
  /** Bubbles of the bot from the person's first message to the contact, the contact included. */
  turns: number;
}

/** Longer than any road can be: a loop is reported, not walked for ever. */
const TOO_LONG = 12;

/** Every road that begins with these answers, all given by the person's first message. */
export function roadsFrom(first: readonly Answer[], turns = 1): Road[] {
  const step = walk(first);
  if (step.arrived) return [{ answers: [...first], arrival: step.arrival, turns }];
  if (turns > TOO_LONG) throw new Error(`no end: ${JSON.stringify(first)}`);
  return waysOn(step.question).flatMap((values) =>
    roadsFrom([...first, { question: step.question.id, values, by: 'person' }], turns + 1),
  );
}

/** Where several may be chosen: every set of them, closed by `done`. One message, as "1 e 3". */
function waysOn({ asks, options }: Question): string[][] {
  if (options.length === 0) throw new Error('a question without a way on');
  if (asks !== 'several') return options.map((option) => [option]);
  const several = options.filter((option) => option !== 'done');
  const sets = several.reduce<string[][]>((all, one) => [...all, ...all.map((set) => [...set, one])], [[]]);
  return sets.filter((set) => set.length > 0).map((set) => [...set, 'done']);
}

/** The road in one line, for messages. */
export function shown({ answers }: Pick<Road, 'answers'>): string {
  return answers.map(({ question, values }) => `${question}=${values.join('+')}`).join(' ');
}
