// Appointments as calendar programs read them: the right hour all year, updates and cancellations, nothing about the person.
// Which mail carries which is seen here too; how mails travel in mail-transport.test.ts.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { messageOf } from '../adapters/mail/message.ts';
import { beginWork } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import { appointmentIcs } from '../bot/mail/ics.ts';
import { letterToPerson, noteToDesk } from '../bot/mail/notes.ts';
import type { LetterKind, NoteKind } from '../bot/mail/notes.ts';
import type { Appointment, CaseDetails, Desk, Mail } from '../bot/ports.ts';
import { testEnvironment } from './support/environment.ts';
import { DESK, makeCase } from './support/mail.ts';

const real = testEnvironment();
const AT = new Date('2026-11-24T09:00:00Z');
const FROM = { name: 'Bussola', address: 'bussola@comune.example' };
const email = { kind: 'email', value: 'fiordaliso@posta.example', shown: 'fiordaliso@posta.example' } as const;
const place = {
  value: 'Piazza di prova 1; Porcari',
  status: 'SEED',
  source: 'test',
  date: '2026',
  confirm: false,
} as const;
const APPOINTMENT: Appointment = {
  start: '2026-12-01T09:00:00.000Z',
  end: '2026-12-01T09:30:00.000Z',
  how: 'office',
  sequence: 1,
  state: 'confirmed',
  reminded: [],
};

interface Setting {
  appointment?: Partial<Appointment>;
  details?: Partial<CaseDetails>;
  desk?: Partial<Desk>;
  at?: Date;
}

function begin({ appointment, details, desk, at }: Setting = {}): CaseWork {
  const whole: Desk = { ...DESK, address: place, ...desk };
  const env = { ...real, directory: { ...real.directory, desk: () => whole } };
  const made = makeCase({ contact: email, ...details });
  return beginWork(env, { ...made, life: { ...made.life, appointment: { ...APPOINTMENT, ...appointment } } }, at ?? AT);
}

