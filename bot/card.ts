// The result: why, who, how to reach them, when they are open, how fresh that is. As text and as a card.
// Which desks they are was decided by desks.ts; how a channel lays the card out is left to that channel.
import { areaOf } from '../flows/walk.ts';
import type { Arrival } from '../flows/walk.ts';
import type { Answer, ComuneId, Need } from '../flows/types.ts';
import { namedAreas, namedNeeds, valuesOf } from './answers.ts';
import { offersFollow } from './cases/may-forward.ts';
import { listed } from './list-marks.ts';
import type { Card, Choice, Link } from './message.ts';
import type { Desk, Phone } from './ports.ts';
import type { Destination } from './desks.ts';
import { deskLines } from './desk-lines.ts';
import { corrections } from './doubt.ts';
import { answerInWords } from './prompt.ts';
import { noteCard, offersSheet } from './sheet/shown.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { urgentFirst } from './urgent-first.ts';

/** Answers that explain nothing by themselves. */
const NOT_REASONS = ['triage.areas', 'triage.several'];

export function showCard(talk: Talk, arrival: Arrival, comune: ComuneId, to: Destination, notes: string[]): void {
  noteCard(talk, arrival, comune);
  const card = buildCard(talk, arrival, comune, to, notes);
  reply(talk, cardText(talk, card, to, comune), {
    kind: 'card',
    card,
    links: linksOf(talk, card),
    choices: resultChoices(talk, arrival, to),
  });
}

function resultChoices(talk: Talk, arrival: Arrival, to: Destination): Choice[] {
  const follow = offersFollow(talk, arrival) ? ['follow'] : [];
  const sheet = offersSheet(talk) ? ['sheet'] : [];
  // "Ricomincia" is understood everywhere: a list that one takes in at a glance is worth more than its button.
  const ids = [...(to.requestTo ? ['request'] : []), ...follow, ...sheet, 'another', 'change', 'erase'];
  const own = ids.map((id) => ({ id: `result.${id}`, label: say(talk)(`result:${id}`) }));
  return [...own, ...corrections(talk, 'result', own.length)];
}

/** The answers that decided, with the choice that reopens each: every need with its details, most urgent first, then the rest. */
export function reasonsOf(talk: Talk, trail: readonly string[]): { label: string; choice: string }[] {
  const { answers } = talk.state;
  const areas = namedAreas(answers);
  const needs = namedNeeds(answers).filter((need) => areas.includes(areaOf(need)) || isBeside(answers, need));
  const ofNeeds = urgentFirst(needs, answers).flatMap((need) => ofNeed(talk, need, trail));
  // Of three areas nothing is asked: what is not known of one is told by its name.
  const unknown = areas.filter((area) => areas.length > 2 && !needs.some((need) => areaOf(need) === area));
  const rest = trail.filter(
    (question) => !NOT_REASONS.includes(question) && !areas.some((area) => question.startsWith(`${area}.`)),
  );
  return [
    ...ofNeeds,
    ...unknown.map((area) => ({
      label: answerInWords(talk, 'triage.several', [area]),
      choice: 'change.triage.several',
    })),
    ...rest.flatMap((question) => reason(talk, question)),
  ];
}

function ofNeed(talk: Talk, need: Need, trail: readonly string[]): { label: string; choice: string }[] {
  const area = areaOf(need);
  if (isBeside(talk.state.answers, need))
    return [{ label: answerInWords(talk, `${area}.need`, [need]), choice: `change.also.${need}` }];
  // Of three areas nothing was asked: what the words told of each is not on the trail.
  const passed = trail.includes(`${area}.need`) ? trail : talk.state.answers.map(({ question }) => question);
  const details = passed.filter((question) => question.startsWith(`${area}.`) && question !== `${area}.need`);
  return [`${area}.need`, ...details].flatMap((question) => reason(talk, question));
}

/** A need that stands beside the main one of its area. */
function isBeside(answers: readonly Answer[], need: Need): boolean {
  return valuesOf(answers, `${areaOf(need)}.need`).at(-1) !== need;
}

function reason(talk: Talk, question: string): { label: string; choice: string }[] {
  const values = valuesOf(talk.state.answers, question);
  return values.length > 0 ? [{ label: answerInWords(talk, question, values), choice: `change.${question}` }] : [];
}

