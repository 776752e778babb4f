// Turns, cases and mails of nobody, for the store's tests.
// What is done with them is left to the tests.
import { noChange } from '../bot/cases/change.ts';
import { newLife } from '../bot/cases/life.ts';
import type { Reply } from '../bot/message.ts';
import type {
  Case,
  CaseCommit,
  CaseEvent,
  CaseMessage,
  Contact,
  OutboxMail,
  TurnCommit,
  UnclearPhrase,
} from '../bot/ports.ts';

export const AT = new Date('2026-11-24T09:00:00.000Z');

/** So many seconds after `AT`. */
export function after(seconds: number): Date {
  return new Date(AT.getTime() + seconds * 1000);
}

export function aReply(text: string): Reply {
  return { kind: 'text', text, lang: 'it', choices: [{ id: 'yes', label: 'Sì' }], links: [], case: null };
}

export function aTurn(changes: Partial<TurnCommit> = {}): TurnCommit {
  return {
    conversationId: 'c1',
    channel: 'web',
    expectedVersion: 0,
    state: { answers: [] },
    messageId: 'm1',
    said: { text: 'Buongiorno' },
    replies: [aReply('Buongiorno a Lei')],
    cases: [],
    dropCases: [],
    events: [],
    outbox: [],
    cancelMails: [],
    at: AT,
    ...changes,
  };
}

export function aCase(changes: Partial<Case> = {}): Case {
  return {
    id: 'case-1',
    code: 'PRC-7F3K2',
    part: 1,
    conversationId: 'c1',
    channel: 'web',
    comune: 'porcari',
    deskId: 'porcari-segretariato',
    state: 'requested',
    details: {
      needs: [{ area: 'economic', need: 'bills', urgency: 'none' }],
      answers: [{ question: 'economic.need', values: ['bills'], by: 'person' }],
      language: 'it',
      forWhom: 'self',
      name: "Prova D'Esempio",
      preferred: [],
    },
    life: newLife(),
    version: 0,
    createdAt: AT,
    requestedAt: AT,
    dueAt: null,
    ...changes,
  };
}

/** `aCase` as it is read back after it was first written. */
export function kept(changes: Partial<Case> = {}): Case {
  return aCase({ version: 1, ...changes });
}

/** A step of a case outside a turn. */
export function aStep(changes: Partial<CaseCommit> = {}): CaseCommit {
  return { ...noChange(), at: AT, ...changes };
}

export function anEvent(changes: Partial<CaseEvent> = {}): CaseEvent {
  return { caseId: 'case-1', at: AT, type: 'requested', by: 'person', ...changes };
}

export function aMessage(changes: Partial<CaseMessage> = {}): CaseMessage {
  const text = 'Può venire martedì?';
  return { caseId: 'case-1', at: AT, from: 'desk', by: 'Inventata Esempi', text, lang: 'it', ...changes };
}

export function aContact(changes: Partial<Contact> = {}): Contact {
  return {
    id: 'contact-1',
    month: '2026-11',
    person: 'digest',
    channel: 'web',
    language: 'it',
    comune: 'porcari',
    area: 'economic',
    need: 'bills',
    urgency: 'none',
    forWhom: 'self',
    followed: null,
    outcome: 'left',
    ...changes,
  };
}

export function aMail(changes: Partial<OutboxMail> = {}): OutboxMail {
  return {
    id: 'mail-1',
    caseId: 'case-1',
    kind: 'request',
    mail: {
      to: [{ name: 'Sportello', address: 'sportello@comune.example' }],
      subject: 'PRC-7F3K2',
      text: 'Richiamare',
      html: '<p>Richiamare</p>',
    },
    ...changes,
  };
}

export function aPhrase(changes: Partial<UnclearPhrase> = {}): UnclearPhrase {
  return {
    id: 'phrase-1',
    day: '2026-11-24',
    lang: 'it',
    text: 'mi hanno chiuso il rubinetto',
    why: 'not_understood',
    said: null,
    corrected: null,
    ...changes,
  };
}
