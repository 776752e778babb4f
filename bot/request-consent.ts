// Asks for consent before anything personal is asked: to whom it goes, what goes, who reads it. With several desks, each its part.
// Which desks they are is left to request-parts.ts; what the answer does to request-steps.ts.
import type { Question } from '../flows/play.ts';
import type { Choice } from './message.ts';
import type { Case, Desk } from './ports.ts';
import { choicesOf } from './prompt.ts';
import { requestParts, voiceOf } from './request-parts.ts';
import { needsInWords } from './need-list.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

/** A desk's name on a button: its first words. */
const LONGEST_NAME = 36;

export function consentText(talk: Talk, draft: Case): string {
  const words = say(talk);
  const voice = voiceOf(draft);
  const parts = requestParts(talk, draft);
  const asks = words(`request:consent.asks${voice}`);
  const [only] = parts;
  const several = parts.length > 1;
  const pec = parts.some(({ desk }) => desk.inbox?.kind !== 'desk');
  const opening = several
    ? [
        words('request:consent.open_several', { asks }),
        ...parts.map(({ desk, needs }) =>
          words('request:consent.part', { desk: desk.name, needs: needsInWords(needs, words) }),
        ),
      ]
    : [words(pec ? 'request:consent.open_pec' : 'request:consent.open', { desk: only?.desk.name ?? '', asks })];
  const reads = several ? 'several' : pec ? 'pec' : 'desk';
  const readers = [
    words(`request:consent.reads_${reads}`),
    ...(several && pec ? [words('request:consent.reads_several_pec')] : []),
    ...unanswered(
      talk,
      parts.map(({ desk }) => desk),
    ),
  ];
  // Four things, each by itself: to whom, what, who reads it, how long. A wall of words is agreed to unread.
  const blocks = [
    opening,
    [words(`request:consent.what${voice}`)],
    readers,
    [words('request:consent.keep')],
    [words('request:consent.ask')],
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

/** Who else may come to read it, told before anything is asked: see what the clock does with a case that nobody answers. */
function unanswered(talk: Talk, desks: Desk[]): string[] {
  const words = say(talk);
  return [
    ...(desks.some(({ secondInbox }) => secondInbox) ? [words('request:consent.then_post')] : []),
    ...(talk.env.coordinator ? [words('request:consent.then_coordinator')] : []),
  ];
}

/** One button more for each desk that can be left out. */
export function consentChoices(talk: Talk, draft: Case, question: Question): Choice[] {
  const parts = requestParts(talk, draft);
  const own = choicesOf(talk, question);
  if (parts.length < 2) return own;
  const without = parts.map(({ desk }, index) => ({
    id: `${question.id}.without.${index}`,
    label: say(talk)('request:consent.without', { desk: shortName(desk.name) }),
  }));
  return [...own.slice(0, 1), ...without, ...own.slice(1)];
}

function shortName(name: string): string {
  const [first = name] = name.split(/\s*(?:,|\(| - )/);
  return first.length > LONGEST_NAME ? `${first.slice(0, LONGEST_NAME - 1)}…` : first;
}
