// What the bot says when it has not understood: asks again, then with an example, then hands over to a person.
// Counting starts again at the first thing it does understand.
import { walk } from '../flows/walk.ts';
import { offerHuman } from './human.ts';
import { choicesOf } from './prompt.ts';
import { continueRequest } from './request-steps.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

/** So many misunderstandings in a row lead to a person. */
const ENOUGH = 3;

export function misunderstood(talk: Talk): void {
  const { state } = talk;
  const words = say(talk);
  // Somebody in danger is never told that they were not understood.
  if (state.floor) return reply(talk, words('common:listening'), { choices: [] });
  state.missed += 1;
  if (state.missed >= ENOUGH) {
    state.missed = 0;
    return offerHuman(talk, words('common:human_exit'), [{ id: 'command.continue', label: words('common:go_on') }]);
  }
  const sorry = words(state.missed === 1 ? 'common:not_understood' : 'common:not_understood_again');
  if (state.request && state.asking.kind === 'request') {
    const again = words(`${state.asking.question.replace('.', ':')}.again`);
    return continueRequest(talk, `${sorry} ${again}`);
  }
  const road = walk(state.answers);
  if (road.arrived) return reply(talk, `${sorry} ${words('result:anything_else')}`, { choices: state.offered });
  const key = `${road.question.flow}:${road.question.state}`;
  const text = `${sorry} ${words(`${key}.ask`)}\n${words(`${key}.again`)}`;
  reply(talk, text, { choices: choicesOf(talk, road.question) });
}
