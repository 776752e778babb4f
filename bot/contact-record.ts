// One contact per set of needs, for the figures: what a talk is about as it stands, written over at each turn. No words, no name.
// Counting, and hiding what is too few, are left to bot/report; keeping and forgetting to the store.
import type { Answer, Area, ForWhom, Need, Referral } from '../flows/types.ts';
import { areaOf, walk } from '../flows/walk.ts';
import { namedAreas, namedNeeds, valuesOf } from './answers.ts';
import type { Incoming, Reply } from './message.ts';
import type { Contact } from './ports.ts';
import { monthOf } from './report/months.ts';
import { readComune } from './state.ts';
import type { ContactMark, ConversationState } from './state.ts';
import type { Effects, Environment } from './talk.ts';

export interface Recorded {
  before: ConversationState | undefined;
  /** As the turn leaves it. */
  state: ConversationState;
  effects: Effects;
  incoming: Incoming;
  at: Date;
}

/** The furthest a talk got is how it ended. */
const OUTCOMES: Contact['outcome'][] = ['left', 'elsewhere', 'informed', 'danger', 'requested'];

/**
 * What this turn leaves of the talk for the figures, and the mark that the state keeps of it. Nothing where nothing was
 * said yet: an opened page, a greeting, a change of language.
 *
 * A contact belongs to one month of Rome and is never written again after it: a published month cannot change. Decision:
 * after "cancella tutto" the contact under way stays as a count alone (where, by which channel, in which language), without
 * person, need or urgency. Dropping it would say that the service was not used; keeping more would not be an erasure.
 */
export function recordContact(env: Environment, given: Recorded): { mark: ContactMark | null; contact?: Contact } {
  const { before, state, effects, incoming, at } = given;
  const month = monthOf(at);
  const known = before?.contact?.month === month ? before.contact : null;
  if (effects.eraseLog)
    return known && before
      ? { mark: null, contact: onlyCount(contactOf(env, known, before, incoming)) }
      : { mark: null };
  // Begun again (another need, from the start): what was written of the one before stays as it was.
  const kept = state.contact ? known : null;
  const outcome = outcomeOf(given);
  const goesOn = kept !== null && incoming.kind === 'start';
  if (goesOn || (!kept && !saidSomething(given, outcome))) return { mark: kept };
  const floor = state.floor !== null || kept?.danger === true;
  const mark: ContactMark = {
    id: kept?.id ?? env.ids.uuid(),
    month,
    outcome: furthest(kept?.outcome ?? 'left', outcome),
    ...(floor ? { danger: true } : {}),
  };
  return { mark, contact: contactOf(env, mark, state, incoming) };
}

function contactOf(env: Environment, mark: ContactMark, state: ConversationState, incoming: Incoming): Contact {
  const { answers, pageComune, language } = state;
  const first = firstReferral(answers);
  const [comune] = valuesOf(answers, 'access.comune');
  const [followed] = valuesOf(answers, 'access.followed');
  return {
    id: mark.id,
    month: mark.month,
    person: digestOf(env, mark.month, incoming),
    channel: incoming.channel,
    language,
    comune: comune === 'outside' ? 'outside' : (readComune(comune) ?? pageComune),
    area: first?.area ?? null,
    need: first?.need ?? null,
    urgency: mark.danger ? 'emergency' : (first?.urgency ?? 'none'),
    forWhom: FOR_WHOM.find((one) => one === valuesOf(answers, 'access.for_whom')[0]) ?? null,
    followed: followed === 'first' || followed === 'followed' ? followed : null,
    outcome: mark.outcome,
  };
}

const FOR_WHOM: ForWhom[] = ['self', 'relative', 'client'];

/** Of a month alone: the digest of one month tells nothing of the next. Without the server's secret it cannot be made again. */
function digestOf({ links }: Environment, month: string, { channel, person, conversationId }: Incoming): string {
  const sealed = links.seal(`contact ${month}`, `${channel}|${person ?? conversationId}`);
  return sealed.split('.')[1] ?? '';
}

/**
 * Two letters (one of 4096) that tell the persons of one month's requests apart, for the trail of a request. Too short to
 * find anybody again; two persons who share it count as one, so that a group only looks smaller than it is.
 */
export function requestTag({ links }: Environment, at: Date, { channel, person, conversationId }: Incoming): string {
  const sealed = links.seal(`request ${monthOf(at)}`, `${channel}|${person ?? conversationId}`);
  return (sealed.split('.')[1] ?? '').slice(0, 2);
}

function onlyCount(contact: Contact): Contact {
  return { ...contact, person: '', area: null, need: null, urgency: 'none', forWhom: null, followed: null };
}

/** What the talk is about first: where the road leads, else what has been named so far. */
function firstReferral(
  answers: readonly Answer[],
): { area: Area | 'unclear'; need: Need | 'unclear'; urgency: Referral['urgency'] } | undefined {
  const road = walk(answers);
  const [found] = road.arrived ? road.arrival.referrals : road.referrals;
  if (found) return found;
  const [need] = namedNeeds(answers);
  if (need) return { area: areaOf(need), need, urgency: 'none' };
  const [area] = namedAreas(answers);
  return area && { area, need: 'unclear', urgency: 'none' };
}

/** Something beyond opening the page, greeting, choosing a language: words about a need, or an answer that helps. */
function saidSomething({ before, state, incoming }: Recorded, outcome: Contact['outcome']): boolean {
  if (incoming.kind !== 'message') return false;
  const told = state.answers.some(({ question, by }) => by !== 'page' && !question.startsWith('access.'));
  const place = !before?.answers.length && state.answers.some(({ by }) => by !== 'page');
  return told || place || outcome !== 'left' || state.missed > 0;
}

function outcomeOf({ state, effects }: Recorded): Contact['outcome'] {
  if (effects.events.some(({ type, by }) => type === 'requested' && by === 'person')) return 'requested';
  if (state.floor) return 'danger';
  if (effects.replies.some(givesContact)) return 'informed';
  return valuesOf(state.answers, 'access.comune')[0] === 'outside' ? 'elsewhere' : 'left';
}

function givesContact({ kind, links }: Reply): boolean {
  return kind === 'card' || (kind === 'text' && links.some(({ url }) => url.startsWith('tel:')));
}

function furthest(one: Contact['outcome'], other: Contact['outcome']): Contact['outcome'] {
  return OUTCOMES.indexOf(other) > OUTCOMES.indexOf(one) ? other : one;
}
