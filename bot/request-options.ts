// The buttons of a request: which are shown under a question, and what a tapped one puts into the draft.
// Which question comes next is left to request-steps.ts.
import type { Question } from '../flows/play.ts';
import { fillDraft, fillThirdParty, offeredSlots } from './draft.ts';
import type { Choice } from './message.ts';
import type { Case } from './ports.ts';
import { choicesOf } from './prompt.ts';
import { consentChoices } from './request-consent.ts';
import { safeAs } from './request-safe.ts';
import { fillForm } from './request-tell.ts';
import { say } from './talk.ts';
import type { Talk } from './talk.ts';
import { closingInWords, dayInWords, timeInWords } from './when.ts';

export function choicesAt(talk: Talk, draft: Case, question: Question): Choice[] {
  if (question.asks === 'slot') return slotChoices(talk, draft, question);
  if (question.state === 'consent') return consentChoices(talk, draft, question);
  const other = question.state === 'safe' && draft.details.thirdParty?.call === 'person';
  return choicesOf(talk, question).map((choice) =>
    other && choice.id === 'request.safe.any' ? { ...choice, label: say(talk)('request:safe.any_person') } : choice,
  );
}

function slotChoices(talk: Talk, draft: Case, question: Question): Choice[] {
  const words = say(talk);
  const slots = offeredSlots(talk, draft).map(({ start, end }) => ({
    id: `${question.id}.slot.${start.getTime() / 60_000}`,
    label: words('request:when.slot', {
      day: dayInWords(start, talk.state.language),
      start: timeInWords(start),
      end: closingInWords(end),
    }),
  }));
  return [...slots, ...choicesOf(talk, question)];
}

/** What a button says goes into the draft. */
export function takeOption(talk: Talk, draft: Case, question: string, option: string): void {
  const answer = option === 'yes' ? 'yes' : option === 'no' ? 'no' : undefined;
  switch (question) {
    case 'request.safe':
    case 'request.safe_first':
      return void fillDraft(talk, draft, option === 'any' ? { safe: safeAs(talk, draft, undefined) } : {});
    case 'request.when':
      return void fillDraft(talk, draft, { preferred: [] });
    case 'request.agreed':
      return void fillThirdParty(talk, draft, option === 'yes' ? { consent: 'declared', call: 'writer' } : {});
    case 'request.knows':
      // Whoever does not know of it yet is not called out of the blue.
      return void fillThirdParty(talk, draft, option === 'yes' ? { knows: 'yes' } : { knows: 'no', call: 'writer' });
    case 'request.call':
      return void fillThirdParty(talk, draft, { call: option === 'person' ? 'person' : 'writer' });
    case 'request.alone':
      return fillForm(talk, draft, answer ? { livesAlone: answer } : {});
    case 'request.doctor':
      return fillForm(talk, draft, answer ? { doctorKnows: answer } : {});
    case 'request.note':
      return fillNote(talk, draft, option);
  }
}

function fillNote(talk: Talk, draft: Case, option: string): void {
  const { told } = talk.state;
  if (option === 'reuse' && told) return void fillDraft(talk, draft, { note: told });
  const { note: _, ...details } = draft.details;
  fillDraft(talk, { ...draft, details }, {});
}
