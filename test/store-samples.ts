// Turns, cases and mails of nobody, for the store's tests.
// What is done with them is left to the tests.
import { newLife } from '../bot/cases/life.ts';
import type { Reply } from '../bot/message.ts';
import type { Case, OutboxMail, TurnCommit, UnclearPhrase } from '../bot/ports.ts';

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
