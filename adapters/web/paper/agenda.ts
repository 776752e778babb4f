// The person's appointment as a calendar file, behind the link they were given: always how things stand now, also once cancelled.
// Whether there is one is left to bot/cases/agenda.ts, its lines to bot/mail/ics.ts; once all was erased, there is nothing to see.
import { agendaEntry } from '../../../bot/cases/agenda.ts';
import type { Case } from '../../../bot/ports.ts';
import type { Environment } from '../../../bot/talk.ts';
import { plain } from '../http.ts';
import type { WebAnswer } from '../http.ts';
import { html } from '../pages/html.ts';
import { PRIVATE_HEADERS } from '../private-page.ts';
import { dangerLine, leaf, switchboards } from './frame.ts';
import type { Paper } from './frame.ts';

export function agendaFile(env: Environment, made: Case, at: Date): WebAnswer | undefined {
  const { appointment } = made.life;
  const stands = appointment !== undefined && appointment.state !== 'cancelled' && STANDING.includes(made.state);
  const ics = agendaEntry(env, made, at, stands ? 'REQUEST' : 'CANCEL');
  if (!ics || isForgotten(made)) return undefined;
  // A new time that waits for a yes: the one before it no longer holds.
  const waits = stands && appointment.state === 'proposed';
  return {
    ...plain(200, published(waits ? ics.content.replace('STATUS:CONFIRMED', 'STATUS:TENTATIVE') : ics.content)),
    headers: {
      ...PRIVATE_HEADERS,
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      // Nothing in the name tells what it is about.
      'content-disposition': 'inline; filename="agenda.ics"',
    },
  };
}

const STANDING: Case['state'][] = ['proposed', 'confirmed', 'met'];

/** Nobody is invited and nobody answers: a file that one opens is published (RFC 5546, 3.2.1), cancelled or not. */
function published(content: string): string {
  return content.replace(/^METHOD:\w+$/m, 'METHOD:PUBLISH');
}

/** Erased by the person, or by time: every request leaves a way to be reached. */
function isForgotten({ details }: Case): boolean {
  return details.contact === undefined;
}

export function agendaGone(paper: Paper, language: string): WebAnswer {
  const say = paper.env.words.say(language);
  const body = html`<main>
    <h1>${say('paper:agenda.gone')}</h1>
    <p>${say('paper:agenda.text')}</p>
    <h2>${say('paper:code.call')}</h2>
    ${switchboards(paper, say)} ${dangerLine(paper, say, undefined)}
  </main>`;
  return leaf(paper, { status: 404, language, title: say('paper:agenda.gone'), look: 'plain', body });
}
