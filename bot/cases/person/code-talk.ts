// A code that somebody types: the whole truth where the request is of this conversation, a neutral word where it is another's,
// and the way to go on with it here. Looking it up is left to named.ts, the proof to proof.ts.
import { callLine, deskLines } from '../../desk-lines.ts';
import { callLinks, offerHuman } from '../../human.ts';
import { afterViolence, mayBeNamed } from '../../mail/neutral.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { dayInWords, timeInWords } from '../../when.ts';
import { actOn } from '../apply.ts';
import { deskOf } from '../desk-of.ts';
import { refOf } from '../ref.ts';
import type { Case } from '../types.ts';
import type { Named } from './named.ts';
import { recentUnknown } from './named.ts';
import { countWrong, isLocked, moveHere, proves, readProof } from './proof.ts';
import { finish } from './rest.ts';
import { isOpen } from './state-words.ts';
import { tellCode } from './status.ts';
import { tellNone } from './none.ts';

/** Says what may be said of each code that the message names. */
export function tellNamed(talk: Talk, named: readonly Named[]): void {
  for (const one of named) {
    const own = sentCases(talk).filter(({ code }) => code === one.code);
    const others = one.cases.filter(({ state }) => state !== 'draft');
    if (own.length > 0) tellCode(talk, own);
    else if (others.length > 0) tellForeign(talk, others);
    else tellUnknown(talk, one);
  }
}

function tellUnknown(talk: Talk, { code, tooMany }: Named): void {
  const words = say(talk);
  if (tooMany) return offerHuman(talk, words('case:code.too_many'));
  talk.state.unknownCodes = [...recentUnknown(talk.state.unknownCodes, talk.at), talk.at.toISOString()];
  finish(talk, words('case:code.unknown', { code }));
}

/** Nothing that tells who asked, for what, or when they are expected anywhere. */
function tellForeign(talk: Talk, cases: readonly Case[]): void {
  const words = say(talk);
  const [first] = cases;
  if (!first) return;
  const code = first.code ?? '';
  const prove = { id: `case.prove.${code.toLowerCase()}`, label: words('case:code.prove') };
  const desk = deskOf(talk.env, first);
  if (cases.some(afterViolence)) {
    const { phones, opening } = deskLines(talk, desk, first.comune);
    const phone = [phones[0]?.shown ?? '', opening ?? ''].join('. ');
    return finish(talk, words('case:code.sensitive', { code, phone }), { choices: [prove], case: code });
  }
  const day = dayInWords(first.requestedAt ?? first.createdAt, talk.state.language);
  const lines = cases.flatMap((made) => neutralLines(talk, made));
  const text = [words('case:code.foreign', { code, day }), ...lines, words('case:code.mine')];
  finish(talk, text.join('\n'), {
    choices: [prove],
    case: code,
    links: callLinks(talk, cases.map((made) => deskOf(talk.env, made)).slice(0, 1)),
  });
}

function neutralLines(talk: Talk, made: Case): string[] {
  const words = say(talk);
  const desk = deskOf(talk.env, made);
  const named = mayBeNamed(desk, made);
  const taken = made.life.takenAt;
  const state =
    isOpen(made) && taken !== undefined
      ? words('case:neutral.taken_on', { day: dayInWords(new Date(taken), talk.state.language) })
      : words(`case:neutral.${neutralState(made)}`);
  const line = named ? callLine(talk, desk, made.comune) : (deskLines(talk, desk, made.comune).phones[0]?.shown ?? '');
  return [state, ...(made.state === 'withdrawn' ? [] : [words(callKey(made), { line })])];
}

/** Whom to call is said to who waits; where nothing more comes, to who still needs something. */
function callKey(made: Case): string {
  if (made.state === 'undeliverable' || made.state === 'expired') return 'case:status.call_please';
  return isOpen(made) ? 'case:status.call' : 'case:status.call_again';
}

/** Anything beyond "taken in charge" would tell how it goes. */
function neutralState({
  state,
}: Case): 'requested' | 'delivered' | 'undeliverable' | 'taken' | 'closed' | 'withdrawn' | 'expired' {
  if (state === 'requested' || state === 'delivered' || state === 'undeliverable') return state;
  if (state === 'withdrawn' || state === 'expired') return state;
  return state === 'closed' || state === 'refused' || state === 'forwarded' ? 'closed' : 'taken';
}

export function askProof(talk: Talk, code: string): void {
  talk.state.asking = { kind: 'case', what: 'proof', code: code.toUpperCase() };
  const words = say(talk);
  reply(talk, words('case:code.ask'), { choices: [{ id: 'case.leave', label: words('case:button.leave') }] });
}

/** What is typed as the proof. Right and wrong look the same to whoever has no more tries. */
export function tellProof(talk: Talk, code: string, text: string): void {
  const words = say(talk);
  const leave = [{ id: 'case.leave', label: words('case:button.leave') }];
  const proof = readProof(text);
  if (proof === undefined) return reply(talk, words('case:code.again'), { choices: leave });
  const all = talk.named.find((one) => one.code === code)?.cases.filter(({ state }) => state !== 'draft') ?? [];
  const [first] = all;
  if (!first) return tellNone(talk);
  const line = lineOf(talk, first);
  if (isLocked(first, talk.at)) return finish(talk, words('case:code.locked', { line }));
  const mine = all.filter((made) => proves(made, proof));
  if (mine.length > 0) return welcome(talk, code, mine);
  const after = actOn(talk, first.id, countWrong);
  if (after && isLocked(after, talk.at)) return finish(talk, words('case:code.locked', { line }));
  reply(talk, words('case:code.wrong', { line }), { choices: leave });
}

/** From now on it is of this conversation: what the desk wrote, then the truth as ever. */
function welcome(talk: Talk, code: string, cases: readonly Case[]): void {
  const { conversationId, channel } = talk.incoming;
  const moved = cases.flatMap(
    (made) => actOn(talk, made.id, (work) => moveHere(work, { conversationId, channel })) ?? [],
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

/** Without the name of a desk that would tell why one goes there. */
function lineOf(talk: Talk, made: Case): string {
  const desk = deskOf(talk.env, made);
  if (mayBeNamed(desk, made)) return callLine(talk, desk, made.comune);
  return deskLines(talk, desk, made.comune).phones[0]?.shown ?? '';
}
