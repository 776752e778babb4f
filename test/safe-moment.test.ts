// When something may reach the person by itself: their days and hours, never at night, on both sides of a change of the clocks.
// What people say about it is left to safe-wishes.test.ts, what is then said to safe-tell.test.ts.
import assert from 'node:assert/strict';
import { newLife } from '../bot/cases/life.ts';
import type { Case, CaseDetails, SafeRules } from '../bot/cases/types.ts';
import { readRomeTime } from '../bot/clock.ts';
import { mayMail, needsNeutral, rulesFor, safeMoment } from '../bot/safe-contact/moment.ts';

function at(text: string): Date {
  return readRomeTime(text) ?? assert.fail(text);
}

function details(rules: SafeRules | undefined, changes: Partial<CaseDetails> = {}): CaseDetails {
  return {
    needs: [{ area: 'economic', need: 'bills', urgency: 'none' }],
    answers: [],
    language: 'it',
    forWhom: 'self',
    preferred: [],
    ...(rules ? { safe: { anyTime: false, copyByMail: true, rules } } : {}),
    ...changes,
  };
}

function made(part: CaseDetails, channel: Case['channel'] = 'web'): Pick<Case, 'details' | 'channel' | 'life'> {
  return { details: part, channel, life: newLife() };
}

const hours = (from: number, to: number): SafeRules => ({ hours: [{ from: from * 60, to: to * 60 }] });

describe('a safe moment', () => {
  // From, rules, moment: Rome's clocks. 2026-11-28 is a Saturday.
  const table: [string, SafeRules, string][] = [
    ['2026-11-24T10:00', {}, '2026-11-24T10:00'],
    ['2026-11-24T07:59', {}, '2026-11-24T08:00'],
    ['2026-11-24T20:29', {}, '2026-11-24T20:29'],
    ['2026-11-24T20:30', {}, '2026-11-25T08:00'],
    ['2026-11-24T23:30', {}, '2026-11-25T08:00'],
    ['2026-11-28T10:00', { neverDays: [6] }, '2026-11-29T08:00'],
    ['2026-11-27T20:45', { neverDays: [6, 0] }, '2026-11-30T08:00'],
    ['2026-11-25T10:00', { neverDays: [0, 1, 3, 4, 5, 6] }, '2026-12-01T08:00'],
    ['2026-11-24T20:40', { neverDays: [0, 1, 3, 4, 5, 6] }, '2026-12-01T08:00'],
    ['2026-11-24T10:00', hours(18, 24), '2026-11-24T18:00'],
    ['2026-11-24T20:30', hours(18, 24), '2026-11-25T18:00'],
    ['2026-11-24T12:00', hours(8, 12), '2026-11-25T08:00'],
    ['2026-11-24T10:00', { ...hours(8, 9), neverDays: [3, 4, 5] }, '2026-11-28T08:00'],
    // The last Sunday of October has twenty-five hours, the last of March twenty-three.
    ['2026-10-24T21:00', {}, '2026-10-25T08:00'],
    ['2026-10-24T21:00', { neverDays: [0] }, '2026-10-26T08:00'],
    ['2027-03-27T21:00', {}, '2027-03-28T08:00'],
    ['2027-03-27T21:00', { neverDays: [0] }, '2027-03-29T08:00'],
    ['2027-03-28T01:30', hours(9, 11), '2027-03-28T09:00'],
    ['2026-12-31T22:00', hours(18, 24), '2027-01-01T18:00'],
  ];
  for (const [from, rules, moment] of table)
    it(`from ${from} under ${JSON.stringify(rules)} is ${moment}`, () => {
      const found = safeMoment(made(details(rules)), at(from));
      assert.equal(found instanceof Date ? found.toISOString() : found, at(moment).toISOString());
    });

  it('never comes by itself where nothing may be sent, or only at night', () => {
    for (const rules of [
      { silent: true },
      hours(21, 24),
      hours(0, 8),
      { neverDays: [0, 1, 2, 3, 4, 5, 6] },
    ] satisfies SafeRules[])
      assert.equal(safeMoment(made(details(rules)), at('2026-11-24T10:00')), 'never');
  });

  it('is inside the rules whenever it is asked for, for a whole year of hours', () => {
    const rules: SafeRules = {
      neverDays: [0, 3],
      hours: [
        { from: 540, to: 600 },
        { from: 1080, to: 1440 },
      ],
    };
    for (let hour = 0; hour < 365 * 24; hour += 7) {
      const from = new Date(Date.UTC(2026, 6, 1, hour, 13));
      const found = safeMoment(made(details(rules)), from);
      assert.ok(found instanceof Date && found >= from);
      const [weekday = '', time = ''] = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Europe/Rome',
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
      })
        .format(found)
        .split(/,? /);
      assert.ok(weekday !== 'Sun' && weekday !== 'Wed', `${found.toISOString()} ${weekday}`);
      assert.ok((time >= '09:00' && time < '10:00') || (time >= '18:00' && time < '20:30'), time);
    }
  });
});

describe('what a case keeps of safe contact', () => {
  const violence: CaseDetails['needs'] = [{ area: 'relational', need: 'violence', urgency: 'urgent' }];
  const mail = { kind: 'email', value: 'fiordaliso@esempio.example', shown: 'fiordaliso@esempio.example' } as const;

  it('is read from the words where no rules were kept', () => {
    const safe = { anyTime: false, copyByMail: true, wishes: 'mai il sabato' };
    assert.deepEqual(rulesFor(details(undefined, { safe })), { neverDays: [6] });
    assert.deepEqual(rulesFor(details(undefined, { safe: { ...safe, wishes: 'legge tutto' } })), { silent: true });
  });

  it('after violence without a word about it is: no mail', () => {
    assert.deepEqual(rulesFor(details(undefined, { needs: violence })), { noMail: true });
    assert.ok(!mayMail(made(details(undefined, { needs: violence, contact: mail }))));
  });

  it('lets mail through only to who left an address and did not say never', () => {
    assert.ok(mayMail(made(details(undefined, { contact: mail }))));
    assert.ok(mayMail(made(details({ neverDays: [6] }, { contact: mail }))));
    for (const rules of [{ noMail: true }, { silent: true }] satisfies SafeRules[])
      assert.ok(!mayMail(made(details(rules, { contact: mail }))));
    assert.ok(!mayMail(made(details(undefined))));
  });

  it('makes the first word neutral for heavy needs, for rules, and where the channel pushes', () => {
    assert.ok(!needsNeutral(made(details(undefined))));
    assert.ok(needsNeutral(made(details({}))));
    assert.ok(needsNeutral(made(details(undefined), 'telegram')));
    for (const need of ['violence', 'addiction', 'mental_health'] as const)
      assert.ok(needsNeutral(made(details(undefined, { needs: [{ area: 'health', need, urgency: 'none' }] }))), need);
  });
});
