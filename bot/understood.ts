// Says back in one line what was understood, so that a mistake is seen at once and can be put right.
// What was understood is left to the decoder and answers.ts.
import { COMUNI } from '../flows/types.ts';
import type { Need } from '../flows/types.ts';
import { namedNeeds, valuesOf } from './answers.ts';
import { listed } from './list-marks.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { urgentFirst } from './urgent-first.ts';

/** Empty where nothing new was understood of the need or the place. */
export function understoodLine(talk: Talk, needsBefore: readonly Need[]): string {
  const words = say(talk);
  const needs = namedNeeds(talk.state.answers);
  const fresh = needs.filter((need) => !needsBefore.includes(need));
  const comune = COMUNI.find((id) => id === valuesOf(talk.state.answers, 'access.comune')[0]);
  const name = comune && talk.env.directory.comune(comune).name;
  if (fresh.length === 0) return name && talk.decoded?.comune === comune ? placeLine(talk, name, needsBefore) : '';
  const warm = warmth(talk, fresh);
  const end = talk.state.doubt?.open ? ` ${words('unsure:correct_me')}` : '';
  if (needs.length > 1) return warm + words('common:understood_several', { needs: inWords(talk, needs) }) + end;
  const spoken = inWords(talk, fresh);
  if (name && talk.decoded?.comune === comune)
    return words('common:understood_comune', { needs: spoken, comune: name }) + end;
  return warm + words('common:understood', { needs: spoken }) + end;
}

/** A frazione as the very first word is said back with its comune: whoever lives there may not know that it is the same. */
function placeLine(talk: Talk, comune: string, needsBefore: readonly Need[]): string {
  const place = talk.decoded?.place;
  if (needsBefore.length > 0 || place === undefined || place === comune)
    return say(talk)('common:changed', { what: comune });
  return say(talk)('common:place', { place, comune });
}

/** "lo sfratto, le bollette e i debiti": the most urgent first. */
export function inWords(talk: Talk, needs: readonly Need[]): string {
  const words = say(talk);
  return together(
    talk,
    urgentFirst(needs, talk.state.answers).map((need) => words(`needs:${need}`)),
  );
}

function together(talk: Talk, parts: string[]): string {
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  return say(talk)('common:list_and', { list: listed(parts.slice(0, -1), talk.state.language, 'part'), last });
}

/** A human word for what weighs most, before the list of what was understood. */
function warmth(talk: Talk, needs: readonly Need[]): string {
  const heavy = urgentFirst(needs, talk.state.answers).find((need) => talk.env.words.has(`needs:ack.${need}`));
  return heavy ? `${say(talk)(`needs:ack.${heavy}`)} ` : '';
}
