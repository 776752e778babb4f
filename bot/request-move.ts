// A request half written whose desk changes: said before anything else is asked, and asked again what was said of the other desk.
// Which desk it goes to now is left to draft.ts and desks.ts.
import { withoutAnswer } from './answers.ts';
import type { Case } from './ports.ts';
import { allParts, requestParts } from './request-parts.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

/** What is said first; empty where nothing changed. `before` and `now`: the same draft. */
export function tellMoved(talk: Talk, before: Case, now: Case): string {
  const words = say(talk);
  const place =
    before.comune === now.comune ? [] : [words('common:changed', { what: talk.env.directory.comune(now.comune).name })];
  if (desksOf(talk, before) === desksOf(talk, now)) return place.join('');
  // The yes named another desk.
  forget(talk, 'request.consent', 'request.without');
  askTimeAgain(talk, before, now);
  const desk = requestParts(talk, now)
    .map((part) => part.desk.name)
    .join('; ');
  return [...place, words('request:moved', { desk })].join(' ');
}

/** A time that was chosen was of the other desk's hours: it is gone, and asked for once more. */
export function askTimeAgain(talk: Talk, before: Case, now: Case): void {
  if (before.details.preferred.length > 0 && now.details.preferred.length === 0) forget(talk, 'request.when');
}

function desksOf(talk: Talk, draft: Case): string {
  return allParts(talk, draft)
    .map(({ desk }) => desk.id)
    .join();
}

function forget({ state }: Talk, ...questions: string[]): void {
  if (!state.request) return;
  for (const one of questions) state.request.answers = withoutAnswer(state.request.answers, one);
}
