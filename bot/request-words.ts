// The words of a request's questions: for oneself or for another, for whoever is to be called, with the hours known or not.
// Which question it is was decided by flows/request.ts.
import type { Question } from '../flows/play.ts';
import { valuesOf } from './answers.ts';
import { offeredSlots } from './draft.ts';
import type { Case } from './ports.ts';
import { consentText } from './request-consent.ts';
import { voiceOf } from './request-parts.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';

export function questionText(talk: Talk, draft: Case, question: Question): string {
  const words = say(talk);
  if (question.state === 'consent') return consentText(talk, draft);
  if (question.state === 'when' && offeredSlots(talk, draft).length === 0)
    return words(isCalled(draft) ? 'request:when.ask_unknown_person' : 'request:when.ask_unknown');
  const text = asked(talk, draft, question.state);
  return isFirstOfForm(talk, question) ? `${words('request:alone.form')}\n\n${text}` : text;
}

/** What the line of that question is called in the summary, and where it is corrected. */
export function aboutOf(talk: Talk, draft: Case, state: string): string {
  return firstOf(talk, state, 'about', [voiceOf(draft)]);
}

function asked(talk: Talk, draft: Case, state: string): string {
  return firstOf(talk, state, 'ask', [...(isCalled(draft) ? ['_person'] : []), voiceOf(draft)]);
}

/** The words made for this voice, where there are any of their own. */
function firstOf(talk: Talk, state: string, part: 'ask' | 'about', voices: readonly string[]): string {
  const keys = voices.map((voice) =>
    part === 'ask' ? `request:${state}.ask${voice}` : `request:${state}.about${voice}`,
  );
  const found = keys.find((key) => talk.env.words.has(key));
  return say(talk)(found ?? (part === 'ask' ? `request:${state}.ask` : `request:${state}.about`));
}

/** Whether the person it is about is to be called, not who writes. */
function isCalled({ details }: Case): boolean {
  return details.thirdParty?.call === 'person';
}

/** Before the first question of the form: why it is asked. */
function isFirstOfForm(talk: Talk, { state }: Question): boolean {
  const given = (question: string): boolean => valuesOf(talk.state.request?.answers ?? [], question).length > 0;
  return (state === 'age' && !given('request.alone')) || (state === 'alone' && !given('request.age'));
}
