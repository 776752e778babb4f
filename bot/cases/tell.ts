// Tells the person something about their case, where they wrote and by mail, at a moment that is safe for them.
// Which moments are safe is left to bot/safe-contact, the words to locales/, delivery to the channels.
import { writtenLanguage } from '../mail/language.ts';
import { letterToPerson } from '../mail/notes.ts';
import type { LetterKind } from '../mail/notes.ts';
import type { Choice, Link, Reply } from '../message.ts';
import { mayBeNamed } from '../mail/neutral.ts';
import { leavesNoTrace, needsNeutral, safeMoment } from '../safe-contact/moment.ts';
import type { Say } from '../words.ts';
import { deskOf } from './desk-of.ts';
import { refOf } from './ref.ts';
import type { CaseWork } from './work.ts';
import { changeLife } from './work.ts';
import type { WaitingTell } from './types.ts';

export interface Told {
  /** What the person reads; `{{code}}` is filled in. */
  key: string;
  values?: Record<string, string | number>;
  choices?: Choice[];
  links?: Link[];
  /** Also by e-mail, if they left one and may be written to. */
  letter?: LetterKind;
  /** It answers what the person wrote a moment ago: they are here, and it is said whole at once. */
  answers?: true;
}

/** A moment that never comes by itself: only the person's own writing brings it. */
export const NEVER = '9999-12-31T00:00:00.000Z';

/** The language of the case, as far as it is spoken here. */
export function languageOf({ env, made }: Pick<CaseWork, 'env' | 'made'>): string {
  return writtenLanguage(env, made);
}

/** From now on the case is spoken of in that language. False where it was already. */
export function speakIn(work: CaseWork, language: string): boolean {
  const { made } = work;
  if (made.details.language === language) return false;
  work.made = { ...made, details: { ...made.details, language } };
  return true;
}

export function sayTo(work: Pick<CaseWork, 'env' | 'made'>): Say {
  return work.env.words.say(languageOf(work));
}

/**
 * Now where it is safe, else as soon as it is: kept in `life.waiting`, which the clock and the person's own writing empty.
 * Where somebody may look over a shoulder, only that there is something to read; the rest waits until they ask for it.
 */
export function tellPerson(work: CaseWork, told: Told): void {
  const reply = bubble(work, told.key, { ...told, values: { code: codeFor(work), ...told.values } });
  if (told.answers) push(work, reply);
  else {
    const notBefore = safeFrom(work);
    const neutral = notBefore !== NEVER && needsNeutral(work.made);
    wait(work, { reply, notBefore, ...(neutral ? { announce: announcement(work) } : {}) });
    tellWaiting(work);
  }
  // Whether and when a mail may go is looked at there, by the same rules.
  if (told.letter) letterToPerson(work, told.letter, { values: told.values ?? {} });
}

/**
 * What waited for this moment is told; of several things to read only one is announced. For the clock as well. If this is no
 * safe moment any more (somebody looks late, another thing is told at night) it waits for the next one.
 */
export function tellWaiting(work: CaseWork): void {
  const { made, at } = work;
  const due = made.life.waiting.filter(({ notBefore }) => Date.parse(notBefore) <= at.getTime());
  if (due.length === 0) return;
  const rest = made.life.waiting.filter((one) => !due.includes(one));
  const notBefore = safeFrom(work);
  if (Date.parse(notBefore) > at.getTime())
    return changeLife(work, {
      waiting: made.life.waiting.map((one) => (due.includes(one) ? { ...one, notBefore } : one)),
    });
  for (const { reply, announce } of due) if (!announce) push(work, reply);
  const announced = due.filter(({ announce }) => announce !== undefined);
  const [first] = announced;
  if (first?.announce) push(work, first.announce);
  changeLife(work, { waiting: [...rest, ...announced.map(({ reply }) => ({ reply, notBefore: NEVER }))] });
}

/** ISO. The first moment from now on at which they may be told by itself. */
function safeFrom({ made, at }: CaseWork): string {
  const moment = safeMoment(made, at);
  return moment === 'never' ? NEVER : moment.toISOString();
}

function push({ made, change }: CaseWork, reply: Reply): void {
  change.tells.push({ conversationId: made.conversationId, reply });
}

/** Several desks have a part of one request: its code alone does not say whose news it is. */
function codeFor(work: CaseWork): string {
  const { env, made, siblings } = work;
  const code = made.code ?? '';
  const desk = deskOf(env, made);
  if (!siblings.some(({ state }) => state !== 'forwarded') || !mayBeNamed(desk, made)) return code;
  return sayTo(work)('case:told.code_of', { code, desk: desk.name });
}

function wait(work: CaseWork, told: WaitingTell): void {
  changeLife(work, { waiting: [...work.made.life.waiting, told] });
}

/** Nothing in it tells what the request is about, nor to whom it went. */
export function announcement(work: Pick<CaseWork, 'env' | 'made'>): Reply {
  const read = { id: `case.news.${refOf(work.made)}`, label: sayTo(work)('safe:read') };
  return bubble(work, 'safe:news', { choices: [read] });
}

function bubble(
  work: Pick<CaseWork, 'env' | 'made'>,
  key: string,
  { values, choices, links }: Omit<Told, 'key'>,
): Reply {
  return {
    kind: 'text',
    text: sayTo(work)(key, { code: work.made.code ?? '', ...values }),
    lang: languageOf(work),
    choices: choices ?? [],
    links: links ?? [],
    case: work.made.code,
    told: true,
    ...(leavesNoTrace(work.made.details) ? { delicate: true } : {}),
  };
}

/** Said at once where the case was followed so far: only for a case without any wish of when to be written to. */
export function tellFirstChat({ made, change }: CaseWork, reply: Reply): void {
  change.tells.push({ conversationId: made.conversationId, reply });
}
