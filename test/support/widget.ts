// A small talk played by the book, with its log in memory, so that the browser's side can be tested by itself.
// The real conversation and store are left to their own tests.
import { createCalendar } from '../../adapters/directory/calendar.ts';
import { loadDirectory } from '../../adapters/directory/directory.ts';
import { createFeed } from '../../adapters/web/feed.ts';
import { createMetrics } from '../../adapters/web/metrics.ts';
import type { Pages } from '../../adapters/web/pages.ts';
import { createPages } from '../../adapters/web/pages/index.ts';
import { createServer } from '../../adapters/web/server.ts';
import { readConfig } from '../../bot/config.ts';
import { silentLog } from '../../bot/log.ts';
import { loadWords } from '../../bot/words.ts';
import type { Card, Choice, Incoming, Reply, StoredActivity, Turn } from '../../bot/message.ts';
import type { Store, StoredConversation } from '../../bot/ports.ts';

const CARD: Card = {
  title: 'Sportello sociale di Esempio',
  organization: 'Comune di Esempio',
  what: 'Ascolta chi ha una difficoltà economica e dice quale aiuto si può chiedere.',
  reasons: [
    { label: 'Una bolletta da pagare', choice: 'change.economic.need' },
    { label: 'Abita a Esempio', choice: 'change.triage.comune' },
  ],
  phones: [{ shown: '0583 000001', url: 'tel:+390583000001' }],
  email: { shown: 'sportello@comune.example', url: 'mailto:sportello@comune.example' },
  address: { shown: 'Piazza della Prova 1, Esempio', mapUrl: 'https://www.openstreetmap.org/?mlat=43.84&mlon=10.61' },
  hours: 'Orari: martedì e giovedì, dalle 9 alle 12',
  opening: 'Adesso è chiuso. Apre martedì 24 novembre alle 9.',
  bring: ['Un documento', 'La bolletta', 'L’ISEE, se ce l’ha'],
  how: ['Telefoni o scriva per chiedere un appuntamento.', 'Una persona l’ascolta.'],
  freshness: 'Dati di aprile 2025, orari da confermare.',
  also: [
    {
      name: 'Centralino',
      line: 'chieda dei servizi sociali',
      phone: { shown: '0583 000002', url: 'tel:+390583000002' },
    },
  ],
};

const AREAS: Choice[] = [
  { id: 'area.economic', label: 'Soldi o bollette' },
  { id: 'area.housing', label: 'Casa' },
  { id: 'area.relational', label: 'Famiglia' },
  { id: 'area.health', label: 'Salute' },
];

const base: Reply = { kind: 'text', text: '', lang: 'it', choices: [], links: [], case: null };
const GREETING: Reply = { ...base, text: 'Buongiorno, sono Bussola.\nChe cosa succede?', choices: AREAS };
const DESK: Reply = {
  ...base,
  kind: 'card',
  text: `${CARD.title}\nTelefono ${CARD.phones[0]?.shown}`,
  card: CARD,
  links: [{ label: 'Chiama 0583 000001', url: 'tel:+390583000001' }],
  choices: [
    { id: 'case.request', label: 'Chiedo un appuntamento' },
    { id: 'command.start', label: 'Ho un’altra difficoltà' },
  ],
};
const FLOOR: Reply = {
  ...base,
  kind: 'floor',
  text: 'Chiami adesso: risponde una persona, a ogni ora.\nLa telefonata non costa nulla.',
  links: [
    { label: '112, emergenza', url: 'tel:112' },
    { label: '1522, violenza e stalking', url: 'tel:1522' },
  ],
};
const SAVED: Reply = {
  ...base,
  text: 'La richiesta è salvata. Il codice è ESE-7F3K2: se lo segni.\nLa sto spedendo allo sportello.',
  case: 'ESE-7F3K2',
};
const PAPERS: Reply = {
  ...base,
  text: 'Ecco il foglio e il giorno.',
  links: [
    { label: 'Aggiungi al calendario', url: 'https://bussola.example/agenda/prova' },
    { label: 'Il foglio da stampare', url: '/carta/prova' },
    { label: 'Non da aprire', url: 'javascript:alert(1)' },
  ],
};

