// "Seguo da qui": a request of another conversation goes on in this one, if that is wanted. The chat it was made in is told.
// Showing that it is theirs is left to code-talk.ts; what moves with it to proof.ts.
import { callLine } from '../../desk-lines.ts';
import { mainDesk } from '../../human.ts';
import { isPhrase, plain } from '../../options.ts';
import { reply, say } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { dayInWords, timeInWords } from '../../when.ts';
import { actOn } from '../apply.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import { isGuarded, isGuest, moveHere } from './proof.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';
import { tellCode } from './status.ts';
import { tellNone } from './none.ts';

/** Nothing moves yet. */
export function askHere(talk: Talk, code: string, cases: readonly Case[]): void {
  talk.state.asking = { kind: 'case', what: 'proof', code, refs: cases.map(refOf) };
  const words = say(talk);
  reply(talk, words('case:code.here', { code }), {
    case: code,
    choices: [
      { id: `case.here.${code.toLowerCase()}`, label: words('case:code.follow') },
      { id: 'case.leave', label: words('case:button.leave') },
    ],
  });
}

/** From now on it is followed here: what the desk wrote, then the truth as ever. False where that was not asked. */
export function followHere(talk: Talk): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'case' || asking.what !== 'proof' || !asking.refs) return false;
  const { code, refs } = asking;
  const named = talk.named.find((one) => one.code === code);
  const all = named?.cases.filter(({ state }) => state !== 'draft') ?? [];
  const asked = all.filter((made) => refs.includes(refOf(made)));
  const [first] = asked;
  if (!first) tellNone(talk);
  // It may have become one meanwhile.
  else if (all.some(isGuarded)) finish(talk, say(talk)('case:code.locked', { line: comuneLine(talk, first) }));
  else welcome(talk, code, asked);
  return true;
}

/** The answer in words. False where it was not asked. */
export function hereWords(talk: Talk, text: string): boolean {
  const { asking } = talk.state;
  if (asking.kind !== 'case' || asking.what !== 'proof' || !asking.refs) return false;
  const said = plain(text);
  const cases = talk.named.find(({ code }) => code === asking.code)?.cases ?? [];
  if (isPhrase(said, 'yes', talk.env.words)) return followHere(talk);
  if (isPhrase(said, 'no', talk.env.words)) finish(talk, say(talk)('common:kept'));
  else
    askHere(
      talk,
      asking.code,
      cases.filter((made) => asking.refs?.includes(refOf(made))),
    );
  return true;
}

function welcome(talk: Talk, code: string, cases: readonly Case[]): void {
  const { conversationId, channel } = talk.incoming;
  const line = cases[0] ? comuneLine(talk, cases[0]) : '';
  const moved = cases.flatMap(
    (made, index) =>
      actOn(talk, made.id, (work) => moveHere(work, { conversationId, channel }, index === 0 && line)) ?? [],
  );
  const ids = moved.map(({ id }) => id);
  const words = say(talk);
  const messages = (talk.named.find((one) => one.code === code)?.messages ?? []).filter(
    ({ caseId, from }) => from === 'desk' && ids.includes(caseId),
  );
  const lines = messages.map(({ at, text }) => {
    const day = words('result:when', { day: dayInWords(at, talk.state.language), time: timeInWords(at) });
    return words('case:code.message', { day, text });
  });
  const last = moved.find(({ id }) => id === messages.at(-1)?.caseId);
  // What is written next may answer the desk, as if it had just written.
  const answer = last && isOpen(last) ? [{ id: `case.answer.${refOf(last)}`, label: words('case:told.answer') }] : [];
  const told = answer.length > 0 ? { told: true as const } : {};
  reply(talk, [words('case:code.moved', { code }), ...lines].join('\n\n'), { case: code, choices: answer, ...told });
  tellCode(talk, moved);
}

/** What may be done only where the request was made. True where it is about one that is merely followed here: then that is said. */
export function refuseGuest(talk: Talk, cases: readonly Case[]): boolean {
  const guest = cases.find(isGuest);
  if (!guest) return false;
  finish(talk, say(talk)('case:code.first_only', { line: comuneLine(talk, guest) }), { case: guest.code });
  return true;
}

/** Whoever answers for everything in that comune: the same for every request, so that it tells nothing of this one. */
export function comuneLine(talk: Talk, { comune }: Pick<Case, 'comune'>): string {
  return callLine(talk, mainDesk(talk, comune), comune);
}
