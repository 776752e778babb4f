// Insults: a calm boundary and help offered again; from the third on a pause, with the telephone. Nobody is shut out.
// Words of danger never come here: the floor has answered them.
import { tellsNeed } from './answers.ts';
import { offerHuman } from './human.ts';
import { allOf, plain } from './options.ts';
import { proceed } from './proceed.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

const RUDE = 'rude';
/** Who writes more than this, or tells a need as well, is heard for what they say. */
const SHORT = 8;
/** So many insults lead to a pause. */
const ENOUGH = 3;

/** False where the words are no insult, or say more than that. */
export function calmBoundary(talk: Talk, text: string): boolean {
  const { state, decoded } = talk;
  if (state.floor || (decoded && tellsNeed(decoded)) || !isRude(talk, text)) return false;
  state.noticed.push(RUDE);
  const words = say(talk);
  if (state.noticed.filter((notice) => notice === RUDE).length >= ENOUGH)
    offerHuman(talk, words('common:rude_pause'), [{ id: 'command.continue', label: words('common:go_on') }]);
  else if (state.asking.kind === 'result') reply(talk, words('common:rude'), { choices: state.offered });
  else proceed(talk, words('common:rude'));
  return true;
}

/** At the beginning, or nothing else: "mi dice che sono un'idiota" tells what somebody else says. */
function isRude({ env }: Talk, text: string): boolean {
  const said = plain(text);
  if (said.split(' ').length > SHORT) return false;
  return allOf('rude', env.words)
    .map(plain)
    .some((phrase) => said === phrase || (phrase.includes(' ') && said.startsWith(`${phrase} `)));
}
