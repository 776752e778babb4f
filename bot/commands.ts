// The commands that work in every state: start again, back, language, a person, erase, what is this, who reads it.
// When a text is a command was decided by options.ts; danger always came first.
import { withoutAnswer } from './answers.ts';
import { personForMinor } from './danger.ts';
import { dropDraft } from './draft.ts';
import { callLine } from './desk-lines.ts';
import { callLinks, mainDesk, offerHuman } from './human.ts';
import { greet, proceed, showChange } from './proceed.ts';
import { reopenRequest } from './request-steps.ts';
import { forgetDetails, withdrawRequest } from './request-send.ts';
import { newState } from './state.ts';
import { reply, say, sentCase, sentCases } from './talk.ts';
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
      return status(talk);
    case 'language':
      return askLanguage(talk);
    case 'what':
      return aside(talk, words('common:what_is_this'));
    case 'privacy':
      return aside(talk, words('common:who_reads'));
    case 'help':
      return aside(talk, words('common:here'));
    case 'greeting':
    case 'continue':
      return aside(talk, '');
    case 'thanks':
      reply(talk, words('common:thanks'));
      return true;
    default:
      return false;
  }
}

/** The answer to "are you sure?". */
export function confirmed(talk: Talk, what: 'restart' | 'erase' | 'withdraw', yes: boolean): void {
  if (!yes) return proceed(talk, say(talk)('common:kept'));
  const made = sentCase(talk);
  if (what === 'withdraw' && made) {
    withdrawRequest(talk, made);
    talk.state.asking = { kind: 'result' };
    return reply(talk, say(talk)('common:withdrawn', { code: made.code ?? '' }), { case: made.code });
  }
  if (what === 'restart') return startAgain(talk, say(talk)('common:restarted'));
  if (what === 'erase') return erase(talk);
  proceed(talk);
}

/** Forgets the conversation, withdraws what was asked, says what stays with the desk. */
function erase(talk: Talk): void {
  const made = sentCases(talk);
  const words = say(talk);
  const delivered = made.some(({ state }) => state === 'delivered');
  for (const one of made) {
    if (one.state !== 'withdrawn') withdrawRequest(talk, one);
    forgetDetails(talk, one.id);
  }
  talk.eraseLog = true;
  // Nothing stays that tells there was a danger: not the state, not the line of numbers that this answer began with.
  talk.replies = [];
  talk.state.floor = null;
  talk.state.noticed = talk.state.noticed.filter((notice) => notice !== 'minor' && !notice.startsWith('floor.'));
  const remains = delivered ? ` ${words('common:erased_remains')}` : '';
  reply(talk, words('common:erased') + remains, { erased: true });
  startAgain(talk, '');
}

function startAgain(talk: Talk, before: string): void {
  dropDraft(talk);
  const { language, languageChosen, pageComune, noticed, floor } = talk.state;
  // The danger, if one was seen, is not left by starting again; only "cancella tutto" forgets it.
  talk.state = { ...newState(language, pageComune), languageChosen, noticed, floor };
  greet(talk, before);
}

function confirm(talk: Talk, what: 'restart' | 'erase' | 'withdraw', question: string): true {
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
  const made = sentCase(talk);
  const words = say(talk);
  const open =
    made && made.state !== 'withdrawn' ? [words('common:confirm_erase_case', { code: made.code ?? '' })] : [];
  return confirm(talk, 'erase', [words('common:confirm_erase'), ...open].join(' '));
}

function confirmWithdraw(talk: Talk): true {
  const made = sentCase(talk);
  if (made && made.state !== 'withdrawn')
    return confirm(talk, 'withdraw', say(talk)('common:confirm_withdraw', { code: made.code ?? '' }));
  if (talk.state.request) return confirm(talk, 'restart', say(talk)('common:confirm_restart'));
  return aside(talk, say(talk)('common:case_none'));
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

/** The truth about the newest request of this conversation, and a number to call. */
export function status(talk: Talk, made = sentCase(talk)): true {
  const words = say(talk);
  if (!made || made.state === 'draft') return aside(talk, words('common:case_none'));
  const desk = talk.env.directory.desk(made.deskId) ?? mainDesk(talk, made.comune);
  const line = callLine(talk, desk, made.comune);
  const call = made.state === 'withdrawn' ? '' : `\n${words('common:case_status_call', { line })}`;
  reply(talk, words(`common:case_status_${made.state}`, { code: made.code ?? '' }) + call, {
    case: made.code,
    links: callLinks(talk, [desk]),
  });
  return true;
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
  return aside(talk, say(talk)('common:language_switched'));
}

/** Answers beside the flow, then asks again what was being asked. */
function aside(talk: Talk, text: string): true {
  proceed(talk, text);
  return true;
}
