// Puts right what was understood: an answer to the splitting question, "no, it is the rent", "you got me wrong".
// Which buttons say so is left to split.ts and doubt.ts; what they change to the answers.
import { NEEDS } from '../flows/types.ts';
import type { Need } from '../flows/types.ts';
import { areaOf, walk } from '../flows/walk.ts';
import { namedAreas, namedNeeds, withTheseNeeds } from './answers.ts';
import { doubts } from './doubt.ts';
import { allOf, isPhrase, namedByWords, numbersNamed, plain } from './options.ts';
import { openRequest, proceed, showChange } from './proceed.ts';
import { mergeRest, openSplit } from './split.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { gather } from './unclear.ts';
import { inWords, understoodLine } from './understood.ts';

const ALL: Need[] = Object.values(NEEDS).flat();
/** So few words name a need by one of its words alone. */
const FEW = 6;
/** "No, l'affitto": so few words after a "no" are what it is instead. */
const BARE = 3;

/** A button of the splitting question, by what follows `split.`. False when it is not being asked. */
export function chooseSplit(talk: Talk, option: string): boolean {
  const { split } = talk.state;
  if (!split || !waits(talk)) return false;
  const need = split.needs.find((one) => one === option);
  if (need) takeSplit(talk, [need]);
  else if (option === 'other') noneOfThem(talk);
  else return false;
  return true;
}

/** Words at the splitting question. False where they speak of something else. */
export function tellSplit(talk: Talk, text: string): boolean {
  const { decoded, state } = talk;
  if (!state.split || !waits(talk)) return false;
  const { needs } = state.split;
  const { words } = talk.env;
  const said = plain(text);
  const byNumber = numbersNamed(text, needs.length);
  if (byNumber.length > 0) return took(talk, pick(needs, byNumber));
  if (isPhrase(said, 'no', words) || isWrong(talk, said)) return !state.floor && noneOfThem(talk);
  const claimed = decoded?.need ? [decoded.need, ...decoded.otherNeeds] : [];
  const named = said.split(' ').length <= FEW ? pick(needs, namedByWords(text, shortNames(talk, needs), words)) : [];
  if (named.length === 0)
    return claimed.length > 0 && claimed.every((need) => needs.includes(need)) && took(talk, claimed);
  const [first = ''] = said.split(' ');
  if (!isPhrase(first, 'neither', words)) return took(talk, named);
  const others = needs.filter((need) => !named.includes(need));
  return others.length === 1 ? took(talk, others) : noneOfThem(talk);
}

/** A button beside a question, by what follows `correct.`. False when it no longer stands there. */
export function chooseCorrection(talk: Talk, option: string): boolean {
  const { doubt, asking } = talk.state;
  const at = asking.kind === 'flow' ? asking.question : asking.kind;
  if (!doubt || doubt.at === undefined || !doubts(talk, at)) return false;
  const only = doubt.needs.find((need) => `only.${need}` === option);
  const right = doubt.next.find((need) => need === option);
  if (!only && !right && option !== 'other') return false;
  if (only)
    correct(
      talk,
      doubt.needs.filter((need) => need !== only),
      [],
    );
  else correct(talk, doubt.needs, right ? [right] : []);
  return true;
}

/** "No, è per l'affitto", "hai capito male". False where the words correct nothing. */
export function tellCorrection(talk: Talk, text: string): boolean {
  const { state, env } = talk;
  const named = namedNeeds(state.answers);
  if (named.length === 0 && namedAreas(state.answers).length === 0) return false;
  const said = plain(text);
  const { asking } = state;
  const bareNo =
    isPhrase(said, 'no', env.words) &&
    asking.kind === 'flow' &&
    state.doubt?.at !== undefined &&
    doubts(talk, asking.question);
  const wrong = bareNo || isWrong(talk, said);
  const right = insteadOf(talk, said, named, wrong);
  // Whoever is in danger takes nothing of it back with a word: another need may be named, the numbers stay.
  if (right.length === 0 && (!wrong || state.floor)) return false;
  if (right.length === 0 && (state.request || (named.length > 1 && !state.doubt))) return showChange(talk);
  const meant = state.doubt?.needs.filter((need) => named.includes(need)) ?? [];
  const denied = pick(named, namedByWords(text, shortNames(talk, named), env.words));
  correct(talk, [denied, meant, named].find((needs) => needs.length > 0) ?? [], right);
  return true;
}

