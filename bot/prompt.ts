// A question of a flow as a bubble: its words by its state's name, its buttons by its options.
// Which question it is was decided by the flow; what the answer does is left to conversation.ts.
import type { Question } from '../flows/play.ts';
import { corrections } from './doubt.ts';
import type { Choice } from './message.ts';
import { reply, say } from './talk.ts';
import type { Talk, View } from './talk.ts';

/** Options that only words can give have no button. */
const UNSPOKEN = ['given', 'slot'];

export function ask(talk: Talk, question: Question, before = ''): void {
  talk.state.asking = { kind: 'flow', question: question.id };
  const text = [before, questionText(talk, question)].filter((part) => part !== '').join('\n\n');
  reply(talk, text, {
    choices: withCorrections(talk, question),
    ...(question.asks === 'several' ? { multi: true } : {}),
  });
}

/** The question's own buttons and, beside them, those that correct what was just understood. */
export function withCorrections(talk: Talk, question: Question): Choice[] {
  const own = choicesOf(talk, question);
  return [...own, ...corrections(talk, question.id, own.length)];
}

export function choicesOf(talk: Talk, question: Question): Choice[] {
  return question.options
    .filter((option) => !UNSPOKEN.includes(option))
    .map((option) => ({
      id: `${question.id}.${option}`,
      label: say(talk)(`${question.flow}:${question.state}.${option}`),
    }));
}

/** An answer as the person reads it back: "Il comune: Porcari". */
export function answerInWords(talk: Pick<View, 'env' | 'state'>, question: string, values: string[]): string {
  const [flow = '', state = ''] = question.split('.');
  const words = say(talk);
  const answers = values.filter((value) => value !== 'done').map((value) => words(`${flow}:${state}.${value}`));
  return words('result:reason', { about: words(`${flow}:${state}.about`), answer: answers.join(', ') });
}

function questionText(talk: Talk, question: Question): string {
  const words = say(talk);
  const key = `${question.flow}:${question.state}.ask`;
  if (question.id !== 'access.comune') return words(key);
  if (valueOf(talk, 'housing.need') === 'homelessness') return words('access:comune.ask_nowhere');
  return words(valueOf(talk, 'access.for_whom') === 'relative' ? 'access:comune.ask_other' : key);
}

function valueOf(talk: Talk, question: string): string | undefined {
  return talk.state.answers.find((answer) => answer.question === question)?.values.at(-1);
}
