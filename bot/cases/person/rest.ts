// Back from what was asked about a request to where the talk was: the question of the flow, the request under way, the card.
// What is said about the request is left to the files beside.
import { walk } from '../../../flows/walk.ts';
import type { Reply } from '../../message.ts';
import { proceed } from '../../proceed.ts';
import { reply } from '../../talk.ts';
import type { Talk } from '../../talk.ts';

/** No longer waits for words about a request. Says nothing. */
export function settle(talk: Talk): void {
  const { kind } = talk.state.asking;
  if (kind !== 'case' && kind !== 'confirm') return;
  const road = walk(talk.state.answers);
  talk.state.asking = road.arrived ? { kind: 'result' } : { kind: 'flow', question: road.question.id };
}

/** Says it, and asks again what was being asked before, if something was. */
export function finish(talk: Talk, text: string, extra: Partial<Reply> = {}): void {
  reply(talk, text, extra);
  goOn(talk);
}

/** Asks again what was being asked before what was said last, if something was. */
export function goOn(talk: Talk): void {
  settle(talk);
  const { answers, request } = talk.state;
  const halfWay = !walk(answers).arrived && answers.some(({ by }) => by !== 'page');
  if (request || halfWay) proceed(talk);
}