function answer({ kind, choice, text, language }: Incoming): Reply[] {
  // As the real talk, in the language it is held in; the words stay, for they are not what is tested here.
  if (kind === 'start') return [{ ...GREETING, lang: language ?? 'it' }];
  if (text === 'bună ziua') return [{ ...base, lang: 'ro', text: 'Bună ziua.' }];
  if (text === 'مرحبا') return [{ ...DESK, lang: 'ar' }];
  if (text === 'خطر') return [{ ...FLOOR, lang: 'ar' }];
  if (text === 'carta') return [PAPERS];
  if (text === 'richiesta') return [SAVED];
  if (choice === 'command.language.en') return [{ ...base, lang: 'en', text: 'We go on in English.' }];
  if (choice === 'area.economic')
    return [
      {
        ...base,
        multi: true,
        text: 'Quale spesa?',
        choices: [
          { id: 'bill', label: 'Bolletta' },
          { id: 'food', label: 'Spesa' },
        ],
      },
    ];
  if (text === 'sportello') return [{ ...base, text: 'Ho capito.' }, DESK];
  if (text === 'pericolo') return [FLOOR];
  return [{ ...base, text: `Ricevuto: ${text}` }];
}

export interface Talk {
  turn: Turn;
  store: Store;
  /** Every message that arrived as new, in order. */
  heard: Incoming[];
  log(conversationId: string): StoredActivity[];
}

/** The same message twice is one message; everything else is kept until the end of the test. */
function createTalk(clock: () => Date): Talk {
  const logs = new Map<string, StoredActivity[]>();
  const turns = new Map<string, StoredActivity[]>();
  const heard: Incoming[] = [];
  const log = (id: string): StoredActivity[] => logs.get(id) ?? [];
  const turn: Turn = async (incoming) => {
    const { conversationId, messageId, text, payload } = incoming;
    const key = `${conversationId} ${messageId}`;
    const before = turns.get(key);
    if (before) return before;
    heard.push(incoming);
    let seq = log(conversationId).length;
    const place = (): { conversationId: string; seq: number; at: Date } => ({
      conversationId,
      seq: ++seq,
      at: clock(),
    });
    const said: StoredActivity[] =
      incoming.kind === 'start' ? [] : [{ ...place(), from: 'user', messageId, text, payload }];
    const stored = [...said, ...answer(incoming).map((reply): StoredActivity => ({ ...place(), from: 'bot', reply }))];
    logs.set(conversationId, [...log(conversationId), ...stored]);
    turns.set(key, stored);
    return stored;
  };
  return { turn, heard, log, store: memoryStore(log, clock) };
}

function memoryStore(log: (id: string) => StoredActivity[], clock: () => Date): Store {
  const absent = async (): Promise<never> => {
    throw new Error('not part of this talk');
  };
  const load: Store['load'] = async (id) => {
    const conversation: StoredConversation = { id, channel: 'web', version: 1, state: {}, updatedAt: clock() };
    return log(id).length > 0 ? { conversation, cases: [] } : undefined;
  };
  return {
    load,
    activities: async (id, afterSeq) => log(id).filter(({ seq }) => seq > afterSeq),
    seen: async () => undefined,
    pendingFloor: async () => undefined,
    commit: absent,
    sheet: async () => undefined,
    caseById: async () => undefined,
    casesByCode: async () => [],
    openCases: async () => [],
    dueCases: async () => [],
    caseEvents: async () => [],
    caseMessages: async () => [],
    commitCase: absent,
    contacts: async () => [],
    caseFigures: async () => [],
    deskChecks: async () => [],
    saveDeskCheck: absent,
    proposals: async () => [],
    decideProposal: absent,
    undelivered: async () => [],
    isDue: async () => false,
    delivered: async () => {},
    undeliverable: async () => {},
    lease: async () => true,
    release: async () => {},
    outbox: {
      claim: async () => [],
      sent: absent,
      retry: absent,
      postpone: absent,
      cancel: absent,
      dead: absent,
      bounced: absent,
      depth: async () => ({ pending: 0, dead: 0, oldestSeconds: 0 }),
    },
    listUnclear: async () => [],
    dropUnclear: async () => 0,
    purge: async () => 0,
    check: async () => {},
    close: async () => {},
  };
}

export interface TestSite {
  origin: string;
  talk: Talk;
  pages: Pages;
  close(): Promise<void>;
}

/** The real server and pages over the small talk, on a port of the system's choice. */
export async function startSite(): Promise<TestSite> {
  const clock = (): Date => new Date();
  const talk = createTalk(clock);
  const directory = loadDirectory();
  const words = loadWords();
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', TOKEN_SECRET: 'a secret for this test and for no other' });
  const calendar = createCalendar(directory);
  const freshness = (): undefined => undefined;
  const pages = await createPages({ directory, calendar, words, config, clock, freshness });
  const server = createServer({
    config,
    directory,
    words,
    clock,
    pages,
    plain: { directory, calendar, freshness },
    turn: talk.turn,
    store: talk.store,
    feed: createFeed(),
    log: silentLog,
    metrics: createMetrics(talk.store.outbox, clock),
  });
  const { port } = await server.listen();
  return { origin: `http://127.0.0.1:${port}`, talk, pages, close: () => server.close() };
}
