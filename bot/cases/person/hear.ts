// Words that are about a request: what was asked for, a code, or an answer to what a desk has just written.
// Danger always came first; buttons and commands beyond these are left to bot/listen.ts.
import { obey } from '../../commands.ts';
import { namedCommand, plain } from '../../options.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { byRef } from '../ref.ts';
import type { Case } from '../types.ts';
import { agreesToNothing, offeredAnswer, toldWords } from './answers.ts';
import { chooseCase } from './choose.ts';
import { tellNamed, tellProof } from './code-talk.ts';
import { namesNewContact, tellContact } from './contact.ts';
import { leave } from './leave.ts';
import { answerIn, isSaid, names } from './meaning.ts';
import { askAnswer, offerToSend, readAgain, send } from './messages.ts';
import { settle } from './rest.ts';
import { isOpen } from './state-words.ts';
import { tellStatus } from './status.ts';
import { currentTime } from './times.ts';
import { tellUnanswered } from './unanswered.ts';
import { namesWish, tellWish } from './wish.ts';

type Does = (() => void) | undefined;

/** What the words do, or `undefined` where they are not about a request. Nothing is done yet. */
export function caseWords(talk: Talk, text: string): Does {
  const { asking, floor, offered } = talk.state;
  const label = offered.some((choice) => choice.id === text.trim() || plain(choice.label) === plain(text));
  if (label) return undefined;
  const command = namedCommand(text, talk.env.words);
  if (asking.kind === 'case' && !floor) {
    const asked = whileAsked(talk, text, command);
    if (asked !== 'passed') return asked;
    settle(talk);
  }
  const named = namedNow(talk);
  if (named.length > 0) return () => tellNamed(talk, named);
  if (floor) return undefined;
  if (namesNewContact(talk) && !inRequest(talk)) return () => tellContact(talk, text);
  if (namesWish(talk, text) && !inRequest(talk)) return () => tellWish(talk, text);
  if (asksWhere(talk, text)) return () => void obey(talk, 'status');
  if (inRequest(talk)) return undefined;
  const told = toldWords(talk, text, command);
  if (told) return told;
  const wished = wishedLine(talk, text);
  if (wished) return () => askAnswer(talk, wished);
  if (agreesToNothing(talk, text)) return () => reply(talk, say(talk)('common:thanks'), { choices: offered });
  const id = offeredAnswer(talk, text);
  if (id !== undefined) return () => void chooseCase(talk, id);
  return command === undefined ? wishIn(talk, text) : undefined;
}

/** What comes by itself while words are awaited is what the next words answer; nothing that was read back before goes then. */
function whileAsked(talk: Talk, text: string, command: string | undefined): Does | 'passed' {
  const { asking } = talk.state;
  if (asking.kind !== 'case') return 'passed';
  if (asking.what === 'contact' || asking.what === 'proof') {
    if (command === 'back') return () => leave(talk);
    return isCommand(command) ? 'passed' : askedWords(talk, text);
  }
  const told = talk.told.length > 0 ? toldWords(talk, text, command) : undefined;
  if (told) return afterSettling(talk, told);
  if (command === 'back' || isSaid(text, 'stop', talk.env.words)) return () => leave(talk);
  if (isCommand(command) && command !== 'status') return 'passed';
  return asking.what === 'send' ? drafted(talk, text, command) : isCommand(command) ? 'passed' : askedWords(talk, text);
}

function afterSettling(talk: Talk, todo: () => void): () => void {
  return () => {
    settle(talk);
    todo();
  };
}

/** Words after those that were read back: a question of theirs is answered, then it is asked again. */
function drafted(talk: Talk, text: string, command: string | undefined): Does {
  const { asking } = talk.state;
  if (asking.kind !== 'case' || asking.what !== 'send') return undefined;
  // A digit is a button: three of them are on offer.
  if (/^\s*[1-3]\s*$/.test(text)) return undefined;
  const wish = command === 'status' ? () => tellStatus(talk) : wishIn(talk, text);
  if (!wish) return askedWords(talk, text);
  return () => {
    wish();
    if (talk.state.asking.kind !== 'confirm') readAgain(talk, asking);
  };
}

/** In so many words a phrase that asks for something is all that is said, however it begins or ends. */
const SHORT = 14;

/** What is asked for in their own words: how it stands, whom else to call, to take it back. */
function wishIn(talk: Talk, text: string): Does {
  const { words } = talk.env;
  if (inRequest(talk) || text.trim().split(/\s+/).length > SHORT) return undefined;
  const open = sentCases(talk).filter(isOpen);
  if (open.length > 0 && names(text, 'unanswered_inside', words)) return () => tellUnanswered(talk, open);
  if (open.length > 0 && names(text, 'withdraw_inside', words)) return () => void obey(talk, 'withdraw');
  const waits = open.length > 0 && names(text, 'open_inside', words);
  const next = sentCases(talk).length > 0 && names(text, 'next_inside', words);
  return waits || next || asksWhere(talk, text) || names(text, 'status_inside', words)
    ? () => void obey(talk, 'status')
    : undefined;
}

/** "Dove devo andare?", "che cosa porto?": it is known, where there is an appointment or one is proposed. */
function asksWhere(talk: Talk, text: string): boolean {
  const meets = sentCases(talk).some(({ state }) => state === 'proposed' || state === 'confirmed');
  return meets && !inRequest(talk) && names(text, 'appointment_inside', talk.env.words);
}

/** Greetings, thanks and "help" may be what is said to a desk; the others are always commands. */
function isCommand(command: string | undefined): boolean {
  return command !== undefined && !['thanks', 'greeting', 'help', 'what'].includes(command);
}

function askedWords(talk: Talk, text: string): Does {
  const { asking } = talk.state;
  if (asking.kind !== 'case') return undefined;
  if (asking.what === 'contact') return () => tellContact(talk, text);
  if (asking.what === 'proof') return () => tellProof(talk, asking.code, text);
  const made = byRef(sentCases(talk), asking.ref);
  if (!made) return undefined;
  const answer = answerIn(text, talk.env.words);
  const time = currentTime(made)?.sequence;
  const unwanted = names(text, 'cannot', talk.env.words) ? time : undefined;
  if (asking.what === 'answer') return () => offerToSend(talk, made, text, unwanted);
  if (asking.what !== 'send') {
    const id = offeredAnswer(talk, text);
    return id === undefined ? () => offerToSend(talk, made, text, time) : () => void chooseCase(talk, id);
  }
  const { said, sequence } = asking;
  // What was told meanwhile stands between these words and a yes: they are read once more.
  if (answer === 'yes' && talk.told.length > 0) return () => readAgain(talk, asking);
  if (answer === 'yes') return () => void send(talk, made);
  if (answer === 'no') return () => leave(talk);
  // People write in pieces: what was said before is said as well. A button is there to write it anew.
  return () => offerToSend(talk, made, `${said.text}\n${text.trim()}`, sequence ?? unwanted);
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

/** "Scrivo allo sportello" also where that button is not on offer: to the newest request that is open. */
function wishedLine(talk: Talk, text: string): Case | undefined {
  return isSaid(text, 'write_desk', talk.env.words) ? sentCases(talk).find(isOpen) : undefined;
}