function read(ics: Mail['ics']): { event: ICAL.Event; calendar: ICAL.Component; content: string } {
  assert.ok(ics);
  const calendar = new ICAL.Component(ICAL.parse(ics.content));
  const found = calendar.getFirstSubcomponent('vevent');
  assert.ok(found);
  assert.equal(calendar.getFirstPropertyValue('method'), ics.method);
  assert.ok(ics.content.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  return { event: new ICAL.Event(found), calendar, content: ics.content };
}

function carried(work: CaseWork): Mail['ics'] {
  assert.equal(work.change.outbox.length, 1);
  return work.change.outbox[0]?.mail.ics;
}

function sequenceOf(ics: Mail['ics']): number {
  return Number(read(ics).event.component.getFirstPropertyValue('sequence'));
}

/** As a calendar in Rome shows it. */
function inRome(time: ICAL.Time): string {
  return time.toJSDate().toLocaleString('sv-SE', { timeZone: 'Europe/Rome' });
}

describe('an appointment in a calendar', () => {
  const days: [string, string, string][] = [
    ['winter', '2026-12-01T09:00:00.000Z', '2026-12-01 10:00:00'],
    ['summer', '2027-07-13T08:00:00.000Z', '2027-07-13 10:00:00'],
    ['the last Friday before summer time', '2027-03-26T09:00:00.000Z', '2027-03-26 10:00:00'],
    ['the first Monday of summer time', '2027-03-29T08:00:00.000Z', '2027-03-29 10:00:00'],
    ['the day the clock goes back', '2027-10-31T09:00:00.000Z', '2027-10-31 10:00:00'],
  ];
  for (const [when, start, shown] of days)
    it(`is at ten in Rome: ${when}`, () => {
      const end = new Date(Date.parse(start) + 1_800_000).toISOString();
      const { event } = read(appointmentIcs(begin({ appointment: { start, end } }), 'desk', 'REQUEST'));
      assert.equal(inRome(event.startDate), shown);
      assert.equal(event.startDate.zone.tzid, 'UTC');
      assert.equal(event.duration.toSeconds(), 1800);
    });

  it('says nothing but the code, for either side', () => {
    for (const to of ['desk', 'person'] as const) {
      const work = begin({ details: { note: { text: 'segreto', lang: 'it' } } });
      const { event, content } = read(appointmentIcs(work, to, 'REQUEST'));
      assert.equal(event.summary, 'PRC-7F3K2: appuntamento');
      assert.equal(event.component.getFirstPropertyValue('status'), 'CONFIRMED');
      assert.equal(event.component.getFirstPropertyValue('class'), 'PRIVATE');
      assert.doesNotMatch(content, /Fiordaliso|333|segreto|bollett|posta\.example|sportello@/);
      assert.equal(event.uid, 'case-1@bussola');
    }
  });

  it('tells the person where, in their language, and rings before', () => {
    const { event } = read(appointmentIcs(begin({ details: { language: 'en' } }), 'person', 'REQUEST'));
    assert.equal(event.summary, 'PRC-7F3K2: appointment');
    assert.equal(event.location, 'Piazza di prova 1; Porcari');
    const alarm = event.component.getFirstSubcomponent('valarm');
    assert.equal(String(alarm?.getFirstPropertyValue('trigger')), '-PT2H');
    assert.equal(alarm?.getFirstPropertyValue('description'), 'PRC-7F3K2: appointment');
    const desk = read(appointmentIcs(begin(), 'desk', 'REQUEST')).event;
    assert.equal(desk.location, null);
    assert.equal(desk.component.getFirstSubcomponent('valarm'), null);
  });

  it('keeps silent about the place where it tells why, or there is none to go to; and does not ring at any hour', () => {
    const centre = read(appointmentIcs(begin({ desk: { service: 'addiction_service' } }), 'person', 'REQUEST')).event;
    assert.equal(centre.location, null);
    const phone = read(appointmentIcs(begin({ appointment: { how: 'phone' } }), 'person', 'REQUEST')).event;
    assert.equal(phone.location, null);
    const careful = begin({ details: { safe: { anyTime: false, copyByMail: true } } });
    assert.equal(
      read(appointmentIcs(careful, 'person', 'REQUEST')).event.component.getFirstSubcomponent('valarm'),
      null,
    );
    const violence = begin({ details: { needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' }] } });
    assert.equal(appointmentIcs(violence, 'person', 'REQUEST'), undefined);
    assert.ok(appointmentIcs(violence, 'desk', 'REQUEST'));
  });

  it('grows with each time that was proposed, with its end, and after the case is reopened', () => {
    const later = new Date(AT.getTime() + 3 * 86_400_000);
    const story = [
      appointmentIcs(begin(), 'desk', 'REQUEST'),
      appointmentIcs(begin({ appointment: { state: 'cancelled' } }), 'desk', 'CANCEL'),
      appointmentIcs(begin({ appointment: { sequence: 2 } }), 'desk', 'REQUEST'),
      appointmentIcs(begin({ appointment: { sequence: 2, state: 'cancelled' } }), 'desk', 'CANCEL'),
      // Times of a reopened case are counted anew.
      appointmentIcs(begin({ at: later }), 'desk', 'REQUEST'),
      appointmentIcs(begin({ at: later }), 'desk', 'CANCEL'),
    ];
    const sequences = story.map(sequenceOf);
    assert.deepEqual(
      sequences,
      [...new Set(sequences)].toSorted((a, b) => a - b),
    );
    assert.deepEqual(new Set(story.map((ics) => read(ics).event.uid)), new Set(['case-1@bussola']));
    assert.equal(read(story[1]).event.component.getFirstPropertyValue('status'), 'CANCELLED');
  });

  it('is none where there is no appointment, or no time', () => {
    const work = begin();
    const { appointment: _none, ...life } = work.made.life;
    assert.equal(appointmentIcs({ ...work, made: { ...work.made, life } }, 'desk', 'REQUEST'), undefined);
    assert.equal(appointmentIcs(begin({ appointment: { end: 'x' } }), 'desk', 'REQUEST'), undefined);
  });
});

describe('the mails of an appointment', () => {
  const notes: [NoteKind, Partial<Appointment>, string | undefined][] = [
    ['appointment', {}, 'REQUEST'],
    ['accepted', {}, 'REQUEST'],
    ['cancelled', {}, 'CANCEL'],
    ['declined', {}, 'CANCEL'],
    ['declined', { state: 'proposed' }, undefined],
    // Before the second time there may have been a first that was agreed.
    ['declined', { state: 'proposed', sequence: 2 }, 'CANCEL'],
    ['withdrawn', {}, 'CANCEL'],
    ['erasure', {}, 'CANCEL'],
    ['reminder', {}, undefined],
    ['ask_met', {}, undefined],
  ];
  for (const [kind, appointment, method] of notes)
    it(`${kind} ${JSON.stringify(appointment)}: ${method ?? 'none'} for the desk`, () => {
      const work = begin({ appointment });
      noteToDesk(work, kind);
      assert.equal(carried(work)?.method, method);
    });

  it('withdrawn before any appointment takes back the time that the person had wished', () => {
    const work = begin();
    const { appointment: _none, ...life } = work.made.life;
    work.made = { ...work.made, life };
    noteToDesk(work, 'withdrawn');
    const { event } = read(carried(work));
    assert.equal(event.startDate.toString(), '2026-11-24T08:00:00Z');
    assert.equal(carried(work)?.method, 'CANCEL');
  });

  const letters: [LetterKind, string | undefined][] = [
    ['appointment', 'REQUEST'],
    ['cancelled', 'CANCEL'],
    ['proposed', undefined],
    ['reminder', undefined],
    ['news', undefined],
  ];
  for (const [kind, method] of letters)
    it(`${kind}: ${method ?? 'none'} for the person`, () => {
      const work = begin();
      letterToPerson(work, kind);
      assert.equal(carried(work)?.method, method);
    });

  it('name who invites, and of those invited only who gets that mail', () => {
    const work = begin();
    noteToDesk(work, 'appointment');
    letterToPerson(work, 'appointment');
    noteToDesk(work, 'cancelled');
    const parties = work.change.outbox.map((mail) => {
      const sent = messageOf(mail, FROM)?.icalEvent;
      assert.ok(sent && typeof sent === 'object' && 'content' in sent && typeof sent.content === 'string');
      assert.ok(sent.content.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
      const event = new ICAL.Component(ICAL.parse(sent.content)).getFirstSubcomponent('vevent');
      const all = event?.getAllProperties('attendee').map((one) => one.getFirstValue());
      return [event?.getFirstPropertyValue('organizer'), ...(all ?? [])];
    });
    assert.deepEqual(parties, [
      ['mailto:bussola@comune.example', 'mailto:sportello@comune.example'],
      ['mailto:bussola@comune.example', 'mailto:fiordaliso@posta.example'],
      ['mailto:bussola@comune.example', 'mailto:sportello@comune.example'],
    ]);
  });
});
