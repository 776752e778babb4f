// The talk of an appointment request: asks each question of flows/request.ts and takes its answer into the draft.
// Typed words are left to request-tell.ts, reading it back to request-summary.ts, sending it to request-send.ts.
import { play } from '../flows/play.ts';
import type { Question } from '../flows/play.ts';
import { withAnswer, withoutAnswer } from './answers.ts';
import { currentDraft, dropDraft, fillDraft, offeredSlots, requestFacts } from './draft.ts';
import { callLine } from './desk-lines.ts';
import { callLinks } from './human.ts';
import type { Case } from './ports.ts';
import { choicesAt, takeOption } from './request-options.ts';
import { askTimeAgain } from './request-move.ts';
import { leaveOut, requestParts } from './request-parts.ts';
import { sendRequest } from './request-send.ts';
import { askCorrection, askSummary } from './request-summary.ts';
import { takeWords } from './request-tell.ts';
import { questionText } from './request-words.ts';
import { reply, saveCase, say, stale } from './talk.ts';
import type { Talk } from './talk.ts';

/** Asks what is asked next, or does what the last answer decided. */
export function continueRequest(talk: Talk, before = ''): void {
  const draft = currentDraft(talk);
  const question = draft && currentQuestion(talk, draft);
  if (!draft || !question) return;
  talk.state.asking = { kind: 'request', question: question.id };
  if (question.state === 'summary') return askSummary(talk, draft, question, before);
  const text = questionText(talk, draft, question);
  reply(talk, [before, text].filter((part) => part !== '').join('\n\n'), {
    choices: choicesAt(talk, draft, question),
  });
}

/** The question the request waits at, `undefined` once it has ended. */
function currentQuestion(talk: Talk, draft: Case): Question | undefined {
  const played = playRequest(talk, draft);
  return played.done ? undefined : played.question;
}

/** A button of the request. `option` is the part of its id after the question. */
export function chooseInRequest(talk: Talk, question: string, option: string): void {
  const draft = currentDraft(talk);
  if (!draft) return;
  if (option.startsWith('without.')) return chooseWithout(talk, draft, Number(option.slice('without.'.length)));
  if (!isOffered(talk, draft, option)) return stale(talk, continueRequest);
  if (option === 'correct') return askCorrection(talk, draft, playRequest(talk, draft).trail);
  if (option.startsWith('slot.')) return takeSlot(talk, draft, Number(option.slice('slot.'.length)));
  if (question === 'request.contact' && option === 'confirm') return answered(talk, question, 'given');
  takeOption(talk, draft, question, option);
  answered(talk, question, option);
}

/** One desk less: the consent is then asked for what remains. */
function chooseWithout(talk: Talk, draft: Case, index: number): void {
  if (!leaveOut(talk, draft, index)) return stale(talk, continueRequest);
  atFirstDesk(talk, draft);
  continueRequest(talk);
}

/** The draft stands at the first desk that gets anything. */
function atFirstDesk(talk: Talk, draft: Case): void {
  const [first] = requestParts(talk, draft);
  if (!first || first.desk.id === draft.deskId) return;
  const now = { ...draft, deskId: first.desk.id, details: { ...draft.details, preferred: [] } };
  saveCase(talk, now);
  askTimeAgain(talk, draft, now);
}

/** Only what the question offers can be tapped; what must be typed cannot, and only a number that was typed is confirmed. */
function isOffered(talk: Talk, draft: Case, option: string): boolean {
  if (option.startsWith('slot.')) return true;
  if (option === 'confirm') return draft.details.contact !== undefined;
  return option !== 'given' && option !== 'slot' && (currentQuestion(talk, draft)?.options.includes(option) ?? false);
}

