// Every moment that the clock of a case promises lies in the working time of its desk, whatever day it begins on.
// The oracle is support/working-days.ts, which shares nothing with the calendar; what is done then is in the other clock tests.
import assert from 'node:assert/strict';
import type { Case } from '../bot/ports.ts';
import { alarmOf } from '../bot/cases/clock/alarm.ts';
import { planOf } from '../bot/cases/clock/plan.ts';
import { promiseOf } from '../bot/cases/clock/schedule.ts';
import type { ComuneId, Urgency } from '../flows/types.ts';
import { asked, clockEnvironment, play, rome, shown, trailOf } from './support/clock-play.ts';
import { aCase } from './store-samples.ts';
import { closingAfter, closingWithAnHour, easter, minutesAfter, plus } from './support/working-days.ts';
import type { Hours } from './support/working-days.ts';

const MORNING: [number, number][] = [[540, 780]];
const everyMorning = { 1: MORNING, 2: MORNING, 3: MORNING, 4: MORNING, 5: MORNING };

const DESKS: { name: string; comune: ComuneId; deskId: string; hours: Hours }[] = [
  {
    name: 'Porcari (Tuesday and Thursday, closed on San Giusto)',
    comune: 'porcari',
    deskId: 'porcari-segretariato',
    hours: { spans: { 2: [[540, 720]], 4: [[540, 720]] }, closed: [50] },
  },
  {
    name: 'Lucca (four days, one afternoon, closed on San Paolino)',
    comune: 'lucca',
    deskId: 'lucca-segretariato-orsetti',
    hours: {
      spans: { 1: MORNING, 2: [...MORNING, [840, 1020]], 3: MORNING, 5: MORNING },
      closed: ['07-12'],
    },
  },
  {
    name: 'Montecarlo (every weekday)',
    comune: 'montecarlo',
    deskId: 'montecarlo-servizi-sociali',
    hours: { spans: everyMorning, closed: [] },
  },
  {
    name: 'Villa Basilica (hours unknown)',
    comune: 'villa_basilica',
    deskId: 'villa-basilica-servizi-sociali',
    hours: { spans: everyMorning, closed: [] },
  },
];
const first = (one: string, other: string): string => (one < other ? one : other);
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const TIMES = ['00:15', '08:59', '09:30', '11:20', '12:59', '18:00', '23:45'];

