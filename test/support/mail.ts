// Made-up desks, cases and mails for the mail tests.
// Real desks are left to directory/.
import { newLife } from '../../bot/cases/life.ts';
import type { Calendar, Case, CaseDetails, ClaimedMail, Comune, Desk, Mail, OutboxMail } from '../../bot/ports.ts';

export const DESK: Desk = {
  id: 'prova-sportello',
  service: 'segretariato',
  name: 'Sportello sociale di prova',
  organization: 'Comune di prova',
  serves: ['porcari'],
  phones: [
    {
      value: { shown: '0583 000000', uri: 'tel:+390583000000' },
      status: 'SEED',
      source: 'test',
      date: 'undated',
      confirm: false,
    },
  ],
  inbox: { address: 'sportello@comune.example', kind: 'desk' },
};

export const COMUNE: Comune = {
  id: 'porcari',
  name: 'Porcari',
  switchboard: {
    value: { shown: '0583 000001', uri: 'tel:+390583000001' },
    status: 'SEED',
    source: 'test',
    date: 'undated',
    confirm: false,
  },
  code: 'PRC',
};

/** Open on Tuesday 24 November 2026, 9 to 12 in Rome. */
export const CALENDAR: Calendar = {
  opening: () => undefined,
  slots: () => [{ start: new Date('2026-11-24T08:00:00Z'), end: new Date('2026-11-24T11:00:00Z') }],
  afterWorkingDays: (_desk, _comune, from) => from,
};

const DETAILS: CaseDetails = {
  needs: [{ area: 'economic', need: 'bills', urgency: 'none' }],
  answers: [{ question: 'economic.need', values: ['bills'], by: 'words' }],
  language: 'it',
  forWhom: 'self',
  followed: 'first',
  name: 'Fiordaliso Inventati',
  contact: { kind: 'phone', value: '+393330000000', shown: '333 000 0000' },
  preferred: [{ start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T11:00:00.000Z' }],
  safe: { anyTime: true, copyByMail: true },
};

export function makeCase(details: Partial<CaseDetails> = {}): Case {
  return {
    id: 'case-1',
    code: 'PRC-7F3K2',
    part: 1,
    conversationId: 'conversation-1',
    channel: 'web',
    comune: 'porcari',
    deskId: DESK.id,
    state: 'requested',
    details: { ...DETAILS, ...details },
    life: newLife(),
    version: 1,
    createdAt: new Date('2026-11-21T09:00:00Z'),
    requestedAt: new Date('2026-11-21T09:05:00Z'),
    dueAt: null,
  };
}

export function makeMail(id: string, mail: Partial<Mail> = {}): OutboxMail {
  const plain: Mail = {
    to: [{ name: 'Sportello', address: 'sportello@comune.example' }],
    subject: '[Bussola] PRC-7F3K2 richiesta di appuntamento',
    text: 'Telefono: 333 000 0000\n',
    html: '<p>Telefono: 333 000 0000</p>',
  };
  return { id, caseId: `case-of-${id}`, kind: 'request', mail: { ...plain, ...mail } };
}

export function makeClaimed(id: string, attempts: number, queuedAt: Date): ClaimedMail {
  return { ...makeMail(id), attempts, queuedAt, lease: 'lease' };
}

/** Waits for something that another part of the process will do; throws when it has not come after ten seconds. */
export async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries > 2_000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The words of a mail's text as its HTML must say them too: without the marks that only a plain text needs. */
export function wordsOfText(text: string): string {
  return text
    .replace(/:\nhttps?:\S+/g, '')
    .split('\n')
    .map((line) => line.replace(/^(?:\*\*\* (.*) \*\*\*$|> |  - )/, '$1'))
    .join('')
    .replace(/\s/g, '');
}

export function wordsOfHtml(html: string): string {
  return html
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s/g, '');
}
