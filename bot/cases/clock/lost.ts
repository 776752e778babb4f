// A mail to the desk that never arrived: another way is tried at once, and everybody who counts on it is told.
// Telling the person, by day, is left to the plan (`lostAt`); sending, and what a failure is, to the outbox and the store.
import { handOver } from '../../mail/hand-over.ts';
import { alertCoordinator } from '../../mail/notes.ts';
import type { MailKind } from '../../mail/types.ts';
import { deskOf } from '../desk-of.ts';
import { lifeState } from '../life.ts';
import type { Case } from '../types.ts';
import { changeLife, record } from '../work.ts';
import type { CaseWork } from '../work.ts';
import { isLost } from './alarm.ts';
import { isLetter, seeToMailBack } from './mail-back.ts';
import { isWaiting, wind } from './phase.ts';

/** Once for each failure; the second inbox once for each desk. */
export function seeToLost(work: CaseWork): void {
  if (!isLost(work.made)) return;
  const lost = lostToDesk(work.made);
  if (work.made.life.lost?.some(isLetter)) seeToMailBack(work);
  const { lost: _, ...life } = work.made.life;
  work.made = { ...work.made, life };
  if (!lifeState(work.made.state) || lost.length === 0) return;
  // A desk that has taken the request in charge needs no first mail any more.
  if (!isWaiting(work.made) && lost.every((kind) => kind === 'request')) return;
  const undelivered = work.made.state === 'undeliverable';
  if (isWaiting(work.made)) tryAgain(work);
  alertCoordinator(work, undelivered ? 'undeliverable' : 'bounced');
  if (work.env.coordinator) record(work, 'escalated', 'bot', { to: 'coordinator' });
  markLost(work);
}

/** An undeliverable case that nobody has seen to lost its first mail, whatever else was lost. */
function lostToDesk({ state, life }: Case): MailKind[] {
  const unseen = state === 'undeliverable' && life.clock?.lostAt === undefined;
  const lost = (life.lost ?? []).filter((kind) => !isLetter(kind));
  return unseen && !lost.includes('request') ? [...lost, 'request'] : lost;
}

/** The whole request to the second inbox, or to the coordinator; its clocks start again there. */
function tryAgain(work: CaseWork): void {
  const { env, made, at } = work;
  if (made.life.reminded.includes('second')) return;
  const mail = handOver(env, made, at, true);
  if (!mail) return;
  work.change.outbox.push(mail);
  record(work, 'escalated', 'bot', { to: deskOf(env, made).secondInbox ? 'second' : 'coordinator' });
  changeLife(work, { since: at.toISOString(), reminded: [...made.life.reminded, 'second'] });
  work.made = wind(work.made, at);
}

function markLost(work: CaseWork): void {
  const { clock } = work.made.life;
  if (clock && clock.lostAt === undefined) changeLife(work, { clock: { ...clock, lostAt: work.at.toISOString() } });
}
