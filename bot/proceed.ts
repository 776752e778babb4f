// Where the talk goes next: the question the flows wait at, the card they lead to, or the request under way.
// What the person just said has been taken in already; this file only moves on from there.
import { walk } from '../flows/walk.ts';
import type { Arrival } from '../flows/walk.ts';
import type { ComuneId } from '../flows/types.ts';
import { valuesOf, withAnswer } from './answers.ts';
import { reasonsOf, showCard } from './card.ts';
import { followAdvice, offersFollow } from './cases/may-forward.ts';
import { currentDraft, openDraft } from './draft.ts';
import { destinationOf } from './desks.ts';
import { floorFor } from './danger.ts';
import { callLine } from './desk-lines.ts';
import { callLinks, offerHuman, switchboards } from './human.ts';
import type { Desk } from './ports.ts';
import { ask } from './prompt.ts';
import { tellMoved } from './request-move.ts';
import { continueRequest } from './request-steps.ts';
import { askSplit, splits } from './split.ts';
import { reply, say, stale } from './talk.ts';
import type { Talk } from './talk.ts';

const DAY = 86_400_000;
const MOST_REQUESTS = 5;

/** The first words of a conversation, or of a new beginning. */
export function greet(talk: Talk, before?: string): void {
  proceed(talk, greeting(talk, before));
}

export function greeting(talk: Talk, before?: string): string {
  const words = say(talk);
  const comune = talk.state.pageComune;
  const hello = comune
    ? words('common:greeting_comune', { comune: talk.env.directory.comune(comune).name })
    : words('common:greeting');
  const privacy = talk.incoming.channel === 'telegram' && before === undefined ? words('common:telegram_privacy') : '';
  const lines = [before ?? hello, words('common:greeting_danger'), privacy];
  return lines.filter((line) => line !== '').join('\n');
}

/** Says `before`, then whatever comes next, in as few bubbles as can be. */
export function proceed(talk: Talk, before = ''): void {
  // A draft that was forgotten meanwhile is not waited for.
  if (talk.state.request && !currentDraft(talk)) talk.state.request = null;
  if (talk.state.request) return continueRequest(talk, before);
  guessComune(talk);
  const road = walk(talk.state.answers);
  if (!road.arrived) {
    if (floorFor(talk, road.referrals)) return;
    // Whoever lives elsewhere is told at once, whatever the need.
    if (valuesOf(talk.state.answers, 'access.comune')[0] === 'outside') return goodbye(talk, before);
    if (splits(talk, road.question)) return askSplit(talk, before);
    talk.state.split = null;
    return ask(talk, road.question, before);
  }
  talk.state.split = null;
  if (floorFor(talk, road.arrival.referrals)) return;
  arrive(talk, road.arrival, before);
}

/** The answers that led here, each to be changed while the rest stays. */
export function showChange(talk: Talk): true {
  const road = walk(talk.state.answers);
  const trail = road.arrived ? road.arrival.trail : road.trail;
  const choices = reasonsOf(talk, trail).map(({ label, choice }) => ({ id: choice, label }));
  if (choices.length === 0) {
    proceed(talk);
    return true;
  }
  talk.state.asking = { kind: 'change' };
  const back = { id: 'command.continue', label: say(talk)('result:change_back') };
  reply(talk, say(talk)('result:change_which'), { choices: [...choices, back] });
  return true;
}

/** Opens the request for the desk of the card; without a card yet, for the desk that hears everything. */
export function openRequest(talk: Talk): void {
  if (talk.state.noticed.includes('minor')) return noForms(talk);
  let road = walk(talk.state.answers);
  if (!road.arrived && valuesOf(talk.state.answers, 'triage.areas').length === 0) {
    talk.state.answers = withAnswer(talk.state.answers, { question: 'triage.areas', values: ['unsure'], by: 'words' });
    guessComune(talk);
    road = walk(talk.state.answers);
  }
  talk.state.wantsRequest = !road.arrived;
  if (!road.arrived || road.arrival.comune === 'outside') return proceed(talk);
  const { arrival } = road;
  const comune = road.arrival.comune;
  const to = destination(talk, arrival, comune);
  if (!talk.state.request && askedEnough(talk)) return callInstead(talk, to.primary, comune);
  const before = currentDraft(talk);
  const draft = openDraft(talk, arrival, comune, to);
  if (!draft) return proceed(talk, say(talk)('result:no_inbox'));
  talk.state.request = { caseId: draft.id, answers: talk.state.request?.answers ?? [] };
  continueRequest(talk, before ? tellMoved(talk, before, draft) : '');
}

