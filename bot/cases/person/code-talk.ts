// A code that somebody types: the whole truth where the request is of this conversation, a neutral word where it is another's,
// and the question whether it is theirs. Looking it up is left to named.ts, the proof to proof.ts, going on to follow-here.ts.
import { callLinks, mainDesk, offerHuman } from '../../human.ts';
import { reply, say, sentCases } from '../../talk.ts';
import type { Talk } from '../../talk.ts';
import { dayInWords } from '../../when.ts';
import { actOn } from '../apply.ts';
import type { Case } from '../types.ts';
import { askHere, comuneLine, hereWords } from './follow-here.ts';
import type { Named } from './named.ts';
import { recentUnknown } from './named.ts';
import { countWrong, isGuarded, isLocked, proves, readProof } from './proof.ts';
import { finish } from './rest.ts';
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

/**
 * The same sentences for every request, and the same number: what it is for, who has it and whether somebody must not be
 * told cannot be read from how this sounds. How it goes is said of all of them, for whoever comes back with a code alone.
 */
function tellForeign(talk: Talk, cases: readonly Case[]): void {
  const words = say(talk);
  const [first] = cases;
  if (!first) return;
  const code = first.code ?? '';
  const day = dayInWords(first.requestedAt ?? first.createdAt, talk.state.language);
  const call = words('case:code.call', { line: comuneLine(talk, first) });
  const text = [words('case:code.foreign', { code, day }), ...neutralLines(talk, cases), call];
  const links = callLinks(talk, [mainDesk(talk, first.comune)]);
  // It was made here, and somebody follows it elsewhere.
  if (cases.every(({ life }) => life.madeIn === talk.incoming.conversationId)) {
    reply(talk, text.join('\n'), { case: code, links });
    return askHere(talk, code, cases);
  }
  const prove = { id: `case.prove.${code.toLowerCase()}`, label: words('case:code.prove') };
  finish(talk, [...text, words('case:code.mine')].join('\n'), { choices: [prove], case: code, links });
}

/** One line for each part; for all of them together where they stand alike. */
function neutralLines(talk: Talk, cases: readonly Case[]): string[] {
  const words = say(talk);
  const all = cases.map((made) =>
    words(made.state === 'advised' ? 'case:status.advised' : `case:neutral.${neutralState(made)}`),
  );
  const lines = [...new Set(all)];
  return lines.length < 2
    ? lines
    : all.map((line, index) => words('case:status.part', { number: index + 1, desk: line }));
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
  if (hereWords(talk, text)) return;
  const words = say(talk);
  const leave = [{ id: 'case.leave', label: words('case:button.leave') }];
  const proof = readProof(text);
  if (proof === undefined) return reply(talk, words('case:code.again'), { choices: leave });
  const all = talk.named.find((one) => one.code === code)?.cases.filter(({ state }) => state !== 'draft') ?? [];
  const [first] = all;
  if (!first) return tellNone(talk);
  const line = comuneLine(talk, first);
  if (isLocked(first, talk.at)) return finish(talk, words('case:code.locked', { line }));
  // Where none opens it, the right one sounds and counts like a wrong one.
  const mine = all.some(isGuarded) ? [] : all.filter((made) => proves(made, proof));
  if (mine.length > 0) return askHere(talk, code, mine);
  const after = actOn(talk, first.id, countWrong);
  if (after && isLocked(after, talk.at)) return finish(talk, words('case:code.locked', { line }));
  reply(talk, words('case:code.wrong', { line }), { choices: leave });
}
