// Reads a request back before it goes: exactly what will be sent, line by line, to be corrected.
// The mail itself is composed elsewhere (bot/mail); the order of the questions is flows/request.ts's.
import type { Question } from '../flows/play.ts';
import { valuesOf } from './answers.ts';
import { needsInWords } from './need-list.ts';
import type { Case } from './ports.ts';
import { choicesOf } from './prompt.ts';
import { allParts, requestParts } from './request-parts.ts';
import { aboutOf } from './request-words.ts';
import { rulesInWords } from './safe-contact/in-words.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { closingInWords, dayInWords, timeInWords } from './when.ts';

export function askSummary(talk: Talk, draft: Case, question: Question, before = ''): void {
  const words = say(talk);
  const desk = talk.env.directory.desk(draft.deskId);
  const parts = requestParts(talk, draft);
  const opening =
    parts.length > 1 ? words('request:summary.ask_several') : words('request:summary.ask', { desk: desk?.name ?? '' });
  const lines = [...needLines(talk, draft), ...summaryLines(talk, draft)].map((line) => `• ${line}`);
  const text = [opening, ...lines, words('request:summary.end')].join('\n');
  reply(talk, [before, text].filter((part) => part !== '').join('\n\n'), { choices: choicesOf(talk, question) });
}

/** Which line of the summary is wrong. `trail`: the questions it was made of. */
export function askCorrection(talk: Talk, draft: Case, trail: readonly string[]): void {
  const words = say(talk);
  const several = allParts(talk, draft).length > 1;
  const agePassed = draft.details.puntoInsieme?.age !== undefined && !trail.includes('request.age');
  const questions = [...trail, ...(agePassed ? ['request.age'] : [])].filter(
    (question) => (question !== 'request.consent' || several) && question !== 'request.wishes',
  );
  const choices = questions.map((question) => ({
    id: `change.${question}`,
    label:
      question === 'request.consent'
        ? words('request:summary.to')
        : aboutOf(talk, draft, question.replace('request.', '')),
  }));
  reply(talk, words('result:change_which'), { choices });
}

/** What is asked, and where it goes to several desks, of whom. */
function needLines(talk: Talk, draft: Case): string[] {
  const words = say(talk);
  const parts = requestParts(talk, draft);
  if (parts.length < 2)
    return [words('request:summary.need', { needs: needsInWords(parts[0]?.needs ?? draft.details.needs, words) })];
  return parts.map(({ desk, needs }) =>
    words('request:summary.part', { desk: desk.name, needs: needsInWords(needs, words) }),
  );
}

function summaryLines(talk: Talk, draft: Case): string[] {
  const words = say(talk);
  const { details, comune } = draft;
  const line = (about: string, value: string | undefined): string[] =>
    value === undefined ? [] : [words('request:summary.line', { about, value })];
  const about = (state: string): string => aboutOf(talk, draft, state);
  const { thirdParty, note } = details;
  const parts = requestParts(talk, draft);
  return [
    ...line(words('access:comune.about'), talk.env.directory.comune(comune).name),
    ...line(about('organization'), thirdParty?.organization),
    ...line(about('role'), thirdParty?.role),
    ...line(about('agreed'), thirdParty?.consent && words('request:agreed.yes')),
    ...line(about('knows'), thirdParty?.knows && words(`request:knows.${thirdParty.knows}`)),
    ...line(
      about('call'),
      thirdParty?.call && thirdParty.consent === undefined ? words(`request:call.${thirdParty.call}`) : undefined,
    ),
    ...line(about('writer'), thirdParty?.writer),
    ...line(about('name'), details.name ?? ''),
    ...line(about('contact'), details.contact?.shown ?? ''),
    ...line(about('when'), whenLine(talk, details.preferred)),
    ...line(about('safe'), safeLine(talk, details.safe)),
    ...formLines(talk, draft),
    ...line(about('note'), note?.text ?? words('request:summary.nothing')),
    ...(parts.length > 1 && note ? [words('request:summary.note_to', { desk: parts[0]?.desk.name ?? '' })] : []),
  ];
}

/** How the wishes were understood, in words that can be put right. */
function safeLine(talk: Talk, safe: Case['details']['safe']): string {
  const words = say(talk);
  if (safe?.wishes !== undefined)
    return words('safe:read_back', {
      wishes: safe.wishes,
      rule: rulesInWords(safe.rules ?? {}, words, talk.state.language),
    });
  return safe?.rules?.noMail ? words('safe:no_mail') : words('request:summary.nothing');
}

/** What the Punto Insieme asks, as far as it was answered. */
function formLines(talk: Talk, draft: Case): string[] {
  const words = say(talk);
  const { age, livesAlone, doctorKnows, discharge } = draft.details.puntoInsieme ?? {};
  const line = (state: string, value: string | undefined): string[] =>
    value === undefined ? [] : [words('request:summary.line', { about: aboutOf(talk, draft, state), value })];
  const asked = valuesOf(talk.state.request?.answers ?? [], 'request.alone').length > 0;
  if (!asked) return [];
  return [
    ...line('age', age),
    ...line('alone', livesAlone && words(`request:alone.${livesAlone}`)),
    ...line('doctor', doctorKnows && words(`request:doctor.${doctorKnows}`)),
    ...line('discharge', discharge),
  ];
}

function whenLine(talk: Talk, preferred: Case['details']['preferred']): string {
  const [first] = preferred;
  const words = say(talk);
  if (!first) return words('request:when.any');
  const start = new Date(first.start);
  const end = new Date(first.end);
  const day = dayInWords(start, talk.state.language);
  return words('request:when.slot', { day, start: timeInWords(start), end: closingInWords(end) });
}