/** Somebody who has the contact wants to be asked how it went. An old button does nothing. */
export function followCard(talk: Talk): void {
  const road = walk(talk.state.answers);
  if (!road.arrived || road.arrival.comune === 'outside' || !offersFollow(talk, road.arrival))
    return stale(talk, proceed);
  const { comune } = road.arrival;
  followAdvice(talk, road.arrival, comune, destination(talk, road.arrival, comune).primary.id);
}

/** Desks get so many requests of one conversation in a day. */
function askedEnough(talk: Talk): boolean {
  const since = talk.at.getTime() - DAY;
  const today = talk.known.filter(({ requestedAt }) => requestedAt !== null && requestedAt.getTime() > since);
  return new Set(today.map(({ code }) => code)).size >= MOST_REQUESTS;
}

function callInstead(talk: Talk, desk: Desk, comune: ComuneId): void {
  talk.state.wantsRequest = false;
  const text = [say(talk)('letter:enough'), callLine(talk, desk, comune)].join('\n');
  reply(talk, text, { links: callLinks(talk, [desk]) });
}

/** A child or a teenager who was in danger is asked for no name and no consent: who to call, and nothing else. */
function noForms(talk: Talk): void {
  talk.state.wantsRequest = false;
  offerHuman(talk, say(talk)('common:human'), [{ id: 'command.continue', label: say(talk)('common:go_on') }]);
}

function arrive(talk: Talk, arrival: Arrival, before: string): void {
  talk.state.asking = { kind: 'result' };
  if (arrival.comune === 'outside') return goodbye(talk, before);
  if (talk.state.wantsRequest) return openRequest(talk);
  const words = say(talk);
  const urgent = arrival.referrals.some(({ urgency, need }) => urgency !== 'none' && need !== 'violence')
    ? words(isOpenNow(talk, arrival, arrival.comune) ? 'result:go_here_now' : 'result:go_here_urgent')
    : '';
  const notes = [...new Set(arrival.referrals.flatMap((referral) => referral.notes))].flatMap((note) =>
    noteText(talk, note),
  );
  const opening = [before, urgent].filter((line) => line !== '').join('\n');
  if (opening !== '') reply(talk, `${opening}\n${words('result:go_here')}`);
  showCard(talk, arrival, arrival.comune, destination(talk, arrival, arrival.comune), notes);
}

/** Whoever the card names first answers at this moment. */
function isOpenNow(talk: Talk, arrival: Arrival, comune: ComuneId): boolean {
  const { primary } = destination(talk, arrival, comune);
  return talk.env.calendar.opening(primary, comune, talk.at)?.open === true;
}

function destination(talk: Talk, arrival: Arrival, comune: ComuneId) {
  return destinationOf(talk.env.directory, arrival, comune, valuesOf(talk.state.answers, 'access.place')[0]);
}

/** Sentences whose fact changes with a law take it from the measures in force that day. */
const BY_MEASURE: Record<string, string[]> = { disability_path: ['disability-path-2026', 'disability-path-2027'] };

function noteText(talk: Talk, note: string): string[] {
  const measures = BY_MEASURE[note];
  const words = say(talk);
  if (!measures) return [words(`notes:${note}`)];
  return measures.filter((id) => talk.env.directory.measure(id, talk.at)).map((id) => words(`measures:${id}`));
}

/** Beyond the seven comuni: who answers there, and the numbers that hold everywhere. */
function goodbye(talk: Talk, before: string): void {
  const words = say(talk);
  const text = [before, words('common:outside'), words('common:outside_numbers'), words('common:outside_here')];
  const choices = [
    { id: 'change.access.comune', label: words('common:outside_change') },
    { id: 'result.restart', label: words('result:restart') },
    { id: 'result.erase', label: words('result:erase') },
  ];
  reply(talk, text.filter((line) => line !== '').join('\n'), { choices });
}

/** The page's comune answers the question until the person says otherwise. */
function guessComune(talk: Talk): void {
  const { pageComune, answers } = talk.state;
  if (pageComune && valuesOf(answers, 'access.comune').length === 0)
    talk.state.answers = withAnswer(answers, { question: 'access.comune', values: [pageComune], by: 'page' });
}

/** What does not belong here: the switchboard knows whom to pass it to. */
export function offTopic(talk: Talk): void {
  const words = say(talk);
  const comune = talk.state.pageComune;
  const all = switchboards(talk);
  const index = comune ? talk.env.directory.comuni().findIndex((one) => one.id === comune) : -1;
  const lines = index < 0 ? all.lines : all.lines.slice(index, index + 1);
  const links = index < 0 ? all.links : all.links.slice(index, index + 1);
  reply(talk, [words('common:off_topic'), ...lines].join('\n'), { links });
  proceed(talk, words('common:off_topic_more'));
}
