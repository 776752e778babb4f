// What the bot says when it has not understood: asks what the words may mean, then again, then with an example, then
// hands over to a person. Counting starts again at the first thing it does understand.
import { COMUNI } from '../flows/types.ts';
import { walk } from '../flows/walk.ts';
import { valuesOf } from './answers.ts';
import { actions } from './cases/person/status.ts';
import { offerHuman } from './human.ts';
import type { Choice } from './message.ts';
import { proceed } from './proceed.ts';
import { withCorrections } from './prompt.ts';
import { continueRequest } from './request-steps.ts';
import { openSplit } from './split.ts';
import { reply, say, sentCases } from './talk.ts';
import type { Talk } from './talk.ts';
import { gather, toldNow } from './unclear.ts';

/** So many misunderstandings in a row lead to a person. */
const ENOUGH = 3;

export function misunderstood(talk: Talk): void {
  const { state } = talk;
  const words = say(talk);
  // Somebody in danger is never told that they were not understood.
  if (state.floor)
    return reply(talk, words(state.floor.hit.minorWrites ? 'common:listening_minor' : 'common:listening'), {
      choices: [],
    });
  state.missed += 1;
  // What an earlier question did not make clear has fallen through.
  fellThrough(talk, state.split?.told ?? null);
  if (state.missed < ENOUGH && splitInstead(talk)) return;
  state.split = null;
  fellThrough(talk, toldNow(talk));
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
  if (road.arrived) return reply(talk, `${sorry} ${words('result:anything_else')}`, { choices: ways(talk) });
  const key = `${road.question.flow}:${road.question.state}`;
  const text = `${sorry} ${words(`${key}.ask`)}\n${words(`${key}.again`)}`;
  reply(talk, text, { choices: withCorrections(talk, road.question) });
}

/** What is on offer; where that was nothing, what may be done about the newest request, or another need. */
function ways(talk: Talk): Choice[] {
  if (talk.state.offered.length > 0) return talk.state.offered;
  const [newest] = sentCases(talk);
  return [...(newest ? actions(talk, newest) : []), { id: 'result.another', label: say(talk)('result:another') }];
}

/** Where the words may mean two to four needs, that is asked; a place they name is said back. */
function splitInstead(talk: Talk): boolean {
  const before = valuesOf(talk.state.answers, 'access.comune')[0];
  if (!openSplit(talk)) return false;
  const named = valuesOf(talk.state.answers, 'access.comune')[0];
  const comune = named === before ? undefined : COMUNI.find((id) => id === named);
  const noted = comune && say(talk)('unsure:noted', { what: talk.env.directory.comune(comune).name });
  proceed(talk, noted);
  return true;
}

function fellThrough(talk: Talk, told: ReturnType<typeof toldNow>): void {
  gather(talk, told, { why: 'not_understood', said: null });
}
