// The person's own copy in words, in bubbles that every channel can carry: what they wrote, their requests, what is not kept.
// Reading it from the store is left to record.ts.
import { isGuest } from '../cases/person/proof.ts';
import { deskOf } from '../cases/desk-of.ts';
import { say } from '../talk.ts';
import type { View } from '../talk.ts';
import { dayInWords, timeInWords } from '../when.ts';
import { detailLines } from './details.ts';
import type { OwnRecord } from './record.ts';

/** Letters in a bubble: below what Telegram takes. */
const BUBBLE = 3000;
/** Of a very long talk the newest is shown. */
const MOST_BUBBLES = 12;

export function copyInWords(view: View, { said, cases }: OwnRecord): string[] {
  const words = say(view);
  const moment = (at: Date): string =>
    words('result:when', { day: dayInWords(at, view.state.language), time: timeInWords(at) });
  const lines = said.map(({ at, text }) => words('case:copy.line', { at: moment(at), text }));
  const title = words('case:copy.title', { day: dayInWords(view.at, view.state.language) });
  const own = bubbles([
    title,
    '',
    words('case:copy.said'),
    ...(lines.length > 0 ? lines : [words('case:copy.said_none')]),
  ]);
  const cut = own.length > MOST_BUBBLES;
  return [
    ...(cut ? [`${title}\n${words('case:copy.cut')}`, ...own.slice(-MOST_BUBBLES)] : own),
    ...cases.flatMap((one) => bubbles(caseLines(view, one, moment))),
    [words('case:copy.not_kept'), words('case:copy.end')].join('\n\n'),
  ];
}

function caseLines(
  view: View,
  { made, events, messages }: OwnRecord['cases'][number],
  moment: (at: Date) => string,
): string[] {
  const words = say(view);
  // Of what was made elsewhere nothing is shown that was not said here.
  if (isGuest(made)) return [words('case:copy.elsewhere', { code: made.code ?? '' })];
  const key = made.state === 'draft' ? 'draft' : made.state === 'advised' ? 'advised' : 'case';
  const said = messages.map(({ at, from, text }) => words(`case:copy.from_${from}`, { at: moment(at), text }));
  const trail = events.map(({ at, type }) =>
    words('case:copy.line', { at: moment(at), text: words(`case:copy.event.${type}`) }),
  );
  const fields = detailLines(view, made);
  return [
    words(`case:copy.${key}`, { code: made.code ?? '', desk: deskOf(view.env, made).name }),
    ...(fields.length > 0 ? fields : [words('case:copy.emptied')]),
    ...(said.length > 0 ? [words('case:copy.messages'), ...said] : []),
    ...(trail.length > 0 ? [words('case:copy.trail'), ...trail] : []),
  ];
}

/** Whole lines, as many as fit; a line that is too long is cut in pieces. */
function bubbles(lines: readonly string[]): string[] {
  const found: string[] = [];
  let now = '';
  for (const line of lines.flatMap(pieces)) {
    const joined = now === '' ? line : `${now}\n${line}`;
    if (joined.length <= BUBBLE) now = joined;
    else {
      found.push(now);
      now = line;
    }
  }
  return now === '' ? found : [...found, now];
}

function pieces(line: string): string[] {
  const letters = [...line];
  const count = Math.max(1, Math.ceil(letters.length / BUBBLE));
  return Array.from({ length: count }, (_, index) => letters.slice(index * BUBBLE, (index + 1) * BUBBLE).join(''));
}
