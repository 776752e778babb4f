// All that one step of a case changes, gathered to be committed at once: cases, trail, mails, messages to the person.
// Who commits it (a turn, the operator's page, the clock) is left to the caller.
import type { Reply } from '../message.ts';
import type { OutboxMail } from '../ports.ts';
import type { Case, CaseEvent, CaseMessage } from './types.ts';

export interface CaseChange {
  /** Whole, each with the version it was loaded with. */
  cases: Case[];
  events: CaseEvent[];
  outbox: OutboxMail[];
  /** Ids of cases whose mails still waiting are withdrawn (all kinds but `withdrawal`). */
  cancelMails: string[];
  /** Ids of cases whose letters to the person still waiting (`person`, `copy`) are withdrawn: they are no longer true. */
  cancelLetters: string[];
  /** Into the log of a conversation, in order; a conversation that is gone is passed over. */
  tells: { conversationId: string; reply: Reply }[];
  messages: CaseMessage[];
}

export function noChange(): CaseChange {
  return { cases: [], events: [], outbox: [], cancelMails: [], cancelLetters: [], tells: [], messages: [] };
}
