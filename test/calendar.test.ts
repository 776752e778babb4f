// Opening times in Europe/Rome: feasts, patron saints, daylight saving, slots, working days, whatever the process zone.
// Which hours a desk has is left to the directory and its own tests.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createCalendar } from '../adapters/directory/calendar.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import type { Desk } from '../bot/ports.ts';

describe('calendar', () => {
  const directory = loadDirectory();
  const calendar = createCalendar(directory);
  const desk = (id: string): Desk => directory.desk(id) ?? assert.fail(`no desk ${id}`);
  const withHours = (id: string, value: string): Desk => ({
    ...desk(id),
    hours: { value, status: 'FOUND', source: 'test', date: '2026', confirm: false },
  });
  const withoutHours = (id: string): Desk => {
    const { hours: _hours, ...rest } = desk(id);
    return rest;
  };
  const utc = (text: string): Date => new Date(`${text}Z`);

  it('opens Porcari next on Tuesday 24 November at 9 in Rome', () => {
    const at = utc('2026-11-22T10:00:00');
    assert.deepEqual(calendar.opening(desk('porcari-segretariato'), 'porcari', at), {
      open: false,
      next: utc('2026-11-24T08:00:00'),
    });
  });

  it('says until when a desk is open, and closes on the minute', () => {
    const porcari = desk('porcari-segretariato');
    assert.deepEqual(calendar.opening(porcari, 'porcari', utc('2026-11-24T10:59:59')), {
      open: true,
      until: utc('2026-11-24T11:00:00'),
    });
    assert.equal(calendar.opening(porcari, 'porcari', utc('2026-11-24T11:00:00'))?.open, false);
  });

  it('keeps lines that always answer open on every feast, and tells nothing of unknown hours', () => {
    assert.deepEqual(calendar.opening(desk('violence-1522'), 'lucca', utc('2026-12-25T02:00:00')), { open: true });
    assert.deepEqual(calendar.slots(desk('violence-1522'), 'lucca', utc('2026-12-25T02:00:00'), 3), []);
    assert.equal(
      calendar.opening(withoutHours('porcari-segretariato'), 'porcari', utc('2026-11-24T09:00:00')),
      undefined,
    );
    assert.deepEqual(
      calendar.slots(withoutHours('porcari-segretariato'), 'porcari', utc('2026-11-24T09:00:00'), 3),
      [],
    );
  });

  it('on 24 December at 22 sends to the first working morning', () => {
    const at = utc('2026-12-24T21:00:00');
    // 25 and 26 December are feasts, 27 is a Sunday.
    assert.deepEqual(
      calendar.opening(desk('lucca-segretariato-orsetti'), 'lucca', at)?.next,
      utc('2026-12-28T08:00:00'),
    );
    assert.deepEqual(calendar.opening(desk('porcari-segretariato'), 'porcari', at)?.next, utc('2026-12-29T08:00:00'));
  });

  it('is closed on 15 August, on Easter Monday and on 2 June', () => {
    const lucca = desk('lucca-segretariato-orsetti');
    for (const [day, next] of [
      ['2025-08-15', '2025-08-18'], // a Friday
      ['2026-04-06', '2026-04-07'], // Easter Monday
      ['2026-06-02', '2026-06-03'],
    ] as const) {
      const opening = calendar.opening(lucca, 'lucca', utc(`${day}T08:00:00`));
      assert.deepEqual(opening, { open: false, next: utc(`${next}T07:00:00`) }, day);
    }
  });

  it('lets hours that name public holidays keep them', () => {
    assert.equal(calendar.opening(desk('casa-carita'), 'lucca', utc('2026-12-25T11:15:00'))?.open, true);
    assert.equal(calendar.opening(desk('telefono-amico'), 'lucca', utc('2026-12-25T11:15:00'))?.open, true);
  });

  it('closes the desks of Lucca on San Paolino, not those of others', () => {
    const sanPaolino = utc('2027-07-12T08:00:00'); // a Monday
    assert.deepEqual(calendar.opening(desk('lucca-segretariato-orsetti'), 'lucca', sanPaolino), {
      open: false,
      next: utc('2027-07-13T07:00:00'),
    });
    assert.equal(calendar.opening(desk('capannori-sportello-sociale'), 'capannori', sanPaolino)?.open, true);
    assert.equal(calendar.opening(desk('pronto-badante'), 'lucca', sanPaolino)?.open, true);
    assert.equal(
      calendar.opening(desk('altopascio-ufficio-sociale'), 'altopascio', utc('2028-07-25T08:00:00'))?.open,
      false,
    );
  });

  it('closes Porcari on its movable patron day, the Monday after Pentecost', () => {
    const daily = withHours('porcari-segretariato', 'Mo-Fr 09:00-12:00');
    assert.equal(calendar.opening(daily, 'porcari', utc('2026-05-25T08:00:00'))?.open, false);
    assert.equal(calendar.opening(daily, 'porcari', utc('2026-05-26T08:00:00'))?.open, true);
    assert.equal(calendar.opening(daily, 'porcari', utc('2027-05-17T08:00:00'))?.open, false);
  });

  it('reads an extraordinary closure of the directory', () => {
    const closed = createCalendar({ ...directory, closures: () => ['2026-11-24'] });
    const opening = closed.opening(desk('porcari-segretariato'), 'porcari', utc('2026-11-22T10:00:00'));
    assert.deepEqual(opening?.next, utc('2026-11-26T08:00:00'));
  });

  it('shows last winter’s dormitory as closed, with no next opening', () => {
    const dormitory = desk('piano-freddo-villa-pardini');
    assert.deepEqual(calendar.opening(dormitory, 'lucca', utc('2026-11-22T18:00:00')), { open: false });
    assert.deepEqual(calendar.slots(dormitory, 'lucca', utc('2026-11-22T18:00:00'), 3), []);
    assert.equal(calendar.opening(dormitory, 'lucca', utc('2026-02-10T18:00:00'))?.open, true);
  });

  it('gives the next intervals that begin later, not the one already begun', () => {
    assert.deepEqual(calendar.slots(desk('porcari-segretariato'), 'porcari', utc('2026-11-24T09:30:00'), 2), [
      { start: utc('2026-11-26T08:00:00'), end: utc('2026-11-26T11:00:00') },
      { start: utc('2026-12-01T08:00:00'), end: utc('2026-12-01T11:00:00') },
    ]);
    const lucca = calendar.slots(desk('lucca-segretariato-orsetti'), 'lucca', utc('2026-11-23T20:00:00'), 2);
    assert.deepEqual(lucca, [
      { start: utc('2026-11-24T08:00:00'), end: utc('2026-11-24T12:00:00') },
      { start: utc('2026-11-24T13:00:00'), end: utc('2026-11-24T16:00:00') },
    ]);
    assert.deepEqual(calendar.slots(desk('porcari-segretariato'), 'porcari', utc('2026-11-24T09:30:00'), 0), []);
  });

  it('skips 8 December among the slots of Porcari', () => {
    const slots = calendar.slots(desk('porcari-segretariato'), 'porcari', utc('2026-12-03T12:00:00'), 1);
    assert.deepEqual(slots[0]?.start, utc('2026-12-10T08:00:00'));
  });

  it('counts working days of the desk over Christmas', () => {
    const from = utc('2026-12-22T09:00:00');
    // Porcari works on Thursday 24, Tuesday 29, Thursday 31.
    const porcari = calendar.afterWorkingDays(desk('porcari-segretariato'), 'porcari', from, 3);
    assert.deepEqual(porcari, utc('2026-12-31T11:00:00'));
    // Palazzo Orsetti works on Wednesday 23, Monday 28, Tuesday 29, the last until 17.
    const lucca = calendar.afterWorkingDays(desk('lucca-segretariato-orsetti'), 'lucca', from, 3);
    assert.deepEqual(lucca, utc('2026-12-29T16:00:00'));
  });

  it('counts Monday to Friday until 13 where hours are unknown, never end, or are over', () => {
    const from = utc('2026-12-23T15:00:00');
    const until = utc('2026-12-28T12:00:00');
    assert.deepEqual(calendar.afterWorkingDays(withoutHours('porcari-segretariato'), 'porcari', from, 2), until);
    assert.deepEqual(calendar.afterWorkingDays(desk('violence-1522'), 'porcari', from, 2), until);
    assert.deepEqual(calendar.afterWorkingDays(desk('piano-freddo-villa-pardini'), 'lucca', from, 2), until);
    assert.deepEqual(calendar.afterWorkingDays(desk('porcari-segretariato'), 'porcari', from, 0), from);
  });

  it('is right on the days when the clocks change', () => {
    const always = withHours('telefono-amico', 'Mo-Su,PH 09:00-24:00');
    // Summer time begins on 28 March 2027 and ends on 31 October 2027, both Sundays, at 01:00 UTC.
    assert.deepEqual(calendar.opening(always, 'lucca', utc('2027-03-27T23:30:00'))?.next, utc('2027-03-28T07:00:00'));
    assert.deepEqual(calendar.opening(always, 'lucca', utc('2027-03-28T07:00:00'))?.until, utc('2027-03-28T22:00:00'));
    assert.deepEqual(calendar.opening(always, 'lucca', utc('2027-10-31T00:30:00'))?.next, utc('2027-10-31T08:00:00'));
    assert.deepEqual(calendar.opening(always, 'lucca', utc('2027-10-31T08:00:00'))?.until, utc('2027-10-31T23:00:00'));
    const monday = calendar.slots(desk('lucca-segretariato-orsetti'), 'lucca', utc('2027-03-26T20:00:00'), 1);
    assert.deepEqual(monday[0]?.start, utc('2027-03-30T07:00:00')); // 29 March is Easter Monday
  });

  it('says the same in any time zone of the process', () => {
    const script = `
      import { loadDirectory } from './adapters/directory/directory.ts';
      import { createCalendar } from './adapters/directory/calendar.ts';
      const directory = loadDirectory();
      const calendar = createCalendar(directory);
      const seen = [];
      for (const id of ['porcari-segretariato', 'lucca-segretariato-orsetti', 'telefono-amico']) {
        const desk = directory.desk(id);
        for (const at of ['2026-03-07T23:30Z', '2026-03-28T23:30Z', '2026-10-24T22:30Z', '2026-11-22T10:00Z', '2026-12-24T21:00Z']) {
          const from = new Date(at);
          seen.push(calendar.opening(desk, 'porcari', from), calendar.slots(desk, 'porcari', from, 5));
          seen.push(calendar.afterWorkingDays(desk, 'porcari', from, 4));
        }
      }
      console.log(JSON.stringify(seen));`;
    const run = (zone: string): string =>
      execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
        cwd: new URL('../', import.meta.url),
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      });
    const rome = run('Europe/Rome');
    assert.ok(rome.includes('2026-11-24T08:00:00.000Z'));
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Auckland']) assert.equal(run(zone), rome, zone);
  });
});
