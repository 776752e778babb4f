// How fresh each desk's facts are by what its owner answered, as the talk and the pages read it.
// Asking is left to ask.ts, what an answer changes to answer.ts, keeping to the store.
import type { DeskCheck, Directory, Proposal, Store } from '../ports.ts';
import { checkOf, contactsOf, ownersOf } from './owners.ts';

/** A mail has gone unanswered once its desk has had two weeks. */
const PATIENCE_MS = 14 * 86_400_000;

/** Two mails without an answer: the facts are shown as before, with the advice to telephone first. */
export function isStale(check: DeskCheck | undefined, at: Date): boolean {
  if (!check?.askedAt || check.unanswered < 2) return false;
  return check.unanswered > 2 || at.getTime() - check.askedAt.getTime() >= PATIENCE_MS;
}

/** For every desk whose owner was ever asked, by desk id. */
export async function loadChecks(
  store: Pick<Store, 'deskChecks' | 'proposals'>,
  directory: Directory,
): Promise<Map<string, DeskCheck>> {
  const [checks, proposals] = await Promise.all([store.deskChecks(), store.proposals()]);
  return checksByDesk(directory, checks, proposals);
}

/** An owner's answer holds for all its desks, but for those whose facts it corrected with it or later. */
function checksByDesk(
  directory: Directory,
  checks: readonly DeskCheck[],
  proposals: readonly Proposal[],
): Map<string, DeskCheck> {
  const found = new Map<string, DeskCheck>();
  for (const owner of ownersOf(directory)) {
    const check = checkOf(owner, checks);
    if (!check) continue;
    const { verifiedAt } = check;
    const wrong = proposals.filter(({ state, at }) => state !== 'rejected' && verifiedAt && at >= verifiedAt);
    const corrected = wrong.flatMap(({ deskId }) => directory.desk(deskId) ?? []).map(contactsOf);
    for (const desk of owner.desks) {
      const held = corrected.includes(contactsOf(desk)) ? null : verifiedAt;
      found.set(desk.id, { ...check, deskId: desk.id, verifiedAt: held });
    }
  }
  return found;
}

/** Takes over what was loaded, in the map that a running process reads. */
export function replaceChecks(into: Map<string, DeskCheck>, loaded: ReadonlyMap<string, DeskCheck>): void {
  into.clear();
  for (const [id, check] of loaded) into.set(id, check);
}
