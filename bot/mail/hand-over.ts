// The first mail of a case to its desk, and the person's own copy, ready for the outbox.
// What they say is left to request.ts and copy.ts; whether and when to hand over to the steps and the clock.
import type { Answer, ComuneId } from '../../flows/types.ts';
import { deskOf } from '../cases/desk-of.ts';
import type { Case, Desk, OutboxMail } from '../ports.ts';
import { isWaiting } from '../cases/clock/phase.ts';
import { promiseOf } from '../cases/clock/schedule.ts';
import { answerInWords } from '../prompt.ts';
import { safeMoment } from '../safe-contact/moment.ts';
import type { Environment } from '../talk.ts';
import { dayInWords, timeInWords } from '../when.ts';
import { openCase } from './about.ts';
import { line } from './clean.ts';
import { copyMail } from './copy.ts';
import { facts } from './facts.ts';
import type { Part } from './render.ts';
import { requestMail, secondInboxOf } from './request.ts';

/**
 * The request as its desk gets it. `second`: to the desk's second inbox, or to the coordinator where there is none.
 * Undefined where nobody can get it.
 */
export function handOver(env: Environment, made: Case, at: Date, second?: true): OutboxMail | undefined {
  const desk = deskOf(env, made);
  const inbox = second ? secondInboxOf(env, desk) : desk.inbox;
  if (!inbox) return undefined;
  const say = env.words.say('it');
  const promised = promisedWords(env, made);
  const mail = requestMail({
    ...origin(env, made),
    case: made,
    desk: { ...desk, inbox },
    comune: env.directory.comune(made.comune),
    words: env.words,
    at,
    answerLabel: (answer) => answerLabel(env, answer),
    open: openCase({ env, made, at }, say),
    ...(promised === undefined ? {} : { promised }),
    ...(second ? { second: { list: env.links.list() } } : {}),
  });
  return { id: env.ids.uuid(), caseId: made.id, kind: 'request', mail };
}

/** What a case is about, as its mail says it: for the operator's page. */
export function factsOf(env: Environment, made: Case): Part[] {
  const say = env.words.say('it');
  const comune = env.directory.comune(made.comune);
  return facts({ ...origin(env, made), case: made, comune, answerLabel: (one) => answerLabel(env, one) }, say);
}

/** `mercoledì 25 novembre alle 13`: what the person heard when the request was sent; undefined where they heard nothing of it since. */
export function promisedWords(env: Environment, made: Case): string | undefined {
  const { life, requestedAt } = made;
  if (!isWaiting(made) || !requestedAt || life.forwardedFrom !== undefined) return undefined;
  if (life.since !== undefined && Date.parse(life.since) > requestedAt.getTime()) return undefined;
  const at = promiseOf(env, made, requestedAt);
  return env.words.say('it')('result:when', { day: dayInWords(at, 'it'), time: timeInWords(at) });
}

/** Who passed it on, to be asked. */
function origin(env: Environment, { life, comune }: Case): { from?: string } {
  const desk = life.forwardedBy === undefined ? undefined : env.directory.desk(life.forwardedBy);
  return desk ? { from: deskInWords(env, desk, comune) } : {};
}

/** `Sportello sociale - Comune di Porcari, 0583 211899`. */
export function deskInWords(env: Environment, desk: Desk, comune: ComuneId): string {
  const phone = (desk.phones[0] ?? env.directory.comune(comune).switchboard).value.shown;
  return env.words.say('it')('deskmail:desk_phone', { desk: line(desk.name), phone });
}

/** The person's own copy of a request, with its other `parts`, at a safe moment; undefined where they left no e-mail or want none. */
export function personCopy(env: Environment, made: Case, at: Date, parts: Case[] = []): OutboxMail | undefined {
  const { words, calendar } = env;
  const desk = deskOf(env, made);
  const others = parts.map((one) => ({ case: one, desk: deskOf(env, one) }));
  const mail = copyMail({ case: made, desk, others, comune: env.directory.comune(made.comune), calendar, words, at });
  const moment = safeMoment(made, at);
  if (!mail || moment === 'never') return undefined;
  return { id: env.ids.uuid(), caseId: made.id, kind: 'copy', mail, ...(moment > at ? { notBefore: moment } : {}) };
}

/** The area adds nothing to the need that follows it. */
function answerLabel(env: Environment, { question, values }: Answer): string {
  return question.startsWith('triage.') ? '' : answerInWords({ env, state: { language: 'it' } }, question, values);
}
