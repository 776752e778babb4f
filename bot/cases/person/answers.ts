// Words after something was told by itself, or beside a time that waits for a yes: what of it they answer.
// Words that were asked for are left to hear.ts, what an answer does to the files beside.
import { allOf, isPhrase, namedChoice, plain } from '../../options.ts';
import { sentCases } from '../../talk.ts';
import type { Reply } from '../../message.ts';
import type { Talk } from '../../talk.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { answerIn, names, opensWithYes } from './meaning.ts';
import { byCode, offerToSend } from './messages.ts';
import { isOpen } from './state-words.ts';
import { tellNews } from './status.ts';
import { accept, askMove, askWhetherYes, currentTime, decline } from './times.ts';

type Does = (() => void) | undefined;

/** An answer to what was told by itself since the person last wrote, or to a time whose yes and no are on offer. */
export function toldWords(talk: Talk, text: string, command: string | undefined): Does {
  const last = talk.told.at(-1);
  const made = last && byCode(talk, last.case);
  if (made && last.choices.some(({ id }) => id.startsWith('case.news.'))) return unread(talk, made, text, command);
  const proposed = proposedNow(talk, made?.code);
  if (proposed) return toProposal(talk, proposed, text, command, made !== undefined);
  if (!made) return undefined;
  const fixed = aboutOf(talk, last, 'case.decline.');
  if (fixed?.state === 'confirmed') return toReminder(talk, fixed, text, command);
  if (command !== undefined) return undefined;
  const answer = answerIn(text, talk.env.words);
  const asked = aboutOf(talk, last, 'case.forward_yes.');
  if (asked && answer === 'condition') return () => offerToSend(talk, asked, text);
  // "Se Le serve ancora qualcosa, lo scriva qui." Yes and no are for the buttons, where there are some.
  if (!isOpen(made)) {
    const isBare = answer === 'yes' || answer === 'no';
    return last.choices.length > 0 && isBare ? undefined : () => offerToSend(talk, made, text);
  }
  const answered = aboutOf(talk, last, 'case.answer.');
  return answered && (() => offerToSend(talk, answered, text));
}

/** Buttons that offer something and ask nothing: a yes in passing never means them, even where they stand alone. */
const OFFERS = ['case.reopen.', 'case.answer.', 'case.move.', 'case.withdraw.', 'case.leave', 'result.another'];

/** "Ok, grazie" where nothing was asked. */
export function agreesToNothing({ state, env }: Talk, text: string): boolean {
  const [only, ...others] = state.offered;
  const offers = only !== undefined && others.length === 0 && OFFERS.some((kind) => only.id.startsWith(kind));
  return offers && answerIn(text, env.words) === 'yes';
}

/** The button about a request that a yes or a no means, however it is said. */
export function offeredAnswer({ state, env }: Talk, text: string): string | undefined {
  const answer = answerIn(text, env.words);
  if (answer !== 'yes' && answer !== 'no') return undefined;
  const [word = ''] = allOf(answer, env.words);
  const id = namedChoice(word, state.offered, env.words);
  return id?.startsWith('case.') ? id.slice('case.'.length) : undefined;
}

const FEW = 2;

/** They only know that there is something to read: a word or two ask for it; more cannot be an answer to it. */
function unread(talk: Talk, made: Case, text: string, command: string | undefined): Does {
  if (command !== undefined && command !== 'what') return undefined;
  // Nobody can say yes to what they have not read.
  const short = text.trim().split(/\s+/).length <= FEW || answerIn(text, talk.env.words) === 'yes';
  return short ? () => tellNews(talk, made) : undefined;
}

/** The request that a button of that kind names. */
function aboutOf(talk: Talk, { choices }: Reply, kind: string): Case | undefined {
  const ids = choices.map(({ id }) => id);
  return sentCases(talk).find((made) => ids.some((id) => `${id}.`.startsWith(`${kind}${refOf(made)}.`)));
}

/** After "si ricordi che": coming, not coming, or something to tell the desk. */
function toReminder(talk: Talk, made: Case, text: string, command: string | undefined): Does {
  const { words } = talk.env;
  const sequence = currentTime(made)?.sequence;
  if (sequence === undefined) return undefined;
  const answer = answerIn(text, words);
  if (answer === 'yes') return () => accept(talk, made, sequence);
  if (answer === 'no' || command === 'move') return () => askMove(talk, made);
  if (command !== undefined) return undefined;
  const unwanted = answer === 'condition' || names(text, 'cannot', words);
  return () => offerToSend(talk, made, text, unwanted ? sequence : undefined);
}

/** The request whose time waits for an answer: of that code, else the one whose buttons are on offer. */
function proposedNow(talk: Talk, code: string | null | undefined): Case | undefined {
  const asked = sentCases(talk).filter(isAsked);
  if (code) return asked.find((made) => made.code === code);
  const ids = talk.state.offered.map(({ id }) => id);
  return asked.find((made) => ids.some((id) => id.startsWith(`case.accept.${refOf(made)}.`)));
}

/** `fresh`: nothing else was said since; then words that are neither yes nor no are for the desk as well. */
function toProposal(talk: Talk, made: Case, text: string, command: string | undefined, fresh: boolean): Does {
  const { words } = talk.env;
  const sequence = currentTime(made)?.sequence;
  if (sequence === undefined) return undefined;
  const answer = answerIn(text, words);
  if (answer === 'yes') return () => accept(talk, made, sequence);
  if (answer === 'no' || command === 'move') return () => decline(talk, made, sequence);
  if (answer === 'condition' || (names(text, 'cannot', words) && command === undefined))
    return () => offerToSend(talk, made, text, sequence);
  // "Grazie", "sì giovedì mattina": perhaps a yes.
  const perhaps = isPhrase(plain(text), 'thanks', words) || (opensWithYes(text, words) && !text.includes('?'));
  if (perhaps) return () => askWhetherYes(talk, made);
  return command === undefined && fresh ? () => offerToSend(talk, made, text) : undefined;
}

function isAsked({ state, life }: Case): boolean {
  return state === 'proposed' && life.appointment?.state === 'proposed';
}
