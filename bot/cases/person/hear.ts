// Words that are about a request: what was asked for, a code, or an answer to what a desk has just written.
// Danger always came first; buttons and commands beyond these are left to bot/listen.ts.
import { obey } from '../../commands.ts';
import { allOf, isPhrase, namedCommand, plain } from '../../options.ts';
import { sentCases } from '../../talk.ts';
import type { Reply } from '../../message.ts';
import type { Talk } from '../../talk.ts';
import { byRef, refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { tellNamed, tellProof } from './code-talk.ts';
import { namesNewContact, tellContact } from './contact.ts';
import { byCode, offerToSend, send } from './messages.ts';
import { leave, settle } from './rest.ts';
import { isOpen } from './state-words.ts';
import { tellNews } from './status.ts';
import { accept, askMove, askWhetherYes, currentTime, decline } from './times.ts';

/** What the words do, or `undefined` where they are not about a request. Nothing is done yet. */
export function caseWords(talk: Talk, text: string): (() => void) | undefined {
  const { asking, floor, offered } = talk.state;
  const label = offered.some((choice) => choice.id === text.trim() || plain(choice.label) === plain(text));
  if (label) return undefined;
  const command = namedCommand(text, talk.env.words);
  if (asking.kind === 'case' && !floor) {
    if (command === 'back') return () => leave(talk);
    if (!isCommand(command)) return askedWords(talk, text);
    settle(talk);
  }
  const named = namedNow(talk);
  if (named.length > 0) return () => tellNamed(talk, named);
  if (floor) return undefined;
  if (namesNewContact(talk) && !inRequest(talk)) return () => tellContact(talk, text);
  if (asksWhere(talk, text)) return () => void obey(talk, 'status');
  return toldWords(talk, text, command) ?? (asksStatus(talk, text) ? () => void obey(talk, 'status') : undefined);
}

/** In so many words a phrase that asks for news is the whole question, however it begins or ends. */
const SHORT_QUESTION = 14;

function asksStatus(talk: Talk, text: string): boolean {
  return !inRequest(talk) && text.trim().split(/\s+/).length <= SHORT_QUESTION && names(talk, text, 'status_inside');
}

/** "Dove devo andare?", "che cosa porto?": it is known, where there is an appointment or one is proposed. */
function asksWhere(talk: Talk, text: string): boolean {
  const meets = sentCases(talk).some(({ state }) => state === 'proposed' || state === 'confirmed');
  return meets && !inRequest(talk) && names(talk, text, 'appointment_inside');
}

/** Greetings, thanks and "help" may be what is said to a desk; the others are always commands. */
function isCommand(command: string | undefined): boolean {
  return command !== undefined && !['thanks', 'greeting', 'help', 'what'].includes(command);
}

function askedWords(talk: Talk, text: string): (() => void) | undefined {
  const { asking } = talk.state;
  if (asking.kind !== 'case') return undefined;
  if (asking.what === 'contact') return () => tellContact(talk, text);
  if (asking.what === 'proof') return () => tellProof(talk, asking.code, text);
  const made = byRef(sentCases(talk), asking.ref);
  if (!made) return undefined;
  if (asking.what === 'answer') return () => offerToSend(talk, made, text);
  if (asking.what === 'move') {
    // Yes and no are the buttons'.
    if (means(talk, text, 'yes') || means(talk, text, 'no')) return undefined;
    return () => offerToSend(talk, made, text, currentTime(made)?.sequence);
  }
  if (asking.what !== 'send') return undefined;
  const { said, sequence } = asking;
  if (means(talk, text, 'yes')) return () => void send(talk, made);
  if (means(talk, text, 'no')) return () => leave(talk);
  // People write in pieces: what was said before is said as well. A button is there to write it anew.
  return () => offerToSend(talk, made, `${said.text}\n${text.trim()}`, sequence);
}

/** Codes in the words; inside what was asked for in a request only where they are all that was written. */
function namedNow(talk: Talk): Talk['named'] {
  const { asking } = talk.state;
  const proof = asking.kind === 'case' && asking.what === 'proof' ? asking.code : undefined;
  const typed = talk.named.filter(({ code }) => code !== proof);
  const found = typed.filter(({ cases, sure }) => cases.length > 0 || sure);
  return inRequest(talk) ? found.filter(({ alone }) => alone) : found;
}

function inRequest({ state }: Talk): boolean {
  return state.asking.kind === 'request' && state.request !== null;
}

/** An answer to what was told by itself since the person last wrote, or to a time whose yes and no are on offer. */
function toldWords(talk: Talk, text: string, command: string | undefined): (() => void) | undefined {
  if (inRequest(talk)) return undefined;
  const last = talk.told.at(-1);
  const made = last && byCode(talk, last.case);
  if (made && last.choices.some(({ id }) => id.startsWith('case.news.'))) return unread(talk, made, text, command);
  const proposed = proposedNow(talk, made?.code);
  if (proposed) return toProposal(talk, proposed, text, command, made !== undefined);
  if (!made) return undefined;
  const fixed = aboutOf(talk, last, 'case.decline.');
  if (fixed?.state === 'confirmed') return toReminder(talk, fixed, text, command);
  if (command !== undefined) return undefined;
  // "Se Le serve ancora qualcosa, lo scriva qui." Yes and no are for the buttons, where there are some.
  if (!isOpen(made))
    return last.choices.length > 0 && isBare(talk, text) ? undefined : () => offerToSend(talk, made, text);
  const answered = aboutOf(talk, last, 'case.answer.');
  return answered && (() => offerToSend(talk, answered, text));
}

const FEW = 2;

/** They only know that there is something to read: a word or two ask for it; more cannot be an answer to it. */
function unread(talk: Talk, made: Case, text: string, command: string | undefined): (() => void) | undefined {
  if (command !== undefined && command !== 'what') return undefined;
  return text.trim().split(/\s+/).length <= FEW ? () => tellNews(talk, made) : undefined;
}

/** The request that a button of that kind names. */
function aboutOf(talk: Talk, { choices }: Reply, kind: string): Case | undefined {
  const ids = choices.map(({ id }) => id);
  return sentCases(talk).find((made) => ids.some((id) => `${id}.`.startsWith(`${kind}${refOf(made)}.`)));
}

/** After "si ricordi che": coming, not coming, or something to tell the desk. */
function toReminder(talk: Talk, made: Case, text: string, command: string | undefined): (() => void) | undefined {
  const sequence = currentTime(made)?.sequence;
  if (sequence === undefined) return undefined;
  if (means(talk, text, 'yes') || means(talk, text, 'agree')) return () => accept(talk, made, sequence);
  if (means(talk, text, 'no') || command === 'move') return () => askMove(talk, made);
  if (command !== undefined) return undefined;
  return () => offerToSend(talk, made, text, names(talk, text, 'cannot') ? sequence : undefined);
}

function isBare(talk: Talk, text: string): boolean {
  return means(talk, text, 'yes') || means(talk, text, 'no');
}

/** The request whose time waits for an answer: of that code, else the one whose buttons are on offer. */
function proposedNow(talk: Talk, code: string | null | undefined): Case | undefined {
  const asked = sentCases(talk).filter(isAsked);
  if (code) return asked.find((made) => made.code === code);
  const ids = talk.state.offered.map(({ id }) => id);
  return asked.find((made) => ids.some((id) => id.startsWith(`case.accept.${refOf(made)}.`)));
}

/** `fresh`: nothing else was said since; then words that are neither yes nor no are for the desk as well. */
function toProposal(
  talk: Talk,
  made: Case,
  text: string,
  command: string | undefined,
  fresh: boolean,
): (() => void) | undefined {
  const sequence = currentTime(made)?.sequence;
  if (sequence === undefined) return undefined;
  const no = means(talk, text, 'no') || names(talk, text, 'cannot') || command === 'move';
  const opens = allOf('yes', talk.env.words).some((yes) => plain(text).startsWith(`${plain(yes)} `));
  if (means(talk, text, 'yes') || means(talk, text, 'agree') || (command === 'thanks' && opens))
    return () => accept(talk, made, sequence);
  // "Grazie", "sì giovedì mattina": perhaps a yes.
  if (command === 'thanks' || (opens && !no && !text.includes('?'))) return () => askWhetherYes(talk, made);
  if (command !== undefined && command !== 'move') return undefined;
  if (means(talk, text, 'no') || command === 'move') return () => decline(talk, made, sequence);
  return no || fresh ? () => offerToSend(talk, made, text, no ? sequence : undefined) : undefined;
}

function isAsked({ state, life }: Case): boolean {
  return state === 'proposed' && life.appointment?.state === 'proposed';
}

function means(talk: Talk, text: string, key: 'yes' | 'no' | 'agree'): boolean {
  return isPhrase(plain(text), key, talk.env.words);
}

/** Whether one of the phrases stands in the text as it is. */
function names(talk: Talk, text: string, key: 'cannot' | 'status_inside' | 'appointment_inside'): boolean {
  const said = ` ${plain(text)} `;
  return allOf(key, talk.env.words).some((phrase) => said.includes(` ${plain(phrase)} `));
}
