// The vocabulary of every flow machine: one event per option, one guard, one count. No words, no clock, no network.
// What each flow asks is left to its own file; how answers are played through it to walk.ts.
import { assign, setup } from 'xstate';
import type { Answer, Referral } from './types.ts';

/** The most bot turns from the person's first message to the contact. */
export const MOST_TURNS = 4;

/** `choose.<option>`, with who gave the answer. */
export interface Choose {
  type: `choose.${string}`;
  by: Answer['by'];
}

/** What a question waits for. `choice`: only its options; the others take words too, as `choose.given`. */
export type Asks = 'choice' | 'several' | 'name' | 'contact' | 'slot' | 'text';

export interface FlowMeta {
  asks?: Asks;
  referral?: Referral;
}

export interface FlowInput {
  /** Questions the bot has asked and the person answered so far. */
  asked: number;
  /** Questions that must still be asked after this flow before a contact can be given. */
  pending: number;
  /** Questions that have an answer already: they cost no turn. */
  known: string[];
  /** Facts about the case that decide a branch, for example `sensitive`. */
  facts: string[];
}

export const flowSetup = setup({
  types: {
    input: {} as FlowInput,
    context: {} as FlowInput,
    events: {} as Choose,
    meta: {} as FlowMeta,
  },
  guards: {
    /** Whether one more question leaves room for the contact within MOST_TURNS. */
    affords: ({ context, event }, { question }: { question: string }) =>
      context.known.includes(question) ||
      context.asked + Number(event.by === 'person') + context.pending + 2 <= MOST_TURNS,
    /** The same, asked on the way, after the answer has been counted. */
    affordsNow: ({ context }, { question }: { question: string }) =>
      context.known.includes(question) || context.asked + context.pending + 2 <= MOST_TURNS,
    /** Whether words have already answered it: for what is worth knowing, but never asked. */
    told: ({ context }, { question }: { question: string }) => context.known.includes(question),
    fact: ({ context }, { fact }: { fact: string }) => context.facts.includes(fact),
  },
  actions: {
    count: assign({ asked: ({ context, event }) => context.asked + Number(event.by === 'person') }),
  },
});

/** A leaf: the need is known, and so is who answers for it. */
export function leaf(referral: Referral) {
  return { type: 'final', meta: { referral } } as const;
}

/** Asks `question` where there is room for it, else goes straight to `otherwise`. */
export function ifAffordable<Question extends string, Otherwise extends string>(
  flow: string,
  question: Question,
  otherwise: Otherwise,
) {
  const params = { question: `${flow}.${question}` };
  return [{ guard: { type: 'affords', params }, target: question }, { target: otherwise }] as const;
}
