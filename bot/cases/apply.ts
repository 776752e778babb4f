// Joins what a step changes on a case into the turn that caused it; and tells what waited, now that the person is here.
// What a step does is left to person-steps.ts; committing to the turn.
import type { Reply } from '../message.ts';
import { findCase, saveCase, sentCases } from '../talk.ts';
import type { Talk } from '../talk.ts';
import type { CaseChange } from './change.ts';
import { announcement } from './tell.ts';
import type { Case } from './types.ts';
import { beginWork, changeLife, finished } from './work.ts';
import type { CaseWork } from './work.ts';

/** The case after the step; `undefined`, and nothing changed, where the step may not happen now. */
export function actOn(talk: Talk, id: string, todo: (work: CaseWork) => boolean): Case | undefined {
  const made = findCase(talk, id);
  if (!made) return undefined;
  const work = beginWork(talk.env, made, talk.at, sentCases(talk));
  if (!todo(work)) return undefined;
  // By its words: how something waits may change, and it waits all the same.
  const before = made.life.waiting.map(({ reply }) => reply);
  const told = work.made.life.waiting.map(({ reply }) => reply).filter((reply) => !before.includes(reply));
  // Whoever writes is here: what this very step tells need not wait for a safe moment.
  if (told.length > 0)
    changeLife(work, { waiting: work.made.life.waiting.filter(({ reply }) => before.includes(reply)) });
  join(talk, finished(work));
  for (const reply of told) push(talk, reply);
  return work.made;
}

/** What is told in this conversation is said now; in another, with the commit. */
function join(talk: Talk, change: CaseChange): void {
  for (const made of change.cases) saveCase(talk, made);
  talk.events.push(...change.events);
  talk.outbox.push(...change.outbox);
  talk.cancelMails.push(...change.cancelMails);
  talk.cancelLetters.push(...change.cancelLetters);
  talk.messages.push(...change.messages);
  for (const { conversationId, reply } of change.tells)
    if (conversationId === talk.incoming.conversationId) push(talk, reply);
    else talk.tells.push({ conversationId, reply });
}

/** Everything that waited for a moment at which this person may be written to: they write, so it is one. Not in a danger. */
export function flushWaiting(talk: Talk): void {
  if (talk.state.floor) return;
  // What is written now answers the buttons that were on offer until now.
  const { offered } = talk.state;
  for (const made of sentCases(talk)) flushCase(talk, made);
  talk.state.offered = offered;
}

/** What waits for the person about one request: they ask for it, or write at all. */
export function flushCase(talk: Talk, made: Case): void {
  if (made.life.waiting.length === 0 && made.life.chatLost === undefined) return;
  // In a danger somebody may look over the shoulder of who reads it.
  const delicate = talk.state.floor ? { delicate: true as const } : {};
  for (const { reply } of made.life.waiting) push(talk, { ...reply, ...delicate, told: true });
  actOn(talk, made.id, (work) => {
    const { chatLost: _, ...life } = work.made.life;
    work.made = { ...work.made, life: { ...life, waiting: [] } };
    return true;
  });
}

/** Only that there is something to read, for each request of which something waits. */
export function announceWaiting(talk: Talk): void {
  for (const made of sentCases(talk))
    if (made.life.waiting.length > 0) push(talk, { ...announcement({ env: talk.env, made }), told: true });
}

/** Buttons of what was told first stay on offer under an answer that asks nothing itself. */
export function offerTold(talk: Talk): void {
  const last = talk.replies.at(-1);
  const told = talk.replies.filter((one) => one.told).flatMap(({ choices }) => choices);
  if (!last || last.kind === 'floor' || told.length === 0) return;
  if (last.told) return void (talk.state.offered = last.choices);
  if (last.choices.length > 0 && talk.state.asking.kind !== 'result') return;
  const more = told.filter(({ id }) => !last.choices.some((one) => one.id === id));
  last.choices = [...more, ...last.choices];
  talk.state.offered = last.choices;
}

/** Its buttons become those on offer. */
function push(talk: Talk, { told, ...bubble }: Reply): void {
  const mine = told === undefined ? bubble : { ...bubble, told };
  talk.replies.push(mine);
  talk.state.offered = bubble.choices;
}
