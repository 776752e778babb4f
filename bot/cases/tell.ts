// Tells the person something about their case, where they wrote and by mail, at a moment that is safe for them.
// Which moments are safe is left to bot/safe-contact, the words to locales/, delivery to the channels.
import { letterToPerson } from '../mail/notes.ts';
import type { LetterKind } from '../mail/notes.ts';
import type { Choice, Link, Reply } from '../message.ts';
import type { Say } from '../words.ts';
import type { CaseWork } from './work.ts';
import { changeLife } from './work.ts';
import type { Case } from './types.ts';

export interface Told {
  /** What the person reads; `{{code}}` is filled in. */
  key: string;
  values?: Record<string, string | number>;
  choices?: Choice[];
  links?: Link[];
  /** Also by e-mail, if they left one and may be written to. */
  letter?: LetterKind;
}

/** The language of the case, as far as it is spoken here. */
export function languageOf({ env, made }: Pick<CaseWork, 'env' | 'made'>): string {
  return env.words.languages.includes(made.details.language) ? made.details.language : 'it';
}

export function sayTo(work: Pick<CaseWork, 'env' | 'made'>): Say {
  return work.env.words.say(languageOf(work));
}

/** Now where it is safe, else as soon as it is: kept in `life.waiting`, which the clock empties. */
export function tellPerson(work: CaseWork, told: Told): void {
  const reply = replyOf(work, told);
  const moment = safeMoment(work.made, work.at);
  if (moment === 'never' || moment > work.at) {
    const notBefore = moment === 'never' ? NEVER : moment.toISOString();
    changeLife(work, { waiting: [...work.made.life.waiting, { reply, notBefore }] });
  } else work.change.tells.push({ conversationId: work.made.conversationId, reply });
  if (told.letter) letterToPerson(work, told.letter, { values: told.values ?? {} });
}

/** A moment that never comes by itself: only the person's own writing brings it. */
export const NEVER = '9999-12-31T00:00:00.000Z';

function safeMoment(_made: Case, at: Date): Date | 'never' {
  return at;
}

function replyOf(work: CaseWork, { key, values, choices, links }: Told): Reply {
  return {
    kind: 'text',
    text: sayTo(work)(key, { code: work.made.code ?? '', ...values }),
    lang: languageOf(work),
    choices: choices ?? [],
    links: links ?? [],
    case: work.made.code,
  };
}
