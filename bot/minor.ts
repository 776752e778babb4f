// A minor who writes without a danger: who listens to young people, said to them as "tu", before any question for adults.
// A minor in danger was answered by the floor; who counts as one is left to bot/floor/detect.ts.
import { callLine } from './desk-lines.ts';
import { isByMinor } from './floor/detect.ts';
import { floorNumbers } from './floor/answer.ts';
import { callLinks, comuneOf } from './human.ts';
import type { Reply } from './message.ts';
import { plain } from './options.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';

const TOLD = 'minor.told';
/** "Ho 15 anni di contributi" is no age. */
const NO_AGE = /\b(anni|ani) (di|de)\b|\byears of\b/;

/**
 * Answers what a minor wrote, once in full and then as a listener; false where an adult writes, or where the minor chose to
 * go on as adults do. Nothing is asked, and nothing of it is taken for a need.
 */
export function toldMinor(talk: Talk, text: string): boolean {
  const { state } = talk;
  if (state.request || state.floor || state.noticed.includes('minor.goes_on')) return false;
  const known = state.noticed.includes(TOLD);
  if (!known && (!isByMinor(text) || NO_AGE.test(plain(text)))) return false;
  const words = say(talk);
  if (known) {
    reply(talk, words('common:listening_minor'), { choices: [onward(talk)] });
    return true;
  }
  state.noticed.push(TOLD, ...(state.noticed.includes('minor') ? [] : ['minor']));
  talk.replies.push(answer(talk));
  state.offered = talk.replies.at(-1)?.choices ?? [];
  return true;
}

/** They go on as adults do: nothing holds them. */
export function minorGoesOn({ state }: Talk): void {
  if (state.noticed.includes(TOLD) && !state.noticed.includes('minor.goes_on')) state.noticed.push('minor.goes_on');
}

function answer(talk: Talk): Reply {
  const words = say(talk);
  const numbers = floorNumbers({
    hit: { dangers: ['child'], minorWrites: true, child: true },
    at: talk.at,
    language: talk.state.language,
    talkLanguage: talk.state.language,
    directory: talk.env.directory,
    calendar: talk.env.calendar,
    words: talk.env.words,
  });
  const comune = comuneOf(talk);
  const clinics = comune
    ? talk.env.directory.desks('youth_clinic', comune).filter(({ phones }) => phones.length > 0)
    : [];
  const clinic = clinics[0];
  const young = clinic && comune ? [words('case:minor.clinic', { line: callLine(talk, clinic, comune) })] : [];
  return {
    ...numbers,
    text: [words('case:minor.hello'), numbers.text, ...young].join('\n'),
    links: [...numbers.links, ...(clinic ? callLinks(talk, [clinic]) : [])],
    choices: [onward(talk)],
  };
}

function onward(talk: Talk): { id: string; label: string } {
  return { id: 'command.continue', label: say(talk)('floor:continue_minor') };
}
