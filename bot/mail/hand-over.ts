// The first mail of a case to its desk, and the person's own copy, ready for the outbox.
// What they say is left to request.ts and copy.ts; whether and when to hand over to the steps and the clock.
import type { Answer } from '../../flows/types.ts';
import { deskOf } from '../cases/desk-of.ts';
import type { Case, OutboxMail } from '../ports.ts';
import { answerInWords } from '../prompt.ts';
import { safeMoment } from '../safe-contact/moment.ts';
import type { Environment } from '../talk.ts';
import { openCase } from './about.ts';
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
  const mail = requestMail({
    case: made,
    desk: { ...desk, inbox },
    comune: env.directory.comune(made.comune),
    words: env.words,
    at,
    answerLabel: (answer) => answerLabel(env, answer),
    open: openCase({ env, made, at }, say),
    ...(second ? { second } : {}),
  });
  return { id: env.ids.uuid(), caseId: made.id, kind: 'request', mail };
}

/** What a case is about, as its mail says it: for the operator's page. */
export function factsOf(env: Environment, made: Case): Part[] {
  const say = env.words.say('it');
  const comune = env.directory.comune(made.comune);
  return facts({ case: made, comune, answerLabel: (one) => answerLabel(env, one) }, say);
}

/** The person's own copy of a request, at a safe moment; undefined where they left no e-mail or want none. */
export function personCopy(env: Environment, made: Case, at: Date): OutboxMail | undefined {
  const { words, calendar } = env;
  const desk = deskOf(env, made);
  const mail = copyMail({ case: made, desk, comune: env.directory.comune(made.comune), calendar, words, at });
  const moment = safeMoment(made, at);
  if (!mail || moment === 'never') return undefined;
  return { id: env.ids.uuid(), caseId: made.id, kind: 'copy', mail, ...(moment > at ? { notBefore: moment } : {}) };
}

/** The area adds nothing to the need that follows it. */
function answerLabel(env: Environment, { question, values }: Answer): string {
  return question.startsWith('triage.') ? '' : answerInWords({ env, state: { language: 'it' } }, question, values);
}
