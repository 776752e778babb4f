// What a new talk on the web takes over from one on Telegram: answers, language, comune, an open danger. No contact, no words.
// Opening the token once is left to the turn's commit; the talk it came from is neither changed nor told.
import type { Incoming } from '../message.ts';
import type { Store, TurnCommit } from '../ports.ts';
import { newState, readState } from '../state.ts';
import type { ConversationState } from '../state.ts';
import type { CarryLinks } from './token.ts';

/** `null`: the link was used, is too old, or the talk behind it was begun again or erased. */
export interface Carried {
  state: ConversationState | null;
  nonce?: NonNullable<TurnCommit['nonce']>;
}

/** Notices that hold for the person, wherever they write: a danger told, a minor, what the law says of their fear. */
const STAYS = /^(minor|reassured|floor\..*)$/;

/** For a chat that is just being opened; `undefined` where it brings no link. */
export async function readCarried(
  store: Pick<Store, 'load'>,
  links: CarryLinks | undefined,
  { kind, channel, carry }: Incoming,
  /** `spent`: it had been used meanwhile. */
  { at, spent }: { at: Date; spent: boolean },
): Promise<Carried | undefined> {
  if (kind !== 'start' || channel !== 'web' || carry === undefined) return undefined;
  const claims = spent ? undefined : links?.read(carry, at);
  const loaded = claims && (await store.load(claims.conversationId));
  const from = loaded && readState(loaded.conversation.state);
  if (!claims || !from || from.carry !== claims.id) return { state: null };
  return { state: carriedState(from), nonce: { value: `carry ${claims.id}`, until: claims.expires } };
}

/** Whether a talk that has just begun took something over; `kept`: its state, as the store keeps it. */
export function hasCarried(kept: unknown): boolean {
  const state = readState(kept);
  if (!state) return false;
  return state.floor !== null || state.wantsRequest || state.answers.some(({ by }) => by !== 'page');
}

/** Field by field: what is not named here stays behind. */
function carriedState(from: ConversationState): ConversationState {
  return {
    ...newState(from.language, from.pageComune),
    languageChosen: from.languageChosen,
    answers: from.answers,
    floor: from.floor && { ...from.floor, step: 'shown' },
    // A request half written begins again here: who it is from was not carried over.
    wantsRequest: from.wantsRequest || from.request !== null,
    noticed: from.noticed.filter((notice) => STAYS.test(notice)),
  };
}