describe('the clock of a case', () => {
  const env = clockEnvironment();
  const days = Array.from({ length: 730 }, (_, count) => plus('2026-01-01', count));
  const start = (index: number): { day: string; time: string } => ({
    day: days[index] ?? '',
    time: TIMES[index % TIMES.length] ?? '',
  });
  const withUrgency = (urgency: Urgency): Pick<Case, 'details'> => ({
    details: { ...aCase().details, needs: [{ area: 'economic', need: 'bills', urgency }] },
  });
  /** An empty text where there is no such moment. */
  const momentsOf = (made: Case, ids: string[]): string[] => {
    const found = new Map<string, string>();
    for (const line of planOf(env, made))
      for (const { id, at } of line)
        if (ids.includes(id)) found.set(id, shown(at()));
        else if (/^(week|day)\.3/.test(id)) break;
    return ids.map((id) => found.get(id) ?? '');
  };

  it('is checked against the right Easters', () => {
    assert.deepEqual([2024, 2025, 2026, 2027, 2028, 2038].map(easter), [
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2028-04-16',
      '2038-04-25',
    ]);
  });

  for (const { name, comune, deskId, hours } of DESKS)
    describe(name, () => {
      const offices: Hours = { spans: everyMorning, closed: hours.closed };
      const sooner = (day: string, own: number, most: number): string =>
        first(closingAfter(day, own, hours), closingAfter(day, most, offices));

      it('keeps to its working days, and to those of the offices, begun on any day of 2026 and 2027', () => {
        days.forEach((day, index) => {
          const { time } = start(index);
          const at = rome(`${day} ${time}`);
          const made = asked(env, at, { comune, deskId });
          const found = momentsOf(made, ['remind', 'second', 'limit.desk', 'limit', 'week.1']);
          const [remind, second, limit] = [sooner(day, 2, 4), sooner(day, 4, 6), sooner(day, 5, 8)];
          const week = closingAfter(plus(limit.slice(0, 10), 6), 1, hours);
          assert.deepEqual(found, [remind, second, limit, limit, week], `${day} ${time}`);
          assert.equal(shown(made.dueAt ?? at), remind);
          // What the person reads is the moment of the first reminder, and long before they are told.
          assert.equal(shown(promiseOf(env, made, at)), remind);
          assert.ok(remind < limit);
        });
      });

      it('keeps to days of the offices when it is urgent, whatever days it keeps itself', () => {
        days.forEach((day, index) => {
          const { time } = start(index);
          const at = rome(`${day} ${time}`);
          const made = asked(env, at, { comune, deskId, ...withUrgency('urgent') });
          const office = [1, 2, 3].map((count) => closingAfter(day, count, offices));
          const own = closingWithAnHour(day, minutesOf(time), hours);
          const sameDay = own.slice(0, 10) === office[0]?.slice(0, 10);
          const limit = sameDay ? first(own, office[0] ?? '') : office[0];
          const remind = own < (office[0] ?? '') && !sameDay ? own : '';
          const [, two, three] = office;
          const ids = ['remind', 'second', 'limit.desk', 'limit.alert', 'limit', 'day.1', 'day.2.alert', 'limit.again'];
          const expected = [remind, limit, limit, limit, limit, two, three, three];
          assert.deepEqual(momentsOf(made, ids), expected, `${day} ${time}`);
          const promise = shown(promiseOf(env, made, at));
          assert.equal(promise, remind === '' ? limit : remind, `${day} ${time}`);
          assert.equal(shown(made.dueAt ?? at), promise);
          assert.ok(promise <= (limit ?? ''));
        });
      });

      it('has two hours in an emergency, its own or those of the offices', () => {
        days.forEach((day, index) => {
          const { time } = start(index);
          const at = rome(`${day} ${time}`);
          const made = asked(env, at, { comune, deskId, ...withUrgency('emergency') });
          const hour = (kept: Hours): string => minutesAfter(day, minutesOf(time), 120, kept);
          const limit = first(hour(hours), hour(offices));
          const next = closingAfter(limit.slice(0, 10), 1, offices);
          assert.deepEqual(momentsOf(made, ['second', 'limit', 'day.1']), [limit, limit, next], `${day} ${time}`);
          assert.equal(shown(promiseOf(env, made, at)), limit);
        });
      });
    });

  it('asks how it went on weekdays that are worked, begun on any day', () => {
    days.forEach((day) => {
      const at = rome(`${day} 18:00`);
      const checks = { from: at.toISOString(), asked: [], answers: [] };
      const where = { comune: 'lucca', deskId: 'lucca-segretariato-orsetti', state: 'closed' } as const;
      const made = asked(env, at, where, { checks });
      const expected = closingAfter(plus(day, 6), 1, { spans: everyMorning, closed: ['07-12'] }).replace(
        '13:00',
        '10:00',
      );
      assert.equal(shown(alarmOf(env, made, at) ?? at), expected, day);
    });
  });

  it('knows the feasts by name', () => {
    const reminded = (deskId: string, comune: ComuneId, at: string): string =>
      shown(asked(env, rome(at), { comune, deskId }).dueAt ?? new Date(0));
    // Christmas: Porcari works on the 24th and the 29th; Montecarlo on the 28th and the 29th.
    assert.equal(reminded('porcari-segretariato', 'porcari', '2026-12-23 10:00'), '2026-12-29 12:00');
    assert.equal(reminded('montecarlo-servizi-sociali', 'montecarlo', '2026-12-24 10:00'), '2026-12-29 13:00');
    // Easter Monday 2026, 6 April.
    assert.equal(reminded('montecarlo-servizi-sociali', 'montecarlo', '2026-04-03 10:00'), '2026-04-08 13:00');
    // Ferragosto 2025, a Friday.
    assert.equal(reminded('montecarlo-servizi-sociali', 'montecarlo', '2025-08-13 10:00'), '2025-08-18 13:00');
    // San Paolino 2027, a Monday: Lucca only, which does not work on Thursdays.
    assert.equal(reminded('lucca-segretariato-orsetti', 'lucca', '2027-07-08 10:00'), '2027-07-13 17:00');
    assert.equal(reminded('montecarlo-servizi-sociali', 'montecarlo', '2027-07-09 10:00'), '2027-07-13 13:00');
    // San Giusto, the Monday after Pentecost, 2026: Porcari's hours of every day.
    assert.equal(
      env.calendar.opening(
        env.directory.desk('porcari-segretariato') ?? assert.fail(),
        'porcari',
        rome('2026-05-25 10:00'),
      )?.open,
      false,
    );
    // San Francesco, a feast again since 2026: a Monday in 2027.
    assert.equal(reminded('montecarlo-servizi-sociali', 'montecarlo', '2027-10-01 10:00'), '2027-10-06 13:00');
  });

  describe('when the clocks change', () => {
    it('does nothing twice in the hour that comes twice', () => {
      for (const at of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
        const { all } = play(env, asked(env, new Date(at)), rome('2027-02-01 00:00'));
        const lines = trailOf(all);
        assert.equal(new Set(lines).size, lines.length);
        assert.equal(lines.filter((line) => line.includes('expired')).length, 2, at);
        assert.equal(lines[0], '2026-10-29 12:00 reminded desk 2');
      }
    });

    it('does what falls into the hour that is left out once, by day', () => {
      const { all } = play(env, asked(env, rome('2027-01-27 02:30')), rome('2027-05-01 00:00'));
      assert.deepEqual(trailOf(all).slice(-2), ['2027-03-28 08:00 expired', '2027-03-28 08:00 person_told expired']);
    });

    it('counts two opening hours as two hours', () => {
      const made = asked(env, rome('2027-03-27 12:00'), {
        comune: 'montecarlo',
        deskId: 'montecarlo-servizi-sociali',
        ...withUrgency('emergency'),
      });
      // Sunday 28 March is Easter, Monday a feast.
      assert.equal(shown(made.dueAt ?? new Date(0)), '2027-03-30 11:00');
    });
  });
});