/** What the words say it is instead: by the name of a need, else as the decoder reads it. */
function insteadOf(talk: Talk, said: string, named: readonly Need[], wrong: boolean): Need[] {
  const { words } = talk.env;
  const others = ALL.filter((need) => !named.includes(need));
  const byName = (text: string): Need[] => pick(others, namedByWords(text, shortNames(talk, others), words));
  const openers = [...allOf('instead', words), ...allOf('wrong', words)];
  const opener = opening(said, openers);
  const clear = wrong || opener !== undefined;
  const denies = namedByWords(said, shortNames(talk, named), words).length > 0;
  const [first = '', ...rest] = said.split(' ');
  const bare = isPhrase(first, 'no', words) && rest.length <= BARE;
  if (denies && isPhrase(first, 'neither', words)) return byName(said);
  if (bare && !clear) return byName(rest.join(' '));
  if (!clear) return [];
  const found = byName(opener === undefined ? said : said.slice(opener.length));
  if (found.length > 0 || !talk.decoded?.need) return found;
  return [talk.decoded.need, ...talk.decoded.otherNeeds].filter((need) => !named.includes(need));
}

function correct(talk: Talk, wrong: readonly Need[], right: readonly Need[]): void {
  const { state } = talk;
  const named = namedNeeds(state.answers);
  const needs = [...named.filter((need) => !wrong.includes(need)), ...right];
  const closed = [...wrong, ...named].map(areaOf);
  const open = named.length === 0 ? [] : namedAreas(state.answers).filter((area) => !closed.includes(area));
  const told = state.doubt?.told ?? null;
  const [corrected] = right;
  gather(talk, told, { why: 'corrected', said: wrong[0] ?? null, ...(corrected ? { corrected } : {}) });
  if (talk.decoded) mergeRest(talk);
  state.answers = withTheseNeeds(state.answers, needs, open, true);
  state.split = null;
  state.doubt = { needs: [...right], next: [], open: false, told: null };
  state.missed = right.length > 0 || needs.length > 0 ? 0 : 1;
  const words = say(talk);
  const line = needs.length > 0 ? words('unsure:corrected', { needs: inWords(talk, needs) }) : words('unsure:misread');
  if (state.request) return openRequest(talk);
  if (needs.length === 0) openSplit(talk, wrong);
  proceed(talk, line);
}

function took(talk: Talk, chosen: readonly Need[]): true {
  mergeRest(talk);
  takeSplit(talk, chosen);
  return true;
}

function takeSplit(talk: Talk, chosen: readonly Need[]): void {
  const { state } = talk;
  const before = namedNeeds(state.answers);
  const told = state.split?.told ?? null;
  const asked = state.split?.at.split('.')[0];
  const open = namedAreas(state.answers).filter((area) => area !== asked);
  const [corrected] = chosen;
  gather(talk, told, { why: 'not_understood', said: null, ...(corrected ? { corrected } : {}) });
  state.answers = withTheseNeeds(state.answers, [...before, ...chosen], open, true);
  state.split = null;
  state.doubt = { needs: [...chosen], next: [], open: false, told: null };
  state.missed = 0;
  proceed(talk, understoodLine(talk, before));
}

/** Other words made clear what the splitting question was about. */
export function settleSplit(talk: Talk, corrected: Need): void {
  gather(talk, talk.state.split?.told ?? null, { why: 'not_understood', said: null, corrected });
  talk.state.split = null;
}

/** "Altro": the usual question comes instead. */
function noneOfThem(talk: Talk): true {
  const { state } = talk;
  gather(talk, state.split?.told ?? null, { why: 'not_understood', said: null });
  state.split = null;
  state.missed = 1;
  proceed(talk);
  return true;
}

function waits({ state }: Talk): boolean {
  const road = walk(state.answers);
  return !road.arrived && !state.request && road.question.id === state.split?.at;
}

function isWrong(talk: Talk, said: string): boolean {
  return opening(said, allOf('wrong', talk.env.words)) !== undefined;
}

/** The longest of these phrases that the text begins with. */
function opening(said: string, phrases: readonly string[]): string | undefined {
  const found = phrases.map(plain).filter((phrase) => said === phrase || said.startsWith(`${phrase} `));
  return found.toSorted((a, b) => b.length - a.length)[0];
}

/** In every language spoken here: people mix them. */
function shortNames({ env }: Talk, needs: readonly Need[]): string[] {
  return needs.map((need) => env.words.languages.map((lang) => env.words.say(lang)(`unsure:short.${need}`)).join(' '));
}

function pick(needs: readonly Need[], places: readonly number[]): Need[] {
  return places.flatMap((place) => needs[place] ?? []);
}
