// What a mail about a case may need to name: code, days, desk, telephone, appointment. And the parts that open the case.
// Which of it a mail says is left to the words and to the composers beside this file.
import { caseDigits, caseLink } from '../cases/proof.ts';
import type { Case, Desk } from '../ports.ts';
import type { Environment } from '../talk.ts';
import type { Say } from '../words.ts';
import { line } from './clean.ts';
import { dayWords, readSpans, spanWords } from './dates.ts';
import type { Part } from './render.ts';
import { codeOf } from './request.ts';

export interface About {
  env: Environment;
  made: Case;
  desk: Desk;
  at: Date;
}

export type Values = Record<string, string | number>;

/** For the words of an operator; what is not known is an empty text. */
export function deskValues({ env, made, desk, at }: About, say: Say): Values {
  const target = made.life.forwardTo === undefined ? undefined : env.directory.desk(made.life.forwardTo);
  const comune = env.directory.comune(made.comune).name;
  const name = line(desk.name);
  return {
    code: codeOf(made),
    day: dayWords(made.requestedAt ?? at, 'it'),
    // Most desks are called after their comune already.
    desk: name.includes(comune) ? name : say('deskmail:desk_in', { desk: name, comune }),
    phone: (desk.phones[0] ?? env.directory.comune(made.comune).switchboard).value.shown,
    target: line(target?.name ?? ''),
    list: env.links.list(),
    when: whenWords(made, 'it', say, 'deskmail'),
  };
}

const WHEN = {
  deskmail: { office: 'deskmail:when_office', phone: 'deskmail:when_phone' },
  letter: { office: 'letter:when_office', phone: 'letter:when_phone' },
} as const;

/** The appointment of a case, `martedì 24 novembre 2026, dalle 09:00 alle 09:30, allo sportello`; empty where there is none. */
export function whenWords({ life }: Case, language: string, say: Say, words: keyof typeof WHEN): string {
  const [span] = life.appointment ? readSpans([life.appointment]) : [];
  if (!span || !life.appointment) return '';
  return say(WHEN[words][life.appointment.how], { span: spanWords(span, language, say) });
}

/** One link, and beside it the digits that are not in it: a machine that only follows links has not got them. */
export function openCase({ env, made, at }: Omit<About, 'desk'>, say: Say): Part[] {
  return [
    { kind: 'link', label: say('deskmail:open', { code: codeOf(made) }), url: caseLink(env, made, at) },
    { kind: 'field', label: say('deskmail:digits'), value: caseDigits(env, made) },
  ];
}
