// A small year of a service that never was: contacts, requests and their trails, always the same, in a real store.
// What must be read out of it is left to the tests.
import type { Store } from '../../bot/ports.ts';
import type { Case, CaseEvent, CaseEventType, Contact } from '../../bot/ports.ts';
import { newLife } from '../../bot/cases/life.ts';
import { monthAfter, startOf } from '../../bot/report/months.ts';
import { aTurn } from '../store-samples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many contacts each place has each month, and how many of them asked for something. */
const SIZES: [place: Contact['comune'], contacts: number, asked: number][] = [
  ['lucca', 70, 40],
  ['capannori', 24, 12],
  ['villa_basilica', 2, 1],
  ['outside', 6, 0],
  [null, 4, 0],
];
const NEEDS: [Contact['area'], Contact['need']][] = [
  ['economic', 'bills'],
  ['economic', 'bills'],
  ['economic', 'food'],
  ['housing', 'rent'],
  ['health', 'elderly_care'],
  ['housing', 'eviction'],
  ['relational', 'violence'],
  ['unclear', 'unclear'],
];
const DESKS: Partial<Record<string, string>> = {
  lucca: 'lucca-segretariato-orsetti',
  capannori: 'capannori-sportello-sociale',
};

export interface Year {
  contacts: Contact[];
  cases: { made: Case; events: CaseEvent[] }[];
}

/** Four months of 2026, from January. */
export function aYear(): Year {
  const year: Year = { contacts: [], cases: [] };
  for (let of = 0; of < 4; of += 1)
    for (const [place, contacts, asked] of SIZES)
      for (let index = 0; index < contacts; index += 1) {
        year.contacts.push(aContact(monthAfter('2026-01', of), place, index, index < asked));
        if (index < asked && place !== null && place !== 'outside')
          year.cases.push(aRequest(monthAfter('2026-01', of), place, index));
      }
  return year;
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

function aContact(month: string, place: Contact['comune'], index: number, asked: boolean): Contact {
  const [area, need] = pick(NEEDS, index * 3);
  return {
    id: `${month}-${place ?? 'none'}-${index}`,
    month,
    // Now and then somebody comes back.
    person: `${place ?? 'none'} ${index % 7 === 6 ? index - 1 : index}`,
    comune: place,
    area,
    need,
    channel: pick(['web', 'web', 'telegram'] as const, index),
    language: pick(['it', 'it', 'it', 'ro'], index),
    urgency: pick(['none', 'none', 'urgent'] as const, index),
    forWhom: pick([null, 'self', 'relative'] as const, index),
    followed: pick([null, 'first', 'first', 'followed'] as const, index),
    outcome: asked ? 'requested' : place === 'outside' ? 'elsewhere' : 'informed',
  };
}

/** What becomes of a request, in turn. */
const ENDS: [CaseEventType, Record<string, string>][][] = [
  [
    ['taken', {}],
    ['met', {}],
    ['closed', { outcome: 'helped' }],
  ],
  [
    ['taken', {}],
    ['met', {}],
    ['closed', { outcome: 'helped' }],
  ],
  [
    ['taken', {}],
    ['closed', { outcome: 'spoken' }],
  ],
  [
    ['taken', {}],
    ['proposed', {}],
  ],
  [
    ['taken', {}],
    ['proposed', {}],
  ],
  [['refused', { reason: 'other' }]],
  [],
  [],
];
const STATES = ['closed', 'proposed', 'refused'] as const;
/** Hours until the desk does something. */
const WAITS = [2, 26, 50, 240, 300];

function aRequest(month: string, place: 'lucca' | Case['comune'], index: number): { made: Case; events: CaseEvent[] } {
  const at = new Date(startOf(month).getTime() + (3 + (index % 20)) * DAY + 9 * HOUR);
  const id = `case-${month}-${place}-${index}`;
  const made: Case = {
    id,
    code: `LCC-${month.slice(5)}${place.slice(0, 1).toUpperCase()}${String(index + 11)}`,
    part: 1,
    conversationId: `talk-${id}`,
    channel: 'web',
    comune: place,
    deskId: DESKS[place] ?? '',
    state: 'requested',
    details: { needs: [], answers: [], language: 'it', forWhom: 'self', preferred: [] },
    life: newLife(),
    version: 0,
    createdAt: at,
    requestedAt: at,
    dueAt: null,
  };
  const event = (type: CaseEventType, by: CaseEvent['by'], hours: number, data?: CaseEvent['data']): CaseEvent => {
    return { caseId: id, at: new Date(at.getTime() + hours * HOUR), type, by, ...(data ? { data } : {}) };
  };
  const wait = pick(WAITS, index);
  const ends = pick(ENDS, index);
  const later = ends.map(([type, data], step) => event(type, 'desk', wait + step * 30, data));
  made.state = STATES.find((state) => state === ends.at(-1)?.[0]) ?? 'delivered';
  return {
    made,
    events: [event('requested', 'person', 0, { person: `p${index}` }), event('delivered', 'bot', 1), ...later],
  };
}

/** All of it into a store, as turns would. */
export async function saveYear(store: Store, { contacts, cases }: Year): Promise<void> {
  for (const [index, contact] of contacts.entries()) {
    const made = cases[index];
    const turn = aTurn({
      conversationId: `talk-${made?.made.id ?? index}`,
      contact,
      cases: made ? [made.made] : [],
      events: made?.events ?? [],
      at: made?.made.createdAt ?? startOf(contact.month),
    });
    const { result } = await store.commit(turn);
    if (result !== 'committed') throw new Error(`not kept: ${result}`);
  }
}
