// The commands that work in every state: start again, back, language, a person, erase, what is this, who reads it.
// When a text is a command was decided by options.ts; danger always came first.
import { withoutAnswer } from './answers.ts';
import { actOn } from './cases/apply.ts';
import { askContact } from './cases/person/contact.ts';
import { askWithdraw, doWithdraw } from './cases/person/ending.ts';
import { giveBack, isGuest } from './cases/person/proof.ts';
import { isOpen } from './cases/person/state-words.ts';
import { tellStatus } from './cases/person/status.ts';
import { moveAny } from './cases/person/times.ts';
import { erase as eraseCase } from './cases/person-steps.ts';
import { byRef } from './cases/ref.ts';
import { speakIn } from './cases/tell.ts';
import { personForMinor } from './danger.ts';
import { dropDraft } from './draft.ts';
import { offerHuman } from './human.ts';
import { minorGoesOn } from './minor.ts';
import { greet, proceed, showChange } from './proceed.ts';
import { reopenRequest } from './request-steps.ts';
import { askCopy, showCopy } from './own-copy/show.ts';
import { askSheet, giveSheet, leaveSheet } from './sheet/ask.ts';
import { newState } from './state.ts';
import type { Confirm } from './state.ts';
import { reply, say, sentCases } from './talk.ts';
import type { Talk } from './talk.ts';

/** Carries out a command by its name (the part of the id after `command.`). False for a name that is none. */
export function obey(talk: Talk, command: string): boolean {
  const words = say(talk);
  const language = talk.env.words.languages.find((code) => [`language.${code}`, `language_${code}`].includes(command));
  if (language) return switchLanguage(talk, language);
  switch (command) {
    case 'restart':
      return confirm(talk, 'restart', words('common:confirm_restart'));
    case 'erase':
      return confirmErase(talk);
    case 'withdraw':
      return confirmWithdraw(talk);
    case 'back':
      return back(talk);
    case 'change':
      return showChange(talk);
    case 'human':
      return human(talk);
    case 'status':
      tellStatus(talk);
      return true;
    case 'move':
      moveAny(talk);
      return true;
    case 'contact':
      return correctContact(talk);
    case 'copy':
      askCopy(talk);
      return true;
    case 'sheet':
      askSheet(talk);
      return true;
    case 'language':
      return askLanguage(talk);
    case 'what':
      return aside(talk, words('common:what_is_this'));
    case 'privacy':
      return aside(talk, privacy(talk));
    case 'help':
      return aside(talk, words('common:here'));
    case 'continue':
      minorGoesOn(talk);
      return aside(talk, '');
    case 'greeting':
      return aside(talk, '');
    case 'thanks':
      reply(talk, words('common:thanks'));
      return true;
    default:
      return false;
  }
}

/** The answer to "are you sure?". */
export function confirmed(talk: Talk, what: Confirm, yes: boolean): void {
  const { asking } = talk.state;
  if (!yes && what === 'sheet') return leaveSheet(talk);
  if (!yes) return proceed(talk, say(talk)('common:kept'));
  if (what === 'withdraw') {
    const refs = asking.kind === 'confirm' ? (asking.refs ?? []) : [];
    return doWithdraw(
      talk,
      refs.flatMap((ref) => byRef(sentCases(talk), ref) ?? []),
    );
  }
  if (what === 'copy') return showCopy(talk);
  if (what === 'sheet') return giveSheet(talk);
  if (what === 'restart') return startAgain(talk, say(talk)('common:restarted'));
  erase(talk);
}

/** Forgets the conversation, withdraws what was asked, asks the desks to erase, says what stays and why. */
function erase(talk: Talk): void {
  const words = say(talk);
  const cases = sentCases(talk);
  // What was only followed here stays, where it was made.
  for (const made of cases.filter(isGuest)) actOn(talk, made.id, giveBack);
  const own = cases.filter((made) => !isGuest(made));
  const erased = own.flatMap((made) => actOn(talk, made.id, eraseCase) ?? []);
  // Of a contact that was only shown no desk has had a mail.
  const known = erased.some(({ code, state }) => code !== null && state !== 'advised');
  talk.eraseLog = true;
  // Nothing stays that tells there was a danger: not the state, not the line of numbers that this answer began with.
  talk.replies = [];
  talk.state.floor = null;
  talk.state.noticed = talk.state.noticed.filter((notice) => notice !== 'minor' && !notice.startsWith('floor.'));
  const stays = known ? [words('case:erase.stays')] : [];
  const copies = talk.incoming.channel === 'telegram' ? [words('telegram:own_copy')] : [];
  reply(talk, [words('common:erased'), ...copies, ...stays].join('\n'), { erased: true });
  startAgain(talk, '');
}

