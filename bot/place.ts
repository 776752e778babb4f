// A place shown on the map, at any moment of the talk: its comune is proposed, never taken for granted.
// Where it lies was found by the channel; the coordinates never come this far.
import { valuesOf } from './answers.ts';
import type { Incoming } from './message.ts';
import { proceed } from './proceed.ts';
import { sentWords } from './sent.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

/** Asks whether that is the comune; the answer is a button `place.…`, which choose.ts takes. */
export function takePlace(talk: Talk, place: NonNullable<Incoming['place']>): void {
  const words = say(talk);
  // Whoever shows where they are while in danger may believe that somebody comes. Nothing else is asked then.
  if (talk.state.floor) return goOn(talk, sentWords(talk, 'place.danger'));
  if (place === 'elsewhere') return goOn(talk, sentWords(talk, 'place.elsewhere'));
  const comune = talk.env.directory.comune(place).name;
  const told = talk.state.answers.find(({ question, by }) => question === 'access.comune' && by !== 'page');
  if (told?.values.at(-1) === place) return goOn(talk, words('sent:place.known', { comune }));
  const other = valuesOf(talk.state.answers, 'access.for_whom')[0] === 'relative';
  reply(talk, other ? words('sent:place.ask_other', { comune }) : sentWords(talk, 'place.ask', { comune }), {
    choices: [
      { id: `place.here.${place}`, label: words('common:yes') },
      { id: 'place.no', label: words('common:no') },
    ],
  });
}

/** Where the talk was; under the card, or under the numbers, without saying it all again. */
function goOn(talk: Talk, text: string): void {
  const { asking, floor, offered } = talk.state;
  if (floor || asking.kind === 'result') return reply(talk, text, { choices: offered });
  proceed(talk, text);
}
