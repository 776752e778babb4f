// A case in Italian words for operators: how it stands, who did what and when. From codes and times alone.
// The layout is left to show.ts.
import { dayWords, readSpans, spanWords } from '../../../../bot/mail/dates.ts';
import type { Case, CaseEvent } from '../../../../bot/ports.ts';
import type { Environment } from '../../../../bot/talk.ts';
import type { Say } from '../../../../bot/words.ts';

const ZONE = 'Europe/Rome';

/** `24 novembre, 10:32`. */
export function momentWords(at: Date): string {
  const day = new Intl.DateTimeFormat('it', { timeZone: ZONE, day: 'numeric', month: 'long' }).format(at);
  return `${day}, ${timeWords(at)}`;
}

/** `10:32`. */
export function timeWords(at: Date): string {
  return new Intl.DateTimeFormat('it', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** `In carico a Anna dal 24 novembre, 10:32`. */
export function stateWords(say: Say, env: Environment, made: Case): string {
  const { life } = made;
  const since = life.takenAt ?? life.since ?? made.requestedAt?.toISOString() ?? made.createdAt.toISOString();
  const target = life.forwardTo === undefined ? undefined : env.directory.desk(life.forwardTo);
  return say(`desk:state.${made.state}`, {
    since: momentWords(new Date(since)),
    who: life.takenBy ?? say('desk:who.desk'),
    when: appointmentWords(say, made),
    desk: target?.name ?? say('desk:who.other_desk'),
    outcome: life.outcome === undefined ? '' : say(`desk:outcome.${life.outcome}`),
    reason: life.refusal === undefined ? '' : say(`desk:refusal.${life.refusal}`),
  });
}

/** `martedì 24 novembre 2026, dalle 09:00 alle 09:30, allo sportello`; empty where there is none. */
export function appointmentWords(say: Say, { life: { appointment } }: Case): string {
  const [span] = appointment ? readSpans([appointment]) : [];
  return appointment && span ? say(`desk:how.${appointment.how}`, { span: spanWords(span, 'it', say) }) : '';
}

/** What the desk, the person or the coordinator did: what another operator must know of before acting. Where it is read is not. */
export function actsOf(events: readonly CaseEvent[]): CaseEvent[] {
  return events.filter(({ by, type }) => by !== 'bot' && type !== 'followed_elsewhere');
}

/** `Anna`, `la persona`. */
export function actorWords(say: Say, { by, data }: CaseEvent): string {
  const signed = data?.['by'];
  return by === 'desk' && typeof signed === 'string' && signed !== '' ? signed : say(`desk:who.${by}`);
}

/** One line of the trail: `24 novembre, 10:32: Anna ha preso in carico la richiesta`. */
export function eventWords(say: Say, env: Environment, event: CaseEvent): string {
  const detail = detailWords(say, env, event);
  const line = say('desk:trail.line', { who: actorWords(say, event), did: say(`desk:did.${event.type}`) });
  return detail === '' ? line : say('desk:trail.detail', { line, detail });
}

function detailWords(say: Say, env: Environment, { data = {} }: CaseEvent): string {
  const { reason, outcome, desk, start } = data;
  if (typeof reason === 'string' && isKnown(env, `desk:refusal.${reason}`)) return say(`desk:refusal.${reason}`);
  if (typeof outcome === 'string' && isKnown(env, `desk:outcome.${outcome}`)) return say(`desk:outcome.${outcome}`);
  if (typeof desk === 'string') return env.directory.desk(desk)?.name ?? '';
  if (typeof start !== 'string' || Number.isNaN(Date.parse(start))) return '';
  const at = new Date(start);
  return say('desk:trail.start', { day: dayWords(at, 'it'), time: timeWords(at) });
}

/** The same codes may mean more elsewhere: only those with words are said. */
const isKnown = (env: Environment, key: string): boolean => env.words.has(key);
