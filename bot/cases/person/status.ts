// "A che punto è la mia richiesta?": the truth about each case, in words, with whom to call and what may be done now.
// What is true of each is left to state-words.ts, what a code of another conversation shows to code-talk.ts.
import { callLinks } from '../../human.ts';
import type { Choice, Reply } from '../../message.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { dayInWords, whenInWords } from '../../when.ts';
import { agendaLinks } from '../agenda.ts';
import { flushCase } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { hasBegun, mayReopen } from '../person-steps.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { isGuest } from './proof.ts';
import { finish, goOn, settle } from './rest.ts';
import { isOpen, stateLines } from './state-words.ts';
import { tellNone } from './none.ts';

/** All that is open, and the newest that is over: one bubble for each code. */
export function tellStatus(talk: Talk): void {
  const all = sentCases(talk);
  const newestOver = all.find((made) => !isOpen(made) && made.state !== 'advised');
  const shown = all.filter((made) => isOpen(made) || made === newestOver);
  // Nothing was asked of a desk, but something is to come of it.
  if (shown.length === 0) shown.push(...all.filter(({ state }) => state === 'advised').slice(0, 1));
  if (shown.length === 0) return tellNone(talk);
  const groups = [...Map.groupBy(shown, ({ code }) => code).values()];
  // The newest last: its buttons are those on offer.
  for (const group of groups.toReversed()) {
    const { text, extra } = inWords(talk, group);
    reply(talk, text, extra);
  }
  goOn(talk);
}

/** One request, all its parts, the most urgent first. */
export function tellCode(talk: Talk, parts: readonly Case[]): void {
  const { text, extra } = inWords(talk, parts);
  finish(talk, text, extra);
}

/** "La leggo": what waited was told before anything else (flushWaiting), in a danger now; if nothing did, how it stands. */
export function tellNews(talk: Talk, made: Case): void {
  flushCase(talk, made);
  if (talk.replies.some(({ told }) => told)) settle(talk);
  else tellCode(talk, [made]);
}

function inWords(talk: Talk, parts: readonly Case[]): { text: string; extra: Partial<Reply> } {
  const sorted = parts.toSorted((a, b) => a.part - b.part);
  const [first] = sorted;
  const words = say(talk);
  const code = first?.code ?? '';
  const day = first?.requestedAt && dayInWords(first.requestedAt, talk.state.language);
  const head = day ? [words('case:status.head', { code, day })] : [];
  const several = sorted.length > 1;
  const lines = sorted.flatMap((made, index) => [
    ...(several ? [''] : []),
    several
      ? words('case:status.part', { number: index + 1, desk: deskOf(talk.env, made).name })
      : words('case:status.to', { desk: deskOf(talk.env, made).name }),
    ...stateLines(talk, made),
  ]);
  const desks = sorted.filter(({ state }) => state !== 'withdrawn').map((made) => deskOf(talk.env, made));
  const choices = sorted.flatMap((made, index) => actions(talk, made, several ? index + 1 : undefined));
  const extra = {
    case: first?.code ?? null,
    choices: choices.length > 0 ? choices : [{ id: 'result.another', label: words('result:another') }],
    links: [
      ...callLinks(
        talk,
        desks.filter((desk, index) => desks.findIndex(({ id }) => id === desk.id) === index),
      ),
      ...sorted.flatMap((made) => agendaLinks(talk.env, made, talk.at, talk.state.language)),
    ],
  };
  return { text: [...head, ...lines].join('\n'), extra };
}

/** What may be done now, as buttons. `number`: one of several parts. */
export function actions(talk: Talk, made: Case, number?: number): Choice[] {
  const words = say(talk);
  const ref = refOf(made);
  const { appointment } = made.life;
  const choices: Choice[] = [];
  if (made.state === 'proposed' && appointment?.state === 'proposed') {
    if (!hasBegun(appointment, talk.at))
      choices.push({
        id: `case.accept.${ref}.${appointment.sequence}`,
        label:
          number === undefined
            ? words('case:told.accept')
            : words('case:button.accept_part', {
                when: whenInWords(new Date(appointment.start), talk.at, words, talk.state.language),
              }),
      });
    choices.push({ id: `case.decline.${ref}.${appointment.sequence}`, label: words('case:told.decline') });
  }
  if (made.state === 'confirmed') choices.push({ id: `case.move.${ref}`, label: words('case:button.move') });
  if (made.state === 'forward_asked')
    choices.push(
      { id: `case.forward_yes.${ref}`, label: words('case:told.forward_yes') },
      { id: `case.forward_no.${ref}`, label: words('case:told.forward_no') },
    );
  if (isOpen(made) && deskOf(talk.env, made).inbox)
    choices.push({
      id: `case.answer.${ref}`,
      label: number === undefined ? words('case:button.answer') : words('case:button.answer_part', { number }),
    });
  if (mayReopen(made)) choices.push({ id: `case.reopen.${ref}`, label: words('case:button.reopen') });
  if (isOpen(made) && !isGuest(made) && (number === undefined || number === 1))
    choices.push({ id: 'command.withdraw', label: words('request:withdraw') });
  return choices;
}
