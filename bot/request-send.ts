// Makes a draft a request: one case for each desk under one code, their mails, and what the person is told.
// Nothing is sent here: the wishes are committed with the turn, the outbox worker carries them out.
import { actOn } from './cases/apply.ts';
import { promiseOf } from './cases/clock/schedule.ts';
import { deskOf } from './cases/desk-of.ts';
import { afterSending } from './cases/may-forward.ts';
import type { CaseWork } from './cases/work.ts';
import { changeLife, record } from './cases/work.ts';
import { requestTag } from './contact-record.ts';
import { callLine } from './desk-lines.ts';
import { callLinks } from './human.ts';
import { handOver, personCopy } from './mail/hand-over.ts';
import type { Case } from './ports.ts';
import { promiseLine, wasAsked } from './punto-insieme.ts';
import { splitCase } from './request-parts.ts';
import { offersSheet } from './sheet/shown.ts';
import { reply, saveCase, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { whenInWords } from './when.ts';

export function sendRequest(talk: Talk, draft: Case): void {
  const code = `${talk.env.directory.comune(draft.comune).code}-${talk.env.ids.code()}`;
  const parts = splitCase(talk, draft).map((part): Case => ({
    ...part,
    state: 'requested',
    code,
    requestedAt: talk.at,
  }));
  for (const part of parts) saveCase(talk, part);
  const person = requestTag(talk.env, talk.at, talk.incoming);
  const sent = parts.flatMap(({ id }) => actOn(talk, id, (work) => hand(work, person)) ?? []);
  const [first, ...others] = sent;
  if (!first) throw new Error('a draft names a desk that nobody can write to');
  const copy = personCopy(talk.env, first, talk.at, others);
  if (copy) talk.outbox.push(copy);
  talk.state.request = null;
  talk.state.asking = { kind: 'result' };
  confirmSent(talk, sent, copy !== undefined);
}

/** To its desk: from now on the desk's clocks run. `person`: for the figures alone. */
function hand(work: CaseWork, person: string): boolean {
  changeLife(work, { since: work.at.toISOString() });
  record(work, 'requested', 'person', { person });
  const mail = handOver(work.env, work.made, work.at);
  if (mail) work.change.outbox.push(mail);
  return mail !== undefined;
}

function confirmSent(talk: Talk, sent: Case[], copied: boolean): void {
  const words = say(talk);
  const [first] = sent;
  const code = first?.code ?? '';
  const called = first?.details.thirdParty?.call === 'person' ? '_person' : '';
  const lines = sent.map((made) => {
    const values = { deadline: deadlineOf(talk, made), line: callLine(talk, deskOf(talk.env, made), made.comune) };
    if (sent.length > 1) return words(`request:sent_part${called}`, values);
    return words(`request:sent_next${called}`, values);
  });
  const form = sent.some(wasAsked) ? promiseLine(talk) : '';
  const text = [
    words('request:sent', { code }),
    ...(sent.length > 1 ? [words('request:sent_several')] : []),
    ...lines,
    ...closedThen(talk, sent),
    ...(sent.some(isUrgent) ? [words('request:sent_urgent')] : []),
    ...(form === '' ? [] : [form]),
    ...(copied ? [words('request:sent_copy')] : []),
    words('request:sent_withdraw'),
  ];
  const choices = [
    ...afterSending(talk, sent),
    ...(offersSheet(talk) ? [{ id: 'result.sheet', label: words('result:sheet') }] : []),
    { id: 'result.withdraw', label: words('request:withdraw') },
    { id: 'result.another', label: words('result:another') },
    { id: 'result.erase', label: words('result:erase') },
  ];
  const desks = sent.map((made) => deskOf(talk.env, made));
  reply(talk, text.join('\n'), { choices, links: callLinks(talk, desks), case: code });
}

/** Whoever calls when it was promised may find that desk closed: the comune answers for it. */
function closedThen(talk: Talk, sent: Case[]): string[] {
  const switchboard = ({ comune }: Case): string => talk.env.directory.comune(comune).switchboard.value.shown;
  const closed = sent.find((made) => {
    const desk = deskOf(talk.env, made);
    const same = desk.phones[0]?.value.shown === switchboard(made);
    return !same && talk.env.calendar.opening(desk, made.comune, promiseOf(talk.env, made, talk.at))?.open === false;
  });
  return closed ? [say(talk)('request:sent_closed', { phone: switchboard(closed) })] : [];
}

function deadlineOf(talk: Talk, made: Case): string {
  return whenInWords(promiseOf(talk.env, made, talk.at), talk.at, say(talk), talk.state.language);
}

function isUrgent({ details }: Case): boolean {
  return details.needs.some(({ urgency }) => urgency !== 'none');
}