function startAgain(talk: Talk, before: string): void {
  dropDraft(talk);
  const { language, languageChosen, pageComune, noticed, floor } = talk.state;
  // The danger, if one was seen, is not left by starting again; only "cancella tutto" forgets it.
  talk.state = { ...newState(language, pageComune), languageChosen, noticed, floor };
  greet(talk, before);
}

function confirm(talk: Talk, what: Confirm, question: string): true {
  talk.state.asking = { kind: 'confirm', what };
  const words = say(talk);
  const choices = [
    { id: `confirm.${what}.yes`, label: words('common:yes') },
    { id: `confirm.${what}.no`, label: words('common:no') },
  ];
  reply(talk, question, { choices });
  return true;
}

function confirmErase(talk: Talk): true {
  const words = say(talk);
  const codes = [
    ...new Set(
      sentCases(talk).flatMap((made) => (isOpen(made) && !isGuest(made) && made.code !== null ? made.code : [])),
    ),
  ];
  const open = codes.length > 0 ? [words('case:erase.ask', { code: codes.join(', ') })] : [];
  return confirm(talk, 'erase', [words('common:confirm_erase'), ...open].join(' '));
}

function confirmWithdraw(talk: Talk): true {
  if (askWithdraw(talk)) return true;
  if (talk.state.request) return confirm(talk, 'restart', say(talk)('common:confirm_restart'));
  tellStatus(talk);
  return true;
}

/** While a request is being written it is that request's number; afterwards the one that was sent. */
function correctContact(talk: Talk): true {
  if (talk.state.request) reopenRequest(talk, 'request.contact');
  else askContact(talk);
  return true;
}

/** One question back: what was answered last is asked again. */
function back(talk: Talk): true {
  const { request, answers } = talk.state;
  const words = say(talk);
  const last = request?.answers.at(-1);
  if (request && last) {
    reopenRequest(talk, last.question);
    return true;
  }
  if (request) {
    dropDraft(talk);
    proceed(talk, words('common:back'));
    return true;
  }
  if (talk.state.split) {
    talk.state.split = null;
    proceed(talk, words('common:back'));
    return true;
  }
  const answer = answers.findLast(({ by }) => by === 'person') ?? answers.findLast(({ by }) => by === 'words');
  if (!answer) {
    proceed(talk, words('common:back_nothing'));
    return true;
  }
  talk.state.answers =
    answer.by === 'person' ? withoutAnswer(answers, answer.question) : answers.filter(({ by }) => by === 'page');
  proceed(talk, words('common:back'));
  return true;
}

function human(talk: Talk): true {
  if (personForMinor(talk)) return true;
  const go = { id: 'command.continue', label: say(talk)('common:go_on') };
  offerHuman(talk, say(talk)('common:human'), [go]);
  return true;
}

/** On Telegram not only this program has what is written. */
function privacy(talk: Talk): string {
  const words = say(talk);
  const who = talk.incoming.channel === 'telegram' ? words('case:privacy_telegram') : words('case:privacy');
  return `${who} ${words('case:privacy_request')}`;
}

function askLanguage(talk: Talk): true {
  const words = say(talk);
  const choices = talk.env.words.languages.map((language) => ({
    id: `command.language.${language}`,
    label: words(`common:language_${language}`),
  }));
  reply(talk, words('common:ask_language'), { choices });
  return true;
}

function switchLanguage(talk: Talk, language: string): true {
  talk.state.language = language;
  talk.state.languageChosen = true;
  if (talk.state.floor) delete talk.state.floor.language;
  // What comes by itself later comes in it too.
  for (const made of sentCases(talk))
    if (isOpen(made) || made.dueAt) actOn(talk, made.id, (work) => speakIn(work, language));
  return aside(talk, say(talk)('common:language_switched'));
}

/** Answers beside the flow, then asks again what was being asked. */
function aside(talk: Talk, text: string): true {
  proceed(talk, text);
  return true;
}