/** Words typed at a question of the request. False where the question takes buttons only. */
export function tellRequest(talk: Talk, question: string, text: string): boolean {
  const draft = currentDraft(talk);
  if (!draft) return false;
  const told = takeWords(talk, draft, question, text);
  if (told === 'no') return false;
  if (told === 'taken') answered(talk, question, 'given');
  else if (told === 'asked') return true;
  else if ('option' in told) chooseInRequest(talk, question, told.option);
  else if ('again' in told) continueRequest(talk, told.again);
  else if ('left' in told) leaveRequest(talk, draft, told.left);
  else answered(talk, question, told.value, told.before);
  return true;
}

/** Asks one question again and keeps the others, but for those that hang on it. */
export function reopenRequest(talk: Talk, question: string): void {
  const { request } = talk.state;
  const draft = currentDraft(talk);
  if (!request || !draft) return;
  for (const one of [question, ...(HANGS[question] ?? [])]) request.answers = withoutAnswer(request.answers, one);
  if (question === 'request.consent' || question === 'request.without') atFirstDesk(talk, draft);
  if (question === 'request.age') forgetAge(talk, draft);
  continueRequest(talk);
}

/** What an answer decides: whose number it is, which desks were left out, which wishes there are. */
const HANGS: Record<string, string[]> = {
  'request.consent': ['request.without'],
  'request.without': ['request.consent'],
  'request.knows': ['request.call', 'request.contact'],
  'request.call': ['request.contact'],
  'request.safe': ['request.wishes'],
  'request.safe_first': ['request.wishes_first'],
};

/** An age read in the person's own words was wrong: it is asked for. */
function forgetAge(talk: Talk, draft: Case): void {
  const { age: _, ...form } = draft.details.puntoInsieme ?? {};
  fillDraft(talk, draft, { puntoInsieme: form });
}

/** `before`: said back before the next question. */
function answered(talk: Talk, question: string, value: string, before = ''): void {
  const { request } = talk.state;
  const draft = currentDraft(talk);
  if (!request || !draft) return;
  request.answers = withAnswer(request.answers, { question, values: [value], by: 'person' });
  const played = playRequest(talk, draft);
  if (!played.done) return continueRequest(talk, before);
  // Without a way to be reached nobody could call back: asked again rather than sent.
  if (played.state === 'sent' && !draft.details.contact) return reopenRequest(talk, 'request.contact');
  if (played.state === 'sent') return sendRequest(talk, draft);
  leaveRequest(talk, draft, LEFT[played.state] ?? 'request:declined');
}

const LEFT: Record<string, string> = {
  call_yourself: 'request:call_yourself',
  not_agreed: 'request:not_agreed',
};

function leaveRequest(talk: Talk, draft: Case, key: string): void {
  const desk = talk.env.directory.desk(draft.deskId);
  dropDraft(talk);
  talk.state.asking = { kind: 'result' };
  if (!desk) return;
  const choices = ['another', 'restart', 'erase'].map((id) => ({
    id: `result.${id}`,
    label: say(talk)(`result:${id}`),
  }));
  const { name, switchboard } = talk.env.directory.comune(draft.comune);
  // Whoever does not want that desk is given the comune's own number.
  const elsewhere = key === 'request:declined_there';
  const { shown: phone, uri } = switchboard.value;
  reply(talk, say(talk)(key, { line: callLine(talk, desk, draft.comune), comune: name, phone }), {
    links: elsewhere ? [{ label: say(talk)('result:call', { phone }), url: uri }] : callLinks(talk, [desk]),
    choices,
  });
}

function takeSlot(talk: Talk, draft: Case, minutes: number): void {
  const slot = offeredSlots(talk, draft).find(({ start }) => start.getTime() === minutes * 60_000);
  if (!slot) return stale(talk, continueRequest);
  fillDraft(talk, draft, { preferred: [{ start: slot.start.toISOString(), end: slot.end.toISOString() }] });
  answered(talk, 'request.when', 'slot');
}

function playRequest(talk: Talk, draft: Case) {
  return play('request', talk.state.request?.answers ?? [], {
    asked: 0,
    pending: 0,
    known: [],
    facts: requestFacts(talk, draft),
  });
}
