// Whether what was composed for the person at a safe moment may still reach them now, when it really goes: it may be late.
// Which moments are safe is left to bot/safe-contact; moving and dropping to who carries it (outbox worker, Telegram).
import { plainAddress } from '../mail/clean.ts';
import type { StoredActivity } from '../message.ts';
import type { Case, OutboxMail, Store } from '../ports.ts';
import { mayMail, safeMoment } from '../safe-contact/moment.ts';
import { isWaiting } from './clock/phase.ts';

/** A later moment, or `never`: it is dropped. */
export type May = Date | 'now' | 'never';

/** Letters and copies to the person; any other mail may go. A letter to an address they took back never does. */
export async function mayGo(store: Pick<Store, 'caseById'>, mail: OutboxMail, now: Date): Promise<May> {
  if (mail.kind !== 'person' && mail.kind !== 'copy') return 'now';
  const made = await store.caseById(mail.caseId);
  if (!made || !mayMail(made) || plainAddress(made.details.contact?.value ?? '') !== mail.mail.to[0]?.address)
    return 'never';
  if (mail.holds !== undefined && !factsOf(made).includes(mail.holds)) return 'never';
  return momentOf([made], now);
}

/** No desk has taken it in charge. */
export const UNANSWERED = 'unanswered';

/** What is so of a case now, and may not be when a letter about it goes. */
export function factsOf({ state, life }: Case): string[] {
  const { appointment } = life;
  return [
    ...(appointment ? [`${appointment.state}.${appointment.sequence}`] : []),
    ...(isWaiting({ state }) ? [UNANSWERED] : []),
  ];
}

/** A message that nobody had asked for. Who has written since, or in that very turn, is here: they are answered. */
export async function mayTell(
  store: Pick<Store, 'load' | 'activities'>,
  activity: StoredActivity,
  now: Date,
): Promise<May> {
  if (activity.from !== 'bot' || !activity.reply.told) return 'now';
  const { conversationId, reply } = activity;
  const log = await store.activities(conversationId, 0);
  if (log.some((one) => isHere(one, activity))) return 'now';
  const cases = (await store.load(conversationId))?.cases ?? [];
  return momentOf(
    cases.filter(({ code }) => code === reply.case),
    now,
  );
}

/** Words of theirs, or the answer to what they did without words. */
function isHere(one: StoredActivity, { seq, at }: StoredActivity): boolean {
  return one.from === 'user' ? one.at >= at : one.seq > seq && one.reply.told === undefined;
}

/** Safe for all of them. */
function momentOf(cases: readonly Case[], now: Date): May {
  let latest: May = 'now';
  for (const made of cases) {
    const moment = safeMoment(made, now);
    if (moment === 'never') return 'never';
    if (moment > now && (latest === 'now' || moment > latest)) latest = moment;
  }
  return latest;
}
