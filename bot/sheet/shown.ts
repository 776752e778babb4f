// Of which card a sheet may be asked for, and whether paper may put the person at risk.
// Asking for it is left to ask.ts, what stands on it to view.ts.
//
// A sheet lies on kitchen tables. After a danger, after violence, where a desk's name tells of addiction or of the mind, and
// for whoever told how they may safely be reached, it is not offered: only who asks for it in words gets one, after being
// told that others may read it, and then it names the comune's own desk alone, under the same title as every sheet.
import type { Arrival } from '../../flows/walk.ts';
import { walk } from '../../flows/walk.ts';
import type { ComuneId } from '../../flows/types.ts';
import type { Case } from '../cases/types.ts';
import { isSensitive, leavesNoTrace } from '../safe-contact/moment.ts';
import type { ConversationState } from '../state.ts';
import { sentCases } from '../talk.ts';
import type { Talk } from '../talk.ts';

/** Dangers of which a sheet tells nothing. */
const NO_SECRET = ['floor.no_shelter', 'floor.medical'];

/** The card that was shown last, and the sheet made of it. */
export interface ShownCard {
  comune: ComuneId;
  delicate: boolean;
  /** `until`: ISO. */
  sheet?: { code: string; until: string; shows: 'card' | 'comune' };
}

/** What a card was about, so that a sheet of it may be asked for later. */
export function noteCard(talk: Talk, arrival: Arrival, comune: ComuneId): void {
  talk.state.card = { comune, delicate: isSensitive({ needs: arrival.referrals }) };
}

/** The button under a card and under a request that was made; none where paper may put somebody at risk. */
export function offersSheet(talk: Talk): boolean {
  return talk.state.card !== null && !isDelicate(talk, talk.state.card);
}

export function isDelicate(talk: Talk, { delicate }: Pick<ShownCard, 'delicate'>): boolean {
  return delicate || isAtRisk(talk.state, sentCases(talk));
}

/**
 * Whether paper about this talk, as it is now, may put somebody at risk: a danger was told, or one of its requests may leave
 * no trace. A sheet asked for before that lies where it lies.
 */
export function isAtRisk({ floor, noticed }: ConversationState, cases: readonly Case[]): boolean {
  const danger = floor !== null || noticed.includes('minor');
  const told = noticed.some((notice) => notice.startsWith('floor.') && !NO_SECRET.includes(notice));
  return danger || told || cases.some(({ details }) => leavesNoTrace(details));
}

/** A talk that an earlier release kept: its answers lead to a card all the same. */
export function ofAnswers(talk: Talk): ShownCard | null {
  const road = walk(talk.state.answers);
  if (!road.arrived || road.arrival.comune === 'outside' || talk.state.wantsRequest) return null;
  return { comune: road.arrival.comune, delicate: isSensitive({ needs: road.arrival.referrals }) };
}
