// Reads a request back before it goes: exactly what will be sent, line by line, to be corrected.
// The mail itself is composed elsewhere (bot/mail); the order of the questions is flows/request.ts's.
import type { Question } from '../flows/play.ts';
import type { Case } from './ports.ts';
import { choicesOf } from './prompt.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { closingInWords, dayInWords, timeInWords } from './when.ts';

export function askSummary(talk: Talk, draft: Case, question: Question, before = ''): void {
  const words = say(talk);
  const desk = talk.env.directory.desk(draft.deskId);
  const lines = summaryLines(talk, draft).map((line) => `• ${line}`);
  const text = [words('request:summary.ask', { desk: desk?.name ?? '' }), ...lines, words('request:summary.end')].join(
    '\n',
  );
  reply(talk, [before, text].filter((part) => part !== '').join('\n\n'), { choices: choicesOf(talk, question) });
}

function summaryLines(talk: Talk, { details, comune }: Case): string[] {
  const words = say(talk);
  const line = (about: string, value: string): string => words('request:summary.line', { about: words(about), value });
  const needs = [...new Set(details.needs.map(({ need }) => words(`needs:${need}`)))].join('; ');
  const { thirdParty, safe, note } = details;
  return [
    words('request:summary.need', { needs }),
    line('access:comune.about', talk.env.directory.comune(comune).name),
    ...(thirdParty?.organization ? [line('request:organization.about', thirdParty.organization)] : []),
    ...(thirdParty?.knows ? [line('request:knows.about', words(`request:knows.${thirdParty.knows}`))] : []),
    line('request:name.about', details.name ?? ''),
    line('request:contact.about', details.contact?.shown ?? ''),
    line('request:when.about', whenLine(talk, details.preferred)),
    line('request:safe.about', safe?.wishes ?? words('request:summary.nothing')),
    line('request:note.about', note?.text ?? words('request:summary.nothing')),
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
