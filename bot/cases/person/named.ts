// Codes that a message names, looked up before the talk goes on: which requests they are, if there are any.
// Finding codes in a text is left to codes.ts, what is answered to code-talk.ts.
import { codesIn } from '../codes.ts';
import type { TypedCode } from '../codes.ts';
import type { Case, CaseMessage, Directory, Store } from '../../ports.ts';
import type { ConversationState } from '../../state.ts';

/** A code and what stands behind it. */
export interface Named {
  code: string;
  /** Its parts in order; empty where there is no such code. */
  cases: Case[];
  /** What desk and person wrote about them; only where somebody proves that the request is theirs. */
  messages: CaseMessage[];
  /** Too many codes that do not exist were tried: this one was not looked up. */
  tooMany: boolean;
  /** Nothing but a code can look like this. */
  sure: boolean;
  /** The message says nothing else. */
  alone: boolean;
}

const HOUR = 3_600_000;
/** So many codes that do not exist are looked up for one conversation in an hour. */
const MOST_UNKNOWN = 5;

/** Those of the last hour. */
export function recentUnknown(unknown: readonly string[], at: Date): string[] {
  return unknown.filter((time) => at.getTime() - Date.parse(time) < HOUR);
}

/** Rejects with `store_unavailable`. */
export async function lookUpCodes(
  store: Store,
  directory: Directory,
  text: string,
  state: Pick<ConversationState, 'asking' | 'unknownCodes'> | undefined,
  at: Date,
): Promise<Named[]> {
  const prefixes = directory.comuni().map(({ code }) => code);
  const tries = recentUnknown(state?.unknownCodes ?? [], at).length;
  const typed = await Promise.all(codesIn(text, prefixes).map((code) => lookUp(store, code, tries >= MOST_UNKNOWN)));
  const asking = state?.asking;
  if (asking?.kind !== 'case' || asking.what !== 'proof') return typed;
  return [...typed, await withMessages(store, asking.code)];
}

/**
 * All parts of the requests that may be passed on now, of whichever conversation: the next part needs a number that is free.
 * Rejects with `store_unavailable`.
 */
export async function lookUpParts(store: Store, cases: readonly Case[]): Promise<Case[]> {
  const asked = cases.filter(({ state }) => state === 'forward_asked');
  const codes = new Set(asked.flatMap(({ code }) => code ?? []));
  return (await Promise.all([...codes].map((code) => store.casesByCode(code)))).flat();
}

async function lookUp(store: Store, { shown, candidates, sure, alone }: TypedCode, tooMany: boolean): Promise<Named> {
  const none: Named = { code: shown, cases: [], messages: [], tooMany, sure, alone };
  if (tooMany) return none;
  const all = await Promise.all(candidates.map((code) => store.casesByCode(code)));
  const found = all.filter((cases) => cases.length > 0);
  const [cases] = found;
  // Two requests that one misread code may mean: neither is told.
  return cases && found.length === 1 ? { ...none, code: cases[0]?.code ?? shown, cases } : none;
}

async function withMessages(store: Store, code: string): Promise<Named> {
  const cases = await store.casesByCode(code);
  const messages = (await Promise.all(cases.map(({ id }) => store.caseMessages(id)))).flat();
  return { code, cases, messages, tooMany: false, sure: true, alone: false };
}