function buildCard(
  talk: Talk,
  arrival: Arrival,
  comune: ComuneId,
  { primary, also, near }: Destination,
  notes: string[],
): Card {
  const words = say(talk);
  const lines = deskLines(talk, primary, comune);
  const key = `services:${primary.service}`;
  const how = [
    ...notes,
    ...(primary.fallback ? [words('result:through_switchboard')] : []),
    ...(lines.appointment ? [lines.appointment] : []),
    ...(talk.env.words.has(`${key}.how`) ? [words(`${key}.how`)] : []),
    ...(near ? [words('result:near', { name: near.name })] : []),
  ];
  return {
    title: lines.name,
    desk: primary.id,
    organization: primary.organization,
    what: words(`${key}.what`),
    reasons: reasonsOf(talk, arrival.trail),
    phones: lines.phones.map(toPhone),
    ...(primary.email ? { email: { shown: primary.email.value, url: `mailto:${primary.email.value}` } } : {}),
    ...(primary.address && primary.mapUrl ? { address: { shown: primary.address.value, mapUrl: primary.mapUrl } } : {}),
    ...(lines.hours ? { hours: lines.hours } : {}),
    ...(lines.opening ? { opening: lines.opening } : {}),
    bring: talk.env.words.list(talk.state.language, `${key}.bring`),
    how,
    freshness: lines.freshness,
    ...(lines.stale ? { stale: true } : {}),
    also: also.map((desk) => alsoLine(talk, desk, comune)),
  };
}

function alsoLine(talk: Talk, desk: Desk, comune: ComuneId): Card['also'][number] {
  const words = say(talk);
  const lines = deskLines(talk, desk, comune);
  const where =
    desk.phones.length === 0 && desk.address ? words('result:address', { address: desk.address.value }) : '';
  const through = desk.fallback ? words('result:switchboard') : '';
  const parts = [
    words(`services:${desk.service}.what`),
    through,
    where,
    lines.hours ?? '',
    lines.opening ?? '',
    lines.appointment ?? '',
    lines.stale ? lines.freshness : '',
  ];
  const phone = lines.phones[0];
  return {
    name: lines.name,
    desk: desk.id,
    line: parts.filter((part) => part !== '').join(' '),
    ...(phone ? { phone: toPhone(phone) } : {}),
  };
}

function cardText(talk: Talk, card: Card, to: Destination, comune: ComuneId): string {
  const words = say(talk);
  const address = to.primary.address?.value;
  const reasons = card.reasons.map(({ label }) => label);
  const blocks = [
    [card.title, card.what],
    [
      ...card.phones.map(({ shown }) => words('result:phone', { phone: shown })),
      ...(card.hours ? [card.hours] : []),
      ...(card.opening ? [card.opening] : []),
      ...(card.email ? [words('result:email', { email: card.email.shown })] : []),
      ...(address ? [words('result:address', { address })] : []),
    ],
    card.bring.length > 0 ? [words('result:bring', { list: listed(card.bring, talk.state.language, 'group') })] : [],
    card.how.length > 0 ? [words('result:how'), ...card.how.map((line) => `• ${line}`)] : [],
    card.also.length > 0 ? [words('result:also'), ...card.also.map((one) => `• ${alsoText(talk, one)}`)] : [],
    [words('result:why', { list: listed(reasons, talk.state.language, 'group') }), card.freshness],
    to.requestTo || to.primary.service !== talk.env.directory.desks('segretariato', comune)[0]?.service
      ? []
      : [words('result:no_inbox')],
  ];
  return blocks
    .map((lines) => lines.join('\n'))
    .filter((block) => block !== '')
    .join('\n\n');
}

function alsoText(talk: Talk, also: Card['also'][number]): string {
  const name = listed([also.name, ...(also.phone ? [also.phone.shown] : [])], talk.state.language, 'part');
  return say(talk)('result:also_line', { name, what: also.line });
}

function linksOf(talk: Talk, card: Card): Link[] {
  const words = say(talk);
  const numbers = [...card.phones, ...card.also.flatMap((also) => also.phone ?? [])];
  return [
    ...numbers.map(({ shown, url }) => ({ label: words('result:call', { phone: shown }), url })),
    ...(card.email ? [{ label: words('result:write', { email: card.email.shown }), url: card.email.url }] : []),
    ...(card.address ? [{ label: words('result:map'), url: card.address.mapUrl }] : []),
  ];
}

function toPhone({ shown, uri }: Phone): { shown: string; url: string } {
  return { shown, url: uri };
}
