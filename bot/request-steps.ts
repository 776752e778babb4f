// The talk of an appointment request: asks each question of flows/request.ts and takes its answer into the draft.
// Reading it back is left to request-summary.ts, sending it to request-send.ts.
import { play } from '../flows/play.ts';
import type { Question } from '../flows/play.ts';
import { withAnswer, withoutAnswer } from './answers.ts';
import { readContact } from './contact.ts';
import { currentDraft, dropDraft, fillDraft, offeredSlots, requestFacts } from './draft.ts';
import { callLine } from './desk-lines.ts';
import { callLinks } from './human.ts';
import type { Choice } from './message.ts';
import type { Case } from './ports.ts';
import { choicesOf } from './prompt.ts';
import { sendRequest } from './request-send.ts';
import { askSummary } from './request-summary.ts';
import { reply, say } from './talk.ts';
import type { Talk } from './talk.ts';
import { closingInWords, dayInWords, timeInWords } from './when.ts';

/** Asks what is asked next, or does what the last answer decided. */
export function continueRequest(talk: Talk, before = ''): void {
  const draft = currentDraft(talk);
  const question = draft && currentQuestion(talk, draft);
  if (!draft || !question) return;
  talk.state.asking = { kind: 'request', question: question.id };
  if (question.state === 'summary') return askSummary(talk, draft, question, before);
  const text = questionText(talk, draft, question);
  const choices = question.asks === 'slot' ? slotChoices(talk, draft, question) : choicesOf(talk, question);
  reply(talk, [before, text].filter((part) => part !== '').join('\n\n'), { choices });
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
  if (!isOffered(talk, draft, option)) return continueRequest(talk, say(talk)('common:stale_choice'));
  if (option === 'correct') return askCorrection(talk, draft);
  if (option.startsWith('slot.')) return takeSlot(talk, draft, Number(option.slice('slot.'.length)));
  if (question === 'request.contact' && option === 'confirm') return answered(talk, question, 'given');
  if (option === 'any' && question.startsWith('request.safe'))
    fillDraft(talk, draft, { safe: { anyTime: true, copyByMail: true } });
  if (question === 'request.when') fillDraft(talk, draft, { preferred: [] });
  if (question === 'request.knows') fillThirdParty(talk, draft, { knows: option === 'yes' ? 'yes' : 'no' });
  if (question === 'request.note') fillNote(talk, draft, option);
  answered(talk, question, option);
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
  const words = text.trim().slice(0, 1500);
  switch (question) {
    case 'request.name':
      if (!/\p{L}/u.test(words)) return false;
      fillDraft(talk, draft, { name: words.replace(/\s+/g, ' ').slice(0, 80) });
      break;
    case 'request.contact':
      return tellContact(talk, draft, words);
    case 'request.organization':
      fillThirdParty(talk, draft, { organization: words.slice(0, 200) });
      break;
    case 'request.wishes':
    case 'request.wishes_first':
      fillDraft(talk, draft, { safe: { anyTime: false, wishes: words.slice(0, 500), copyByMail: false } });
      break;
    case 'request.note':
      fillDraft(talk, draft, { note: { text: words, lang: talk.decoded?.lang ?? talk.state.language } });
      break;
    default:
      return false;
  }
  answered(talk, question, 'given');
  return true;
}

/** Asks one question again and keeps the others. */
export function reopenRequest(talk: Talk, question: string): void {
  const { request } = talk.state;
  if (!request) return;
  request.answers = withoutAnswer(request.answers, question);
  continueRequest(talk);
}

function answered(talk: Talk, question: string, value: string): void {
  const { request } = talk.state;
  const draft = currentDraft(talk);
  if (!request || !draft) return;
  request.answers = withAnswer(request.answers, { question, values: [value], by: 'person' });
  const played = playRequest(talk, draft);
  if (!played.done) return continueRequest(talk);
  // Without a way to be reached nobody could call back: asked again rather than sent.
  if (played.state === 'sent' && !draft.details.contact) return reopenRequest(talk, 'request.contact');
  if (played.state === 'sent') return sendRequest(talk, draft);
  leaveRequest(talk, draft, played.state === 'call_yourself' ? 'request:call_yourself' : 'request:declined');
}

function leaveRequest(talk: Talk, draft: Case, key: string): void {
  const desk = talk.env.directory.desk(draft.deskId);
  dropDraft(talk);
  talk.state.asking = { kind: 'result' };
  if (!desk) return;
  const choices = ['another', 'restart', 'erase'].map((id) => ({
    id: `result.${id}`,
    label: say(talk)(`result:${id}`),
  }));
  reply(talk, say(talk)(key, { line: callLine(talk, desk, draft.comune) }), {
    links: callLinks(talk, [desk]),
    choices,
  });
}

function tellContact(talk: Talk, draft: Case, text: string): boolean {
  const read = readContact(text);
  const words = say(talk);
  if (read.ok) {
    fillDraft(talk, draft, { contact: read.contact });
    answered(talk, 'request.contact', 'given');
    return true;
  }
  if (read.problem === 'none') return false;
  if (read.problem === 'short') {
    fillDraft(talk, draft, { contact: read.contact });
    const choice = { id: 'request.contact.confirm', label: words('request:contact.confirm') };
    reply(talk, words('request:contact.short', { number: read.contact.shown }), { choices: [choice] });
  } else if (read.problem === 'wrong') reply(talk, words('request:contact.wrong', { number: read.number }));
  else reply(talk, words('request:contact.several'));
  return true;
}

function takeSlot(talk: Talk, draft: Case, minutes: number): void {
  const slot = offeredSlots(talk, draft).find(({ start }) => start.getTime() === minutes * 60_000);
  if (!slot) return continueRequest(talk, say(talk)('common:stale_choice'));
  fillDraft(talk, draft, { preferred: [{ start: slot.start.toISOString(), end: slot.end.toISOString() }] });
  answered(talk, 'request.when', 'slot');
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

/** Which line of the summary is wrong. */
function askCorrection(talk: Talk, draft: Case): void {
  const words = say(talk);
  const questions = playRequest(talk, draft).trail.filter((question) => question !== 'request.consent');
  const choices = questions.map((question) => ({
    id: `change.${question}`,
    label: words(question.replace('.', ':') + '.about'),
  }));
  reply(talk, words('result:change_which'), { choices });
}

function questionText(talk: Talk, draft: Case, question: Question): string {
  const words = say(talk);
  const desk = talk.env.directory.desk(draft.deskId);
  if (question.state === 'consent')
    return words(desk?.inbox?.kind === 'desk' ? 'request:consent.ask' : 'request:consent.ask_pec', {
      desk: desk?.name ?? '',
    });
  if (question.state === 'when' && offeredSlots(talk, draft).length === 0) return words('request:when.ask_unknown');
  return words(`request:${question.state}.ask`);
}

function fillThirdParty(talk: Talk, draft: Case, part: NonNullable<Case['details']['thirdParty']>): void {
  fillDraft(talk, draft, { thirdParty: { ...draft.details.thirdParty, ...part } });
}

function fillNote(talk: Talk, draft: Case, option: string): void {
  const { told } = talk.state;
  if (option === 'reuse' && told) return void fillDraft(talk, draft, { note: told });
  const { note: _, ...details } = draft.details;
  fillDraft(talk, { ...draft, details }, {});
}

function playRequest(talk: Talk, draft: Case) {
  return play('request', talk.state.request?.answers ?? [], {
    asked: 0,
    pending: 0,
    known: [],
    facts: requestFacts(talk, draft),
  });
}
