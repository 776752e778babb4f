// Makes a draft a request: its code, its mails into the outbox, and what the person is told; withdraws it again.
// Nothing is sent here: the wishes are committed with the turn, the outbox worker carries them out.
import type { Answer } from '../flows/types.ts';
import { copyMail, requestMail, withdrawalMail } from './mail/compose.ts';
import { callLine } from './desk-lines.ts';
import { callLinks } from './human.ts';
import type { Case, Desk } from './ports.ts';
import { answerInWords } from './prompt.ts';
import { findCase, reply, saveCase, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { whenInWords } from './when.ts';

/** Working days of the desk after which the person is told to call. */
const ANSWER_DAYS = 2;
const URGENT_DAYS = 1;

export function sendRequest(talk: Talk, draft: Case): void {
  const desk = talk.env.directory.desk(draft.deskId);
  if (!desk) throw new Error('a draft names a desk that is not in the directory');
  const comune = talk.env.directory.comune(draft.comune);
  const made: Case = {
    ...draft,
    state: 'requested',
    code: `${comune.code}-${talk.env.ids.code()}`,
    requestedAt: talk.at,
  };
  const { words, calendar } = talk.env;
  const base = { case: made, desk, comune, words, at: talk.at };
  const inItalian = { env: talk.env, state: { language: 'it' } };
  // The area adds nothing to the need that follows it.
  const answerLabel = ({ question, values }: Answer): string =>
    question.startsWith('triage.') ? '' : answerInWords(inItalian, question, values);
  const mail = requestMail({ ...base, answerLabel });
  const copy = copyMail({ ...base, calendar });
  saveCase(talk, made);
  talk.outbox.push({ id: talk.env.ids.uuid(), caseId: made.id, kind: 'request', mail });
  if (copy) talk.outbox.push({ id: talk.env.ids.uuid(), caseId: made.id, kind: 'copy', mail: copy });
  talk.events.push({ caseId: made.id, at: talk.at, type: 'requested', by: 'person' });
  talk.state.request = null;
  talk.state.asking = { kind: 'result' };
  confirmSent(talk, made, desk, copy !== undefined);
}

/** Withdraws a request that was made: what has not left is stopped, and the desk is told of what may have. */
export function withdrawRequest(talk: Talk, made: Case): void {
  const desk = talk.env.directory.desk(made.deskId);
  saveCase(talk, { ...made, state: 'withdrawn' });
  talk.cancelMails.push(made.id);
  talk.events.push({ caseId: made.id, at: talk.at, type: 'withdrawn', by: 'person' });
  if (!desk?.inbox) return;
  const mail = withdrawalMail({ case: made, desk, words: talk.env.words, at: talk.at });
  talk.outbox.push({ id: talk.env.ids.uuid(), caseId: made.id, kind: 'withdrawal', mail });
}

/** Empties what the person left in a case; that there was one, where and when, stays. */
export function forgetDetails(talk: Talk, id: string): void {
  const made = findCase(talk, id);
  if (!made) return;
  const { needs, language, forWhom } = made.details;
  saveCase(talk, { ...made, details: { needs, language, forWhom, answers: [], preferred: [] } });
}

function confirmSent(talk: Talk, made: Case, desk: Desk, copied: boolean): void {
  const words = say(talk);
  const urgent = made.details.needs.some(({ urgency }) => urgency !== 'none');
  const line = callLine(talk, desk, made.comune);
  const deadline = talk.env.calendar.afterWorkingDays(desk, made.comune, talk.at, urgent ? URGENT_DAYS : ANSWER_DAYS);
  const text = [
    words('request:sent', { code: made.code ?? '' }),
    words('request:sent_next', { deadline: whenInWords(deadline, talk.at, words, talk.state.language), line }),
    ...(urgent ? [words('request:sent_urgent')] : []),
    ...(copied ? [words('request:sent_copy')] : []),
    words('request:sent_withdraw'),
  ];
  const choices = [
    { id: 'result.withdraw', label: words('request:withdraw') },
    { id: 'result.another', label: words('result:another') },
    { id: 'result.erase', label: words('result:erase') },
  ];
  reply(talk, text.join('\n'), { choices, links: callLinks(talk, [desk]), case: made.code });
}
