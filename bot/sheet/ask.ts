// "Voglio il foglio": the card of the talk on paper, under a code, made only when it is asked for.
// What stands on it is left to view.ts, showing it to adapters/web/paper.
import { dayWords } from '../mail/dates.ts';
import type { Choice, Link } from '../message.ts';
import { proceed } from '../proceed.ts';
import { reply, say } from '../talk.ts';
import type { Talk } from '../talk.ts';
import { showSheetCode } from './code.ts';
import { isDelicate, ofAnswers } from './shown.ts';

const DAY = 86_400_000;
const DAYS = 30;
/** A code that still holds so long is given again. */
const SOON = 7 * DAY;

/** Made at once; where paper may put the person at risk, asked first. */
export function askSheet(talk: Talk): void {
  const card = talk.state.card ?? ofAnswers(talk);
  if (!card) return proceed(talk, say(talk)('paper:none'));
  talk.state.card = card;
  if (!isDelicate(talk, card)) return giveSheet(talk);
  const words = say(talk);
  talk.state.asking = { kind: 'confirm', what: 'sheet' };
  const choices = [
    { id: 'confirm.sheet.yes', label: words('paper:careful_yes') },
    { id: 'confirm.sheet.no', label: words('paper:careful_no') },
  ];
  reply(talk, words('paper:careful'), { choices });
}

/** Gives the code; then the talk goes on where it was. */
export function giveSheet(talk: Talk): void {
  const { state, env, at } = talk;
  if (!state.card) return proceed(talk, say(talk)('paper:none'));
  const shows = isDelicate(talk, state.card) ? 'comune' : 'card';
  const before = state.card.sheet;
  const holds = before?.shows === shows && Date.parse(before.until) > at.getTime() + SOON;
  const code = holds ? before.code : env.ids.sheet();
  const until = holds ? new Date(before.until) : new Date(at.getTime() + DAYS * DAY);
  if (!holds) {
    talk.sheet = { code, comune: state.card.comune, shows, until };
    state.card = { ...state.card, sheet: { code, until: until.toISOString(), shows } };
  }
  const words = say(talk);
  const values = { code: showSheetCode(code), day: dayWords(until, state.language), page: env.links.spoken('/carta') };
  const links = [{ label: words('paper:open'), url: env.links.page(`/carta/${showSheetCode(code)}`) }];
  tell(talk, words(shows === 'comune' ? 'paper:made_plain' : 'paper:made', values), shows, links);
}

/** Better none: nothing was made. */
export function leaveSheet(talk: Talk): void {
  tell(talk, say(talk)('paper:careful_left'), 'comune', []);
}

/** Says it, and asks again what was being asked, if something was; a card that stands above is not shown again. */
function tell(talk: Talk, text: string, shows: 'card' | 'comune', links: Link[]): void {
  const { state } = talk;
  reply(talk, text, { links, choices: keptChoices(talk, shows) });
  if (state.request !== null || !['result', 'confirm'].includes(state.asking.kind)) return proceed(talk);
  state.asking = { kind: 'result' };
}

/** What was on offer stays so, but for the sheet itself. */
function keptChoices({ state, env }: Talk, shows: 'card' | 'comune'): Choice[] {
  const words = env.words.say(state.language);
  if (shows === 'comune')
    return ['request', 'another', 'erase'].map((id) => ({ id: `result.${id}`, label: words(`result:${id}`) }));
  return state.offered.filter(({ id }) => id !== 'result.sheet');
}
